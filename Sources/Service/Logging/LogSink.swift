import Dispatch
import Logging
import Posix
import Records

/// The way of log lines to stderr. Nobody who logs ever waits for it: lines are handed over in memory, and a queue of its
/// own writes all that has gathered in one call.
///
/// Whoever reads stderr may be slow, stuck or gone. What waits is bounded, what is beyond that is dropped and counted.
package final class LogSink: Sendable {
  private struct State {
    var waiting: [UInt8] = []
    var isWriting = false
    /// Lines dropped since the last note of it, and in all.
    var dropped = 0
    var droppedInAll = 0

    mutating func drop(_ lines: Int) {
      dropped += lines
      droppedInAll += lines
    }
  }

  /// Bytes that may wait for a slow reader.
  private static let waitingMax = 1 << 20

  private let state = Mutex(State())
  private let queue = DispatchQueue(label: "cerberus.log", qos: .utility)
  /// Kept open by whoever made this.
  private let raw: Int32

  /// To stderr, or to another descriptor that outlives this.
  package init(raw: Int32 = 2) { self.raw = raw }

  /// Lines that nobody will see.
  var dropped: Int { state.withLock { $0.droppedInAll } }

  /// Takes `lines` lines, each ended by LF.
  func append(_ bytes: [UInt8], lines: Int) {
    let mustStart = state.withLock { state in
      guard state.waiting.count + bytes.count <= Self.waitingMax else {
        state.drop(lines)
        return false
      }
      state.waiting.append(contentsOf: bytes)
      defer { state.isWriting = true }
      return !state.isWriting
    }
    if mustStart { queue.async { self.write() } }
  }

  /// Returns when all that was handed in is written, or after that many seconds if the reader is stuck.
  package func flush(seconds: Double) {
    let done = DispatchSemaphore(value: 0)
    queue.async { done.signal() }
    _ = done.wait(timeout: .now() + seconds)
  }

  private func write() {
    while true {
      let (bytes, dropped) = state.withLock { state in
        let taken = (state.waiting, state.dropped)
        state.isWriting = !state.waiting.isEmpty
        if state.isWriting {
          state.waiting = []
          state.dropped = 0
        }
        return taken
      }
      guard !bytes.isEmpty else { return }
      do throws(SystemError) {
        try StandardStreams.write(bytes + (dropped > 0 ? Self.note(dropped) : []), toRaw: raw)
      } catch {
        // The reader is gone. Nobody can be told, and the service goes on.
        let lines = bytes.count { $0 == UInt8(ascii: "\n") }
        state.withLock { $0.drop(lines) }
      }
    }
  }

  private static func note(_ dropped: Int) -> [UInt8] {
    LogLine.bytes(level: .warning, message: "lines_dropped", metadata: ["lines": .stringConvertible(dropped)])
  }
}
