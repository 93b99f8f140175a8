import HTTPWire
import TrainingLog

/// How a request body is coded, by Content-Encoding (RFC 9110 section 8.4).
enum BodyCoding: Equatable {
  case identity
  case gzip
  /// Another coding, or more than one.
  case unsupported
}

extension RequestHead {
  /// `x-gzip` is `gzip` (section 8.4.1.3); `identity`, which does not belong here, is passed over as it does no harm.
  var bodyCoding: BodyCoding {
    var coding = BodyCoding.identity
    for line in fields.all("Content-Encoding") {
      for member in line.split(separator: UInt8(ascii: ",")) {
        let name = member.trimmed
        // A list may have empty members (section 5.6.1.2).
        if name.isEmpty || name.equals("identity") { continue }
        guard coding == .identity, name.equals("gzip") || name.equals("x-gzip") else { return .unsupported }
        coding = .gzip
      }
    }
    return coding
  }
}

extension Request {
  /// Undoes the content coding of a POST whose head was not refused.
  ///
  /// - Throws: `Problem`, also when the body has more than `limit` bytes decompressed.
  mutating func decodeBody(limit: Int) throws {
    // A body that is not there is not coded, though some clients say so.
    guard method == .post, !body.isEmpty, head.bodyCoding == .gzip else { return }
    do { body = try GzipReader.decompress(body, limit: limit) } catch let failure as GzipReader.Failure {
      throw Problem.undecodable(failure, limit: limit)
    }
  }
}

extension Problem {
  static let unsupportedCoding = Problem(
    status: 415, code: "unsupported_content_encoding", title: "Unsupported Media Type",
    detail: "The body must be compressed with gzip, once, or not at all.", fields: [("Accept-Encoding", "gzip")])

  /// - Parameter limit: bytes of the text.
  static func undecodable(_ failure: GzipReader.Failure, limit: Int) -> Problem {
    switch failure {
    case .tooLarge:
      Problem(
        status: 413, code: "content_too_large", title: "Content Too Large",
        detail: "The body is larger than the limit of \(limit) bytes once it is decompressed.")
    case .corrupt:
      Problem(status: 400, code: "invalid_gzip", title: "Invalid Gzip", detail: "The body is no valid gzip.")
    case .truncated:
      Problem(status: 400, code: "invalid_gzip", title: "Invalid Gzip", detail: "The gzip of the body is not complete.")
    case .outOfMemory: unavailable("There is no memory to decompress the body. Send it again later.")
    }
  }
}
