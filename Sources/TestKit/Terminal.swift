import Foundation

/// A command on a pseudo-terminal, by script(1): what it shows there, with stdout and stderr in one as on any terminal.
package enum Terminal {
  package static func run(
    _ arguments: [String], environment: [String: String] = [:]
  ) throws -> (exit: ChildProcess.Exit, shown: String) {
    // None of these words has anything in it that a shell would take for its own.
    let command = ([try CerberusBinary.path()] + arguments).joined(separator: " ")
    var variables = ["PATH": "/usr/bin:/bin", "TERM": "xterm", "SHELL": "/bin/sh", "LC_ALL": "C.UTF-8"]
    variables.merge(environment) { $1 }
    let process = try ChildProcess(
      "/usr/bin/script", ["--quiet", "--return", "--command", command, "/dev/null"], environment: variables)
    let exit = try process.wait()
    return (exit, process.output.replacing("\r\n", with: "\n"))
  }
}
