import HTTPWire
import Posix

/// A socket and the state of its connection; owned by one event loop.
final class Connection {
  let token: UInt64
  let socket: Descriptor
  var wire: ServerConnection
  /// One too many: its request is answered with 503, whatever it is.
  let isRefused: Bool
  /// False for the control socket, which belongs to the operator.
  let isTCP: Bool
  /// The request that is being read or answered.
  var exchange: Exchange?
  /// Asked for by the few requests that are limited by address; the kernel keeps it until then.
  lazy var peer: NetworkAddress? = socket.peerAddress()
  /// The lines of the request whose commit is under way, if it had lines.
  var lines: [LineResult] = []
  /// What the poller watches for at present.
  var isReading = true
  var isWriting = false

  init(token: UInt64, socket: consuming Descriptor, wire: ServerConnection, isRefused: Bool, isTCP: Bool) {
    self.token = token
    self.socket = socket
    self.wire = wire
    self.isRefused = isRefused
    self.isTCP = isTCP
  }
}
