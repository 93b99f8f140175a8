import Glibc

/// The streams that a process is born with.
package enum StandardStreams {
  package static func writeOutput(_ bytes: [UInt8]) throws(SystemError) { try write(bytes, toRaw: STDOUT_FILENO) }

  /// All of standard input, to its end.
  package static func readInput() throws(SystemError) -> [UInt8] {
    var status = stat()
    _ = try retrying("fstat") { fstat(STDIN_FILENO, &status) }
    // Room for all of a file, for the read that finds its end, and for the few bytes that a text grows by when it is
    // changed where it stands; a pipe has no size.
    var content: [UInt8] = []
    var capacity = Int(status.st_size) + 65_536
    while true {
      let more = try readInput(upTo: capacity)
      if content.isEmpty { content = more } else { content += more }
      if more.count < capacity { return content }
      capacity = content.count
    }
  }

  /// Fewer bytes only at the end of the input.
  private static func readInput(upTo capacity: Int) throws(SystemError) -> [UInt8] {
    var failure: SystemError?
    let bytes = [UInt8](unsafeUninitializedCapacity: capacity) { room, count in
      do throws(SystemError) {
        while count < capacity {
          // In bounds: there is room for as many bytes as are asked for.
          let more = try retrying("read") { read(STDIN_FILENO, room.baseAddress! + count, capacity - count) }
          if more == 0 { return }
          count += more
        }
      } catch { failure = error }
    }
    if let failure { throw failure }
    return bytes
  }

  /// What cannot be written is let go: nobody reads it, and that is no reason to stop.
  package static func writeError(_ text: String) { try? write(Array(text.utf8), toRaw: STDERR_FILENO) }

  /// To a descriptor that someone else keeps open, all of it. Waits while whoever reads it is slow, also where it was set
  /// not to block. A reader that is gone is an error (EPIPE), if SIGPIPE is ignored.
  package static func write(_ bytes: [UInt8], toRaw raw: Int32) throws(SystemError) {
    var sent = 0
    while sent < bytes.count {
      do throws(SystemError) {
        sent += try retrying("write") {
          // In bounds: write(2) returns at most what it was given, so that `sent` never passes the end.
          bytes.withUnsafeBytes { all in Glibc.write(raw, all.baseAddress! + sent, all.count - sent) }
        }
      } catch {
        guard error.code == EAGAIN else { throw error }
        var waiting = pollfd(fd: raw, events: Int16(POLLOUT), revents: 0)
        _ = poll(&waiting, 1, -1)
      }
    }
  }

  /// Puts the null device where a stream was closed by whoever started the process: the next file to be opened would take
  /// its number, and messages would be written into data.
  package static func fillClosed() {
    for raw in STDIN_FILENO...STDERR_FILENO where fcntl(raw, F_GETFD) < 0 {
      // The lowest free number is taken (open(2)), which is this one: those below it are open by now.
      _ = open("/dev/null", O_RDWR)
    }
  }

  package static var inputIsTerminal: Bool { isatty(STDIN_FILENO) == 1 }
  package static var outputIsTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
  package static var errorIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// A closed pipe or connection, and a file over its size limit, become errors of the call instead of killing the process.
  package static func ignoreFatalSignals() {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
  }
}
