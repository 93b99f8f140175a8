/// What the fields of a complete head must agree on before it is handed out.
extension HeadParser {
  /// The checked head. `bytes` holds it from the request line to its empty line.
  func makeHead(_ bytes: UnsafeBufferPointer<UInt8>) throws(WireError) -> RequestHead {
    guard let method, let target else { preconditionFailure("no request line was read") }
    var rules = FieldRules()
    for entry in entries { try rules.take(entry, bytes) }
    let framing = try rules.framing(versionMinor: versionMinor)
    try rules.checkHost(versionMinor: versionMinor)
    if rules.otherExpectation { throw .expectationUnknown }
    return RequestHead(
      method: method, path: path(bytes, target, method), versionMinor: versionMinor,
      fields: HeaderFields(bytes: Array(bytes), entries: entries), framing: framing,
      keepAlive: !rules.close && (versionMinor == 1 || rules.keepAlive),
      // RFC 9110 section 10.1.1: ignored in HTTP/1.0 and without a body.
      expectsContinue: rules.continueExpected && versionMinor == 1 && framing != .none,
      queryRange: target.query, authorityRange: target.authority)
  }

  private func path(_ bytes: UnsafeBufferPointer<UInt8>, _ target: TargetGrammar, _ method: Method) -> String {
    // RFC 9112 section 3.2.4: OPTIONS of an absolute target without path and query means the whole server.
    if target.path.isEmpty { return method == .options && target.query == nil ? "*" : "/" }
    return String(decoding: bytes.part(target.path), as: UTF8.self)
  }
}

/// The fields that decide about framing, persistence and routing, gathered in one pass.
private struct FieldRules {
  var close = false
  var keepAlive = false
  var continueExpected = false
  var otherExpectation = false
  private var hosts = 0
  private var length: Int?
  private var coding: Coding?

  private enum Coding { case chunked, unknown }

  mutating func take(_ entry: HeaderFields.Entry, _ head: UnsafeBufferPointer<UInt8>) throws(WireError) {
    // Bound: entry ranges were made from lines of this very head.
    let name = head.part(Int(entry.name.lowerBound)..<Int(entry.name.upperBound))
    let range = Int(entry.value.lowerBound)..<Int(entry.value.upperBound)
    switch name.count {
    case 4 where name.equalsIgnoringCase("host"):
      hosts += 1
      guard hosts == 1, HostGrammar.isValid(head.part(range)) else { throw .hostInvalid }
    case 6 where name.equalsIgnoringCase("expect"):
      if head.part(range).equalsIgnoringCase("100-continue") {
        continueExpected = true
      } else {
        otherExpectation = true
      }
    case 10 where name.equalsIgnoringCase("connection"):
      head.forEachListMember(in: range) { option in
        if option.equalsIgnoringCase("close") { close = true }
        if option.equalsIgnoringCase("keep-alive") { keepAlive = true }
      }
    case 14 where name.equalsIgnoringCase("content-length"):
      guard length == nil, let value = Self.decimal(head.part(range)) else { throw .contentLengthInvalid }
      length = value
    case 17 where name.equalsIgnoringCase("transfer-encoding"):
      guard coding == nil else { throw .transferCodingInvalid }
      coding = try Self.coding(head, range)
    default: break
    }
  }

  /// RFC 9112 section 6.3, with both fields together refused as smuggling.
  func framing(versionMinor: Int) throws(WireError) -> BodyFraming {
    guard let coding else { return length.map { $0 == 0 ? .none : .length($0) } ?? .none }
    guard length == nil else { throw .framingConflict }
    guard versionMinor == 1 else { throw .transferCodingInvalid }
    guard coding == .chunked else { throw .transferCodingUnknown }
    return .chunked
  }

  /// RFC 9112 section 3.2: exactly one in 1.1; more than one or a bad one was refused when it was read.
  func checkHost(versionMinor: Int) throws(WireError) {
    guard hosts == 1 || versionMinor == 0 else { throw .hostInvalid }
  }

  /// `1*DIGIT` that fits an Int.
  private static func decimal(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    guard !bytes.isEmpty else { return nil }
    var value = 0
    for byte in bytes {
      guard ASCII.isDigit(byte) else { return nil }
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = product.addingReportingOverflow(Int(byte - ASCII.zero))
      guard !overflow, !carry else { return nil }
      value = sum
    }
    return value
  }

  /// `chunked` alone is understood. A known coding before a final `chunked` is 501 (RFC 9112 section 6.1); whatever
  /// leaves the end of the body in doubt is 400 (section 6.3).
  private static func coding(_ head: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) throws(WireError) -> Coding {
    if head.part(range).equalsIgnoringCase("chunked") { return .chunked }
    var known = true
    var members = 0
    var chunked = 0
    var chunkedLast = false
    head.forEachListMember(in: range) { member in
      members += 1
      chunkedLast = member.equalsIgnoringCase("chunked")
      if chunkedLast { chunked += 1 } else { known = known && isKnownCoding(member) }
    }
    guard known, members > 1, chunked == 1, chunkedLast else { throw .transferCodingInvalid }
    return .unknown
  }

  private static func isKnownCoding(_ member: UnsafeBufferPointer<UInt8>) -> Bool {
    for name: StaticString in ["gzip", "deflate", "compress", "x-gzip", "x-compress"]
    where member.equalsIgnoringCase(name) {
      return true
    }
    return false
  }
}
