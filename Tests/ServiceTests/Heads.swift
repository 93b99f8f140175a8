import HTTPWire
import Testing

@testable import Service

/// A head as the wire hands it out.
func makeHead(_ method: String = "POST", _ target: String = "/v1/feedback", _ fields: [(String, String)] = []) throws
  -> RequestHead
{
  var wire = ServerConnection(limits: WireLimits(), now: 0)
  let lines = fields.map { "\($0.0): \($0.1)\r\n" }.joined()
  let text = Array("\(method) \(target) HTTP/1.1\r\nHost: localhost\r\n\(lines)\r\n".utf8)
  text.withUnsafeBytes { wire.receive($0, now: 0) }
  guard case .head(let head) = wire.nextAction(now: 0) else { throw NoHead() }
  return head
}

struct NoHead: Error {}
