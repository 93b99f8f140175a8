import Glibc
import Posix

/// A child process with a pipe on each of its standard streams, on `posix_spawn`.
///
/// Every wait is bounded by `patienceSeconds` and ends in an error then; nothing here sleeps. Signals that the test
/// process ignores are not ignored in the child. What is left of the child dies with this object.
package final class ChildProcess: Sendable {
  package static let patienceSeconds: Int32 = 60

  /// How a process ended: by itself with `code`, or by `signal`.
  package struct Exit: Equatable, Sendable, CustomStringConvertible {
    package var code: Int32?
    package var signal: Int32?

    package static func code(_ code: Int32) -> Exit { Exit(code: code) }
    package static func signal(_ signal: Int32) -> Exit { Exit(signal: signal) }

    package var description: String {
      code.map { "exit code \($0)" } ?? "signal \(signal ?? 0)"
    }
  }

  package struct Failure: Error, CustomStringConvertible {
    package let description: String
  }

  private struct State {
    /// Ends of the pipes; -1 once closed.
    var input: Int32
    var output: Int32
    var error: Int32
    var pendingInput: [UInt8] = []
    var closesInput = false
    var outputBytes: [UInt8] = []
    var errorBytes: [UInt8] = []
    /// How far the lines have been handed out.
    var outputRead = 0
    var errorRead = 0
    var exit: Exit?
  }

  package let pid: pid_t
  private let state: Mutex<State>

  /// - Parameter inherited: a descriptor that the child finds as its number 3.
  package init(
    _ executable: String, _ arguments: [String], environment: [String: String] = [:], inheriting inherited: Int32? = nil
  ) throws {
    // Writing to a child that is gone must be an error, not the end of all tests.
    signal(SIGPIPE, SIG_IGN)
    let input = try Self.makePipe()
    let output = try Self.makePipe()
    let error = try Self.makePipe()
    defer { for end in [input.read, output.write, error.write] { close(end) } }
    pid = try Self.spawn(
      [executable] + arguments, environment.map { "\($0.key)=\($0.value)" },
      streams: [input.read, output.write, error.write] + (inherited.map { [$0] } ?? []))
    for end in [input.write, output.read, error.read] { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
    state = Mutex(State(input: input.write, output: output.read, error: error.read))
  }

  deinit {
    state.withLock { state in
      for end in [state.input, state.output, state.error] where end >= 0 { close(end) }
      guard state.exit == nil else { return }
      var status: Int32 = 0
      Glibc.kill(pid, SIGKILL)
      waitpid(pid, &status, 0)
    }
  }

  package func send(_ number: Int32) { state.withLock { if $0.exit == nil { Glibc.kill(pid, number) } } }

  /// Everything written to stdout or stderr and read so far.
  package var output: String { state.withLock { String(decoding: $0.outputBytes, as: UTF8.self) } }
  package var error: String { state.withLock { String(decoding: $0.errorBytes, as: UTF8.self) } }

  package func write(_ text: String) throws {
    try state.withLock { state in
      state.pendingInput += Array(text.utf8)
      try Self.pump(&state) { $0.pendingInput.isEmpty || $0.input < 0 }
    }
  }

  package func closeInput() {
    state.withLock { state in
      if state.input >= 0 { close(state.input) }
      state.input = -1
    }
  }

  /// Closes our end of its stdout, as `| head` does.
  package func closeOutput() {
    state.withLock { state in
      if state.output >= 0 { close(state.output) }
      state.output = -1
    }
  }

  package func closeError() {
    state.withLock { state in
      if state.error >= 0 { close(state.error) }
      state.error = -1
    }
  }

  /// The next line without its LF; nil when the stream ended.
  package func nextOutputLine() throws -> String? {
    try state.withLock { state in
      try Self.pump(&state) { $0.output < 0 || $0.outputBytes[$0.outputRead...].contains(10) }
      return Self.line(state.outputBytes, from: &state.outputRead)
    }
  }

  package func nextErrorLine() throws -> String? {
    try state.withLock { state in
      try Self.pump(&state) { $0.error < 0 || $0.errorBytes[$0.errorRead...].contains(10) }
      return Self.line(state.errorBytes, from: &state.errorRead)
    }
  }

  /// Reads stderr to its end, or until it says nothing for so long.
  package func listen(milliseconds: Int32) {
    state.withLock { state in
      var isSilent = false
      while !isSilent, state.error >= 0 {
        var watched = pollfd(fd: state.error, events: Int16(POLLIN), revents: 0)
        isSilent = poll(&watched, 1, milliseconds) <= 0
        if !isSilent { Self.read(&state.error, into: &state.errorBytes) }
      }
    }
  }

  /// Reads both streams to their end and takes the exit status.
  @discardableResult
  package func wait() throws -> Exit {
    try state.withLock { state in
      if let exit = state.exit { return exit }
      try Self.pump(&state) { $0.output < 0 && $0.error < 0 }
      var status: Int32 = 0
      // The streams end when the process does, so this returns at once.
      while waitpid(pid, &status, 0) < 0, errno == EINTR {}
      // Wait status of Linux: signal in the low seven bits, exit code in the second byte (wait(2)).
      let exit: Exit = status & 0x7f == 0 ? .code(status >> 8 & 0xff) : .signal(status & 0x7f)
      state.exit = exit
      return exit
    }
  }

  private static func line(_ bytes: [UInt8], from start: inout Int) -> String? {
    guard let end = bytes[start...].firstIndex(of: 10) else { return nil }
    defer { start = end + 1 }
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  /// Moves bytes on all streams until `isDone`.
  private static func pump(_ state: inout State, until isDone: (State) -> Bool) throws {
    while !isDone(state) {
      let writes: Int16 = state.pendingInput.isEmpty ? 0 : Int16(POLLOUT)
      // A negative descriptor is passed over (poll(2)).
      var watched = [
        pollfd(fd: writes == 0 ? -1 : state.input, events: writes, revents: 0),
        pollfd(fd: state.output, events: Int16(POLLIN), revents: 0),
        pollfd(fd: state.error, events: Int16(POLLIN), revents: 0),
      ]
      let ready = poll(&watched, 3, patienceSeconds * 1000)
      if ready < 0, errno == EINTR { continue }
      guard ready > 0 else {
        throw Failure(
          description: "the process was silent for \(patienceSeconds) s; stderr: "
            + String(decoding: state.errorBytes, as: UTF8.self))
      }
      if watched[0].revents != 0 { flush(&state) }
      if watched[1].revents != 0 { read(&state.output, into: &state.outputBytes) }
      if watched[2].revents != 0 { read(&state.error, into: &state.errorBytes) }
    }
  }

  private static func flush(_ state: inout State) {
    let written = state.pendingInput.withUnsafeBytes { Glibc.write(state.input, $0.baseAddress, $0.count) }
    if written >= 0 {
      state.pendingInput.removeFirst(written)
    } else if errno != EAGAIN, errno != EINTR {
      close(state.input)
      state.input = -1
      state.pendingInput = []
    }
  }

  private static func read(_ end: inout Int32, into bytes: inout [UInt8]) {
    var buffer = [UInt8](repeating: 0, count: 64 * 1024)
    let count = buffer.withUnsafeMutableBytes { Glibc.read(end, $0.baseAddress, $0.count) }
    if count > 0 {
      bytes += buffer[..<count]
    } else if count == 0 || (errno != EAGAIN && errno != EINTR) {
      close(end)
      end = -1
    }
  }

  private static func makePipe() throws -> (read: Int32, write: Int32) {
    var ends: [Int32] = [0, 0]
    // A pair of sockets, since they are born close-on-exec: an end that leaks into another child would keep this one open.
    let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    guard socketpair(AF_UNIX, type, 0, &ends) == 0 else { throw Failure(description: "socketpair: errno \(errno)") }
    return (ends[0], ends[1])
  }

  private static func spawn(_ arguments: [String], _ environment: [String], streams: [Int32]) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (target, stream) in streams.enumerated() {
      posix_spawn_file_actions_adddup2(&actions, stream, Int32(target))
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    for number in [SIGPIPE, SIGTERM, SIGINT] { sigaddset(&signals, number) }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
    var argv = arguments.map { strdup($0) } + [nil]
    var envp = environment.map { strdup($0) } + [nil]
    defer { for pointer in argv + envp { free(pointer) } }
    var pid: pid_t = 0
    let code = posix_spawn(&pid, arguments[0], &actions, &attributes, &argv, &envp)
    guard code == 0 else { throw Failure(description: "posix_spawn of \(arguments[0]): errno \(code)") }
    return pid
  }
}
