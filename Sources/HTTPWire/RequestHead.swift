/// How the end of a request body is found (RFC 9112 section 6.3).
package enum BodyFraming: Sendable, Equatable {
  case none
  /// Content-Length, bytes, at least 1 (a declared 0 is `none`).
  case length(Int)
  case chunked
}

/// A head that has passed every check of the wire.
package struct RequestHead: Sendable {
  package let method: Method
  /// The absolute path exactly as sent, by the grammar of RFC 3986, not percent-decoded: a path with dot segments,
  /// doubled or encoded slashes equals no route. `*` for an OPTIONS of the whole server, `/` for an absolute target
  /// without a path.
  package let path: String
  /// 0 for HTTP/1.0, 1 for HTTP/1.1.
  package let versionMinor: Int
  package let fields: HeaderFields
  package let framing: BodyFraming
  /// The client asked for a further request on this connection (RFC 9112 section 9.3).
  package let keepAlive: Bool
  /// `Expect: 100-continue` on a body to come.
  package let expectsContinue: Bool
  let queryRange: Range<Int>?
  let authorityRange: Range<Int>?

  /// What follows the first question mark, not decoded, its escapes well formed; nil without a question mark.
  package var query: String? { queryBytes.map { String(decoding: $0, as: UTF8.self) } }
  package var queryBytes: ArraySlice<UInt8>? { queryRange.map { fields.bytes[$0] } }

  /// Host and port asked for: of an absolute target, else of the Host field (RFC 9112 section 3.2.2). nil only in 1.0.
  package var authority: ArraySlice<UInt8>? { authorityRange.map { fields.bytes[$0] } ?? fields.first("host") }
}
