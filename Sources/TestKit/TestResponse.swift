import Records

/// An answer as it came over the wire, its body without the framing.
package struct TestResponse: Sendable {
  package let status: Int
  /// In the order received.
  package let fields: [(name: String, value: String)]
  package let body: [UInt8]

  package var text: String { String(decoding: body, as: UTF8.self) }

  /// The value of the first field of that name.
  package subscript(name: String) -> String? {
    fields.first { $0.name.lowercased() == name.lowercased() }?.value
  }

  /// The body as strict JSON.
  package func json() throws -> JSONElement { try JSONDocument(parsing: body).root }

  /// The first answer in `bytes` and how many bytes it takes; nil when it is not complete yet.
  static func parse(
    _ bytes: [UInt8], isEnded: Bool, toHead: Bool
  ) throws -> (response: TestResponse, end: Int)? {
    guard let headEnd = end(of: bytes) else { return nil }
    let lines = String(decoding: bytes[..<(headEnd - 4)], as: UTF8.self).split(
      separator: "\r\n", omittingEmptySubsequences: false)
    let parts = lines[0].split(separator: " ", maxSplits: 2)
    guard parts.count >= 2, parts[0] == "HTTP/1.1", let status = Int(parts[1]) else {
      throw TestClient.Failure(description: "no status line: \(lines[0])")
    }
    let fields = lines.dropFirst().map { line in
      let colon = line.firstIndex(of: ":") ?? line.endIndex
      return (
        name: String(line[..<colon]), value: String(line[colon...].dropFirst().drop { $0 == " " })
      )
    }
    let head = TestResponse(status: status, fields: fields, body: [])
    if toHead || status < 200 || status == 204 || status == 304 { return (head, headEnd) }
    if head["Transfer-Encoding"] == "chunked" {
      return try chunked(bytes, from: headEnd).map { (TestResponse(status: status, fields: fields, body: $0), $1) }
    }
    guard let length = head["Content-Length"].flatMap({ Int($0) }) else {
      guard isEnded else { return nil }
      return (TestResponse(status: status, fields: fields, body: Array(bytes[headEnd...])), bytes.count)
    }
    guard bytes.count >= headEnd + length else { return nil }
    let body = Array(bytes[headEnd..<(headEnd + length)])
    return (TestResponse(status: status, fields: fields, body: body), headEnd + length)
  }

  private static func end(of bytes: [UInt8]) -> Int? {
    guard bytes.count >= 4 else { return nil }
    return (4...bytes.count).first { bytes[$0 - 1] == 10 && bytes[($0 - 4)..<$0].elementsEqual([13, 10, 13, 10]) }
  }

  private static func chunked(_ bytes: [UInt8], from start: Int) throws -> (body: [UInt8], end: Int)? {
    var body: [UInt8] = []
    var at = start
    while let lineEnd = bytes[at...].firstIndex(of: 10) {
      let digits = String(decoding: bytes[at..<(lineEnd - 1)], as: UTF8.self)
      guard let size = Int(digits, radix: 16) else {
        throw TestClient.Failure(description: "no chunk size")
      }
      let next = lineEnd + 1 + size + 2
      guard bytes.count >= next else { return nil }
      body += bytes[(lineEnd + 1)..<(lineEnd + 1 + size)]
      at = next
      if size == 0 { return (body, at) }
    }
    return nil
  }
}
