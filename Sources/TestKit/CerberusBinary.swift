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
  ///   - wrapper: a program and its arguments that is given the binary's as further ones, and has to leave it its process.
  ///   - listener: a descriptor handed over as systemd does it (sd_listen_fds(3)).
  package static func start(
    _ arguments: [String], environment: [String: String] = [:], under wrapper: [String] = [], listener: Int32? = nil
  ) throws -> ChildProcess {
    var variables = environment
    variables["PATH"] = variables["PATH"] ?? "/usr/bin:/bin"
    var words = try wrapper + [path()] + arguments
    if listener != nil {
      variables["LISTEN_FDS"] = variables["LISTEN_FDS"] ?? "1"
      // The shell gives its number and its process to the binary.
      words = ["/bin/sh", "-c", #"export LISTEN_PID=${LISTEN_PID:-$$} && exec "$0" "$@""#] + words
    }
    return try ChildProcess(words[0], Array(words.dropFirst()), environment: variables, inheriting: listener)
  }

  /// A shell that sets limits of its own (`ulimit`) and then is the binary.
  package static func limited(_ flags: String) -> [String] {
    ["/bin/sh", "-c", "ulimit \(flags) && exec \"$0\" \"$@\""]
  }

  /// Runs it to its end.
  package static func run(
    _ arguments: [String], input: String = "", environment: [String: String] = [:], under wrapper: [String] = []
  ) throws -> Outcome {
    let process = try start(arguments, environment: environment, under: wrapper)
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
