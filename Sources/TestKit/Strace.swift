import Foundation

/// strace(1) as a wrapper that makes system calls of the server fail. The tracer is a process of its own (`-D`), so that
/// signals go to the server.
package enum Strace {
  /// Why it cannot be used here; nil where it works.
  package static let obstacle: String? = {
    guard
      let trial = try? ChildProcess("/usr/bin/strace", ["-D", "-f", "--seccomp-bpf", "-o", "/dev/null", "/bin/true"])
    else { return "strace is not installed" }
    return (try? trial.wait()) == .code(0) ? nil : "strace may not trace here"
  }()

  /// - Parameters:
  ///   - calls: what is traced, separated by commas.
  ///   - fault: as `--inject` takes it.
  ///   - paths: files that the calls have to be about; empty for any.
  ///   - log: takes the calls, one a line.
  package static func wrapper(calls: String, fault: String, paths: [String] = [], log: String = "/dev/null") -> [String]
  {
    ["/usr/bin/strace", "-D", "-f", "--seccomp-bpf", "-qq", "-o", log, "-e", "trace=" + calls, "-e", "inject=" + fault]
      + paths.flatMap { ["-P", $0] }
  }
}
