import HTTPWire

/// CORS (Fetch standard, section 3.2) for the one route that browsers use across origins. An exact list, never `*`, and
/// never credentials: nothing here ever writes Access-Control-Allow-Credentials.
package struct CrossOrigin: Sendable {
  /// Lower-case, as browsers send them.
  private let origins: [String]

  package init() { origins = [] }

  /// - Returns: nil when one of them is not `scheme://host[:port]`; `*` and `null` never are.
  package init?(_ origins: [String]) {
    let canonical = origins.compactMap(Self.canonical)
    guard canonical.count == origins.count else { return nil }
    self.origins = canonical
  }

  var isOff: Bool { origins.isEmpty }

  /// The origin that the request names, if it is on the list.
  func allowedOrigin(_ fields: HeaderFields) -> String? {
    guard !isOff, case .value(let value) = fields.single("Origin") else { return nil }
    return origins.first { $0.utf8.elementsEqual(value) }
  }

  /// What a browser asks before it sends a rating of a kind that no form could send.
  func isPreflight(_ head: RequestHead) -> Bool {
    guard !isOff, head.method == .options, case .value = head.fields.single("Origin") else { return false }
    return head.fields.first("Access-Control-Request-Method") != nil
  }

  /// Whether the page of another origin asks for a change that is not its to make. Forms and bodies of plain text need no
  /// preflight, so that the browser would keep nothing but the answer from it. Told by Sec-Fetch-Site, which no page can
  /// set: behind a proxy that changes Host, Origin cannot be compared with it. Older browsers, and all of them towards
  /// plain HTTP beyond loopback, send none and stay with CORS.
  func forbids(_ head: RequestHead, isRating: Bool) -> Bool {
    guard head.method == .post || head.method == .delete, case .value(let site) = head.fields.single("Sec-Fetch-Site"),
      site.elementsEqual("cross-site".utf8) || site.elementsEqual("same-site".utf8)
    else { return false }
    guard isRating, !isOff else { return true }
    // Beacons of a page that hides where it is from say null.
    guard case .value(let origin) = head.fields.single("Origin") else { return true }
    return !origin.elementsEqual("null".utf8) && allowedOrigin(head.fields) == nil
  }

  /// What every answer of the route says once a list is configured: caches must keep the origins apart.
  func addFields(for origin: String?, to response: inout Response) {
    guard !isOff else { return }
    response.fields.append(("Vary", "Origin"))
    if let origin { response.fields.append(("Access-Control-Allow-Origin", origin)) }
  }

  /// To an origin on the list. The same whatever was asked for: it is for the browser to compare.
  static let preflight = Response(
    status: 204,
    fields: [
      ("Access-Control-Allow-Methods", "POST"), ("Access-Control-Allow-Headers", "Content-Type, Authorization"),
      // Ten minutes: an origin taken off the list is not served for much longer.
      ("Access-Control-Max-Age", "600"),
    ])

  /// Schemes and hosts are the same in any case and browsers leave out a default port, so that `HTTPS://App.example:443`
  /// on the list means `https://app.example`.
  private static func canonical(_ text: String) -> String? {
    let lower = String(decoding: text.utf8.map { (65...90).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
    guard let mark = lower.firstRange(of: "://") else { return nil }
    let scheme = lower[..<mark.lowerBound]
    guard let first = scheme.utf8.first, (97...122).contains(first),
      scheme.utf8.allSatisfy({ isNameByte($0) || $0 == UInt8(ascii: "+") })
    else { return nil }
    var host = lower[mark.upperBound...]
    var port: Substring?
    if let colon = host.lastIndex(of: ":"), !host[colon...].contains("]") {
      port = host[host.index(after: colon)...]
      host = host[..<colon]
    }
    guard isHost(host) else { return nil }
    guard let port else { return lower }
    guard (1...5).contains(port.utf8.count), port.utf8.allSatisfy({ (48...57).contains($0) }), port.utf8.first != 48,
      let number = Int(port), number <= 65_535
    else { return nil }
    let isDefault = (scheme == "https" && number == 443) || (scheme == "http" && number == 80)
    return isDefault ? "\(scheme)://\(host)" : lower
  }

  private static func isHost(_ host: Substring) -> Bool {
    if host.utf8.first == UInt8(ascii: "[") {
      return host.utf8.last == UInt8(ascii: "]") && host.utf8.count > 4
        && host.utf8.dropFirst().dropLast().allSatisfy { isHexDigit($0) || $0 == 58 || $0 == 46 }
    }
    return !host.isEmpty && host.utf8.allSatisfy { isNameByte($0) || $0 == UInt8(ascii: "_") }
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    (97...122).contains(byte) || (48...57).contains(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
  }

  private static func isHexDigit(_ byte: UInt8) -> Bool { (97...102).contains(byte) || (48...57).contains(byte) }
}
