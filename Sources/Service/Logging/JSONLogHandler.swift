import Logging
import Posix

/// Writes swift-log's events as lines of JSON into a buffer.
struct JSONLogHandler: LogHandler {
  let buffer: LogBuffer
  var logLevel: Logger.Level
  var metadata: Logger.Metadata = [:]
  var metadataProvider: Logger.MetadataProvider?

  init(_ buffer: LogBuffer, level: Logger.Level) {
    self.buffer = buffer
    logLevel = level
  }

  subscript(metadataKey name: String) -> Logger.MetadataValue? {
    get { metadata[name] }
    set { metadata[name] = newValue }
  }

  func log(event: LogEvent) {
    // What is nearer to the event wins.
    var all = metadata
    if let provided = metadataProvider?.get() { all.merge(provided) { $1 } }
    if let given = event.metadata { all.merge(given) { $1 } }
    // Of an error only the type: its text may hold what nobody has looked at.
    if let error = event.error { all["error"] = .string("\(type(of: error))") }
    buffer.append(LogLine.bytes(level: event.level, message: event.message.description, metadata: all))
  }
}

/// Lines of one event loop between two turns. The lock is there for the compiler: each buffer has one user.
final class LogBuffer: Sendable {
  private struct State {
    var bytes: [UInt8] = []
    var lines = 0
  }

  private let state = Mutex(State())
  private let sink: LogSink
  /// For those without turns: each line goes on at once.
  private let keepsNothing: Bool

  init(_ sink: LogSink, keepsNothing: Bool = false) {
    self.sink = sink
    self.keepsNothing = keepsNothing
  }

  func append(_ line: [UInt8]) {
    if keepsNothing { return sink.append(line, lines: 1) }
    state.withLock { state in
      state.bytes.append(contentsOf: line)
      state.lines += 1
    }
  }

  /// Hands over what has gathered; to be called at the end of a turn.
  func flush() {
    let taken = state.withLock { state in
      defer { if state.lines > 0 { state = State() } }
      return state
    }
    if taken.lines > 0 { sink.append(taken.bytes, lines: taken.lines) }
  }
}
