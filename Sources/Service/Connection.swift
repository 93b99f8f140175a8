import HTTPWire
import Posix

/// A socket and the state of its connection; owned by one event loop.
final class Connection {
  let token: UInt64
  let socket: Descriptor
  var wire: ServerConnection
  /// One too many: its request is answered with 503, whatever it is.
  let isRefused: Bool
  /// Through the control socket: it needs no key.
  let isLocal: Bool
  /// The request that is being read or answered.
  var exchange: Exchange?
  /// Asked for by the few requests that are limited by address; the kernel keeps it until then.
  lazy var peer: NetworkAddress? = socket.peerAddress()
  /// The lines of the request whose commit is under way, if it had lines.
  var lines: [LineResult] = []
  /// The export that is being sent, and the credits it is owed for chunks that the peer has not taken yet.
  var export: ExportStream?
  var owedCredits = 0
  /// Of a streamed answer, for the log.
  var streamed = (status: 0, bytes: 0)
  /// What the poller watches for at present.
  var isReading = true
  var isWriting = false
  /// It waits for the next turn with requests that have come already.
  var isDeferred = false

  init(token: UInt64, socket: consuming Descriptor, wire: ServerConnection, isRefused: Bool, isLocal: Bool) {
    self.token = token
    self.socket = socket
    self.wire = wire
    self.isRefused = isRefused
    self.isLocal = isLocal
  }

  /// However a connection goes, its export ends with it.
  deinit { export?.cancel() }
}
