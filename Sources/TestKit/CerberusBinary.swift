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
  /// - Parameter descriptors: how many it may have open; nil for as many as the tests.
  package static func start(
    _ arguments: [String], environment: [String: String] = [:], descriptors: Int? = nil
  ) throws -> ChildProcess {
    var variables = environment
    variables["PATH"] = variables["PATH"] ?? "/usr/bin:/bin"
    guard let descriptors else { return try ChildProcess(path(), arguments, environment: variables) }
    // The shell gives its limit and its process to the binary.
    let script = #"ulimit -n "$0" && exec "$@""#
    return try ChildProcess(
      "/bin/sh", ["-c", script, "\(descriptors)", path()] + arguments, environment: variables)
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
