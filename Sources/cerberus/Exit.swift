import ArgumentParser
import FoundationEssentials
import Posix
import TrainingLog

/// The exit codes of the contract, section 3 (after sysexits.h).
enum Exit: Int32 {
  case failed = 1
  case badData = 65
  case unreachable = 69
  case inputOutput = 74
  case tryLater = 75
  case configuration = 78

  /// What a file cannot be read for may pass, or lie in the disk; that it is not there, or not for this user, does not.
  init(_ failure: Secrets.Failure) {
    if case .system(let error) = failure, !error.isOfAccess { self = .inputOutput } else { self = .configuration }
  }
}

/// Says why on stderr and gives the error that ends the program with that code.
func fail(_ exit: Exit, _ message: String) -> ExitCode {
  say("cerberus: \(message)")
  return ExitCode(exit.rawValue)
}

/// One line to stderr: everything that is no data goes there.
func say(_ line: String) { StandardStreams.writeError(line + "\n") }

func environment(_ name: String) -> String? {
  ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
}

/// A number from the environment; nil where there is none, the end of the program where it is none of the range.
func environmentNumber(_ name: String, in range: ClosedRange<Int>) throws -> Int? {
  guard let text = environment(name) else { return nil }
  // Digits only, unlike `Int("+5")`.
  guard text.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(text), range.contains(number) else {
    throw fail(.configuration, "\(name) must be a whole number from \(range.lowerBound) to \(range.upperBound)")
  }
  return number
}

/// A switch from the environment; off where there is none.
func environmentFlag(_ name: String) throws -> Bool {
  switch environment(name)?.lowercased() {
  case nil, "0", "false", "no", "off": return false
  case "1", "true", "yes", "on": return true
  default: throw fail(.configuration, "\(name) must be true or false")
  }
}

/// Data to stdout. A closed pipe or a full disk ends the program with an error instead of killing it.
func output(_ bytes: some Collection<UInt8>) throws {
  do throws(SystemError) {
    try StandardStreams.writeOutput(Array(bytes))
  } catch { throw fail(.inputOutput, "the output cannot be written: \(error)") }
}
