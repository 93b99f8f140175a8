import HTTPWire

/// What a connection makes of its input, each request answered as soon as it is there.
package enum Trace {
  package static func of(_ input: UnsafeRawBufferPointer, cutAt cut: Int?) -> [String] {
    var wire = ServerConnection(limits: WireLimits(), now: 0)
    var trace: [String] = []
    let pieces = cut.map { [input[..<$0], input[$0...]] } ?? [input[...]]
    for piece in pieces {
      // In bounds: slices of the input.
      wire.receive(UnsafeRawBufferPointer(rebasing: piece), now: 0)
      run(&wire, &trace)
    }
    wire.receiveEnd()
    run(&wire, &trace)
    return trace
  }

  private static func run(_ wire: inout ServerConnection, _ trace: inout [String]) {
    let date = HTTPDate(unixSeconds: 0)
    while true {
      _ = wire.takeOutput(now: 0)
      switch wire.nextAction(now: 0) {
      case .wait: return
      case .head(let head):
        trace.append("head \(head.method.name) \(head.path)")
        wire.accept(now: 0)
      case .request(let request):
        trace.append("request \(request.body)")
        wire.respond(Response(status: 200), date: date, now: 0)
      case .refuse(let error):
        trace.append("refuse \(error.rawValue)")
        wire.respond(error.response(), date: date, now: 0)
      case .halfClose: break
      case .close: return
      }
    }
  }
}
