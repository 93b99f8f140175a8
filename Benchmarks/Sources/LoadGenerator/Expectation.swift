/// What makes an answer a success. Everything else fails the run.
package enum Expectation: Sendable {
  /// Status 201, whatever the body: the bare nginx.
  case created
  /// Status 201 and a body with `"example_id":"<36 characters of a UUID>"`: the collector.
  case createdWithExampleID
  /// Status 200 and a body that begins with this text.
  case ok(beginning: String)

  /// Nil when the answer is as it must be, else what was wrong with it.
  func complaint(about response: Response, in bytes: UnsafeRawBufferPointer) -> String? {
    guard response.status == status else { return "status \(response.status) instead of \(status)" }
    if response.closes { return "the server closes a keep-alive connection" }
    let body = UnsafeRawBufferPointer(rebasing: bytes[response.body])
    switch self {
    case .created: return nil
    case .createdWithExampleID:
      return Self.holdsExampleID(body) ? nil : "a 201 without an example_id"
    case .ok(let beginning):
      return body.starts(with: beginning.utf8) ? nil : "a 200 that does not say that all was taken"
    }
  }

  private var status: Int {
    switch self {
    case .created, .createdWithExampleID: 201
    case .ok: 200
    }
  }

  /// What the collector answers when it has taken all of a request.
  package static func collector(_ workload: Workload) -> Expectation {
    switch workload {
    case .log: .createdWithExampleID
    case .batch(let lines): .ok(beginning: #"{"accepted":\#(lines),"rejected":0,"#)
    case .feedback: .ok(beginning: #"{"status":"success"}"#)
    }
  }

  package static func holdsExampleID(_ body: UnsafeRawBufferPointer) -> Bool {
    let key: StaticString = "\"example_id\""
    return key.withUTF8Buffer { key in
      guard body.count >= key.count else { return false }
      for start in 0...(body.count - key.count) where body[start] == key[0] {
        var offset = 1
        while offset < key.count, body[start + offset] == key[offset] { offset += 1 }
        if offset == key.count { return isUUIDMember(body, from: start + key.count) }
      }
      return false
    }
  }

  /// `: "8-4-4-4-12 hex"` with optional spaces.
  private static func isUUIDMember(_ body: UnsafeRawBufferPointer, from start: Int) -> Bool {
    var at = start
    func skipSpaces() { while at < body.count, body[at] == UInt8(ascii: " ") { at += 1 } }
    func take(_ byte: UInt8) -> Bool {
      guard at < body.count, body[at] == byte else { return false }
      at += 1
      return true
    }
    skipSpaces()
    guard take(UInt8(ascii: ":")) else { return false }
    skipSpaces()
    guard take(UInt8(ascii: "\"")), body.count - at > 36 else { return false }
    for offset in 0..<36 {
      let byte = body[at + offset]
      let isDash = offset == 8 || offset == 13 || offset == 18 || offset == 23
      let isHex =
        (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"))
        || (byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "f"))
      guard isDash ? byte == UInt8(ascii: "-") : isHex else { return false }
    }
    return body[at + 36] == UInt8(ascii: "\"")
  }
}
