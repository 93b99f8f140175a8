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

  /// The program is killed at one of the calls. Traced without a filter: with one, strace delivers no signal.
  ///
  /// - Parameter number: of the call about these paths, from 1.
  package static func killer(at number: Int, of call: String, paths: [String]) -> [String] {
    wrapper(calls: call, fault: "\(call):signal=KILL:when=\(number)", paths: paths).filter { $0 != "--seccomp-bpf" }
  }
}
