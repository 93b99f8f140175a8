/// An answer as a value. Framing, Date, Connection and nosniff are written by the connection.
package struct Response: Sendable {
  /// 200 … 599.
  package var status: Int
  /// Written in order. `Date`, `Content-Length`, `Transfer-Encoding` and `Connection` do not belong here and are
  /// left out; control bytes in values are sent as spaces, so that no value can begin a line of its own.
  package var fields: [(String, String)]
  /// Left out, but counted in Content-Length, for HEAD; dropped for 204 and 304.
  package var body: [UInt8]
  /// The connection closes after this answer.
  package var closes: Bool

  package init(status: Int, fields: [(String, String)] = [], body: [UInt8] = [], closes: Bool = false) {
    self.status = status
    self.fields = fields
    self.body = body
    self.closes = closes
  }
}

extension Response {
  /// The whole answer, after which the connection closes, for one of which nothing else is known.
  package func lastBytes(date: HTTPDate) -> [UInt8] {
    precondition(StatusLine.hasBody(status), "status \(status) has no body")
    var bytes: [UInt8] = []
    ResponseWriter.appendHead(
      status: status, fields: fields, date: date, framing: .length(body.count), persistence: .close, to: &bytes)
    return bytes + body
  }
}
