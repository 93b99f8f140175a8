/// A whole request: the head and the body without its transfer coding.
package struct Request: Sendable {
  package let head: RequestHead
  /// Empty without a body; at most `WireLimits.bodyBytes`. As sent, until a reader undoes the content coding in place.
  package var body: [UInt8]

  package var method: Method { head.method }
  package var path: String { head.path }
  package var query: String? { head.query }
  package var versionMinor: Int { head.versionMinor }
  package var fields: HeaderFields { head.fields }
  package var keepAlive: Bool { head.keepAlive }
}
