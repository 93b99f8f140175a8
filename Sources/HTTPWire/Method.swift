/// A request method; case-sensitive (RFC 9110 section 9.1). CONNECT never gets this far.
package enum Method: Sendable, Equatable {
  case get
  case head
  case post
  case put
  case patch
  case delete
  case options
  case trace
  /// A valid token that is none of the above.
  case other

  /// The method of a valid token.
  init(_ token: UnsafeBufferPointer<UInt8>) {
    switch token.count {
    case 3 where token.equals("GET"): self = .get
    case 3 where token.equals("PUT"): self = .put
    case 4 where token.equals("POST"): self = .post
    case 4 where token.equals("HEAD"): self = .head
    case 5 where token.equals("PATCH"): self = .patch
    case 5 where token.equals("TRACE"): self = .trace
    case 6 where token.equals("DELETE"): self = .delete
    case 7 where token.equals("OPTIONS"): self = .options
    default: self = .other
    }
  }

  /// The name for `Allow`, logs and metrics: bounded, never what the client sent.
  package var name: String {
    switch self {
    case .get: "GET"
    case .head: "HEAD"
    case .post: "POST"
    case .put: "PUT"
    case .patch: "PATCH"
    case .delete: "DELETE"
    case .options: "OPTIONS"
    case .trace: "TRACE"
    case .other: "OTHER"
    }
  }
}
