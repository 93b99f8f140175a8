import Foundation
import Glibc

/// What the kernel tells of the server's process.
extension TestServer {
  /// The most memory that it has ever held, bytes (`VmHWM`, proc_pid_status(5)); nil after its end.
  package var peakMemoryBytes: Int? {
    guard let status = try? String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8) else { return nil }
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return line.flatMap { Int($0.filter(\.isNumber)) }.map { $0 * 1024 }
  }

  /// The CPU time that it has used, user and system together (proc_pid_stat(5)); nil after its end.
  package var cpuTime: Duration? {
    guard let stat = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8),
      // The name in parentheses may hold anything; the fields behind it are numbers.
      let fields = stat.split(separator: ")").last?.split(separator: " "), fields.count > 12,
      let user = Int(fields[11]), let system = Int(fields[12])
    else { return nil }
    return .milliseconds((user + system) * 1000 / sysconf(Int32(_SC_CLK_TCK)))
  }

  /// Descriptors that it has open at this moment; nil after its end.
  package var openDescriptors: Int? {
    (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(pid)/fd"))?.count
  }
}

extension TestServer {
  /// Lifts a soft limit of file sizes (RLIMIT_FSIZE).
  package func liftFileSizeLimit() throws { try setFileSizeLimit("unlimited") }

  /// Sets a soft limit of file sizes, in bytes.
  package func limitFileSize(_ bytes: Int) throws { try setFileSizeLimit("\(bytes):unlimited") }

  private func setFileSizeLimit(_ limit: String) throws {
    let tool = try ChildProcess("/usr/bin/prlimit", ["--pid", "\(pid)", "--fsize=\(limit)"])
    guard try tool.wait() == .code(0) else { throw ChildProcess.Failure(description: "prlimit: \(tool.error)") }
  }
}
