import Glibc

/// The streams that a process is born with.
package enum StandardStreams {
  package static func writeOutput(_ bytes: [UInt8]) throws(SystemError) { try write(bytes, to: STDOUT_FILENO) }

  /// What cannot be written is let go: nobody reads it, and that is no reason to stop.
  package static func writeError(_ text: String) { try? write(Array(text.utf8), to: STDERR_FILENO) }

  private static func write(_ bytes: [UInt8], to raw: Int32) throws(SystemError) {
    var sent = 0
    while sent < bytes.count {
      sent += try retrying("write") {
        // In bounds: write(2) returns at most what it was given, so that `sent` never passes the end.
        bytes.withUnsafeBytes { all in Glibc.write(raw, all.baseAddress! + sent, all.count - sent) }
      }
    }
  }

  package static var errorIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// A closed pipe or connection, and a file over its size limit, become errors of the call instead of killing the process.
  package static func ignoreFatalSignals() {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
  }
}
