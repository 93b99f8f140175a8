import HTTPWire
import TrainingLog

/// Compression of answers (RFC 9110 sections 8.4 and 12.5.3).
extension Response {
  /// Bodies up to this size, in bytes, go as they are: one packet either way.
  private static let plainMax = 1024
  /// Larger bodies go as they are too: to compress them would hold up the other connections of the loop.
  private static let codedMax = 1 << 20

  /// The answer as it goes to the client that sent `head`: compressed where that is accepted and worth it.
  func coded(for head: RequestHead?) -> Response {
    guard body.count > Self.plainMax, body.count <= Self.codedMax, let head, isCompressible else { return self }
    var response = self
    // Of the plain form as well: a cache must not give it to everybody.
    response.fields.append(("Vary", "Accept-Encoding"))
    guard head.prefersGzip, let member = try? GzipWriter.member(body, .fast), member.count < body.count else {
      return response
    }
    response.fields.append(("Content-Encoding", "gzip"))
    response.body = member
    return response
  }

  /// Text of any kind that is not coded yet.
  private var isCompressible: Bool {
    guard !fields.contains(where: { Array($0.0.utf8).equals("content-encoding") }),
      let type = fields.first(where: { Array($0.0.utf8).equals("content-type") })?.1
    else { return false }
    let name = type.utf8.prefix { $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: " ") }
    return name.starts(with: "text/".utf8) || name.elementsEqual("application/x-ndjson".utf8)
      || name.elementsEqual("application/json".utf8) || name.elementsEqual("application/problem+json".utf8)
  }
}

extension Connection {
  /// Every answer that is not streamed goes out through here.
  func respond(_ response: Response, date: HTTPDate, now: UInt64) {
    wire.respond(response.coded(for: wire.head), date: date, now: now)
  }
}
