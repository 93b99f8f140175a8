/// One keep-alive connection in a closed loop: a request is on its way out, or its answer is awaited, or it idles
/// between rounds.
struct Connection {
  let socket: Int32
  /// The request under way, as an index into the pool; nil when idle.
  var request: Int?
  /// How much of it the kernel has taken.
  var sentBytes = 0
  /// When it was due, in nanoseconds. In a closed loop that is when the answer before it arrived.
  var dueAt: UInt64 = 0
  /// The beginning of an answer of which the rest has not arrived.
  var partial: [UInt8] = []
  /// True while epoll also watches for room to write.
  var waitsForRoom = false
  var isOpen = true

  init(socket: Int32) {
    self.socket = socket
  }
}
