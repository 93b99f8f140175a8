import Foundation

/// The built `cerberus`, which lies beside the test executable.
package enum CerberusBinary {
  /// What a finished command left behind.
  package struct Outcome: Sendable {
    package let exit: ChildProcess.Exit
    package let output: String
    package let error: String
  }

  package static func path() throws -> String {
    let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    // Beside the test executable, or above it where tests are a bundle.
    var folder = URL(fileURLWithPath: tests).deletingLastPathComponent()
    for _ in 0..<4 {
      let candidate = folder.appendingPathComponent("cerberus").path
      if FileManager.default.isExecutableFile(atPath: candidate), !isDirectory(candidate) { return candidate }
      folder.deleteLastPathComponent()
    }
    throw ChildProcess.Failure(description: "no cerberus beside \(tests); swift build makes it")
  }

  /// Starts it with an environment of its own: nothing that the tester has set gets in.
  ///
  /// - Parameters:
  ///   - descriptors: how many it may have open; nil for as many as the tests.
  ///   - listener: a descriptor handed over as systemd does it (sd_listen_fds(3)).
  package static func start(
    _ arguments: [String], environment: [String: String] = [:], descriptors: Int? = nil, listener: Int32? = nil
  ) throws -> ChildProcess {
    var variables = environment
    variables["PATH"] = variables["PATH"] ?? "/usr/bin:/bin"
    // The shell gives its limit, its number and its process to the binary.
    var steps: [String] = []
    if let descriptors { steps.append("ulimit -n \(descriptors)") }
    if listener != nil {
      variables["LISTEN_FDS"] = variables["LISTEN_FDS"] ?? "1"
      steps.append("export LISTEN_PID=${LISTEN_PID:-$$}")
    }
    guard !steps.isEmpty else { return try ChildProcess(path(), arguments, environment: variables) }
    steps.append(#"exec "$0" "$@""#)
    return try ChildProcess(
      "/bin/sh", ["-c", steps.joined(separator: " && "), path()] + arguments, environment: variables,
      inheriting: listener)
  }

  /// Runs it to its end.
  package static func run(
    _ arguments: [String], input: String = "", environment: [String: String] = [:]
  ) throws -> Outcome {
    let process = try start(arguments, environment: environment)
    try process.write(input)
    process.closeInput()
    let exit = try process.wait()
    return Outcome(exit: exit, output: process.output, error: process.error)
  }

  private static func isDirectory(_ path: String) -> Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && isDirectory.boolValue
  }
}
