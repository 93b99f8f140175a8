import ArgumentParser
import Posix
import Service
import TrainingLog

/// The options that name a data directory, and the two ways to reach it: as its writer, or through the server that is.
struct DataOptions: ParsableArguments {
  @Option(help: "The data directory. [env: CERBERUS_DATA_DIR]")
  var dataDir: String = environment("CERBERUS_DATA_DIR") ?? "data"

  @Option(help: "Days that raw records are kept. [env: CERBERUS_RETENTION_DAYS]")
  var retentionDays: Int = environment("CERBERUS_RETENTION_DAYS").flatMap(wholeNumber) ?? 90

  @Option(help: "Bytes of the disk that stay closed to new records. [env: CERBERUS_DISK_RESERVE]")
  var diskReserve: Int = environment("CERBERUS_DISK_RESERVE").flatMap(wholeNumber) ?? 64 << 20

  func validate() throws {
    guard retentionDays > 0 else { throw ValidationError("--retention-days must be at least 1.") }
    guard diskReserve >= 0 else { throw ValidationError("--disk-reserve must not be negative.") }
  }

  var directory: DataDirectory { DataDirectory(dataDir) }

  var configuration: TrainingLog.Configuration {
    var configuration = TrainingLog.Configuration(directory: directory)
    configuration.pepperFile = environment("CERBERUS_PEPPER_FILE")
    configuration.diskReserve = diskReserve
    configuration.retentionDays = retentionDays
    return configuration
  }

  /// Opens the log for writing; ends the program with the contract's exit code where that cannot be.
  func openLog() throws -> TrainingLog {
    do throws(TrainingLog.Failure) {
      return try TrainingLog(configuration)
    } catch {
      switch error {
      case .locked: throw fail(.tryLater, error.description)
      case .secrets: throw fail(.configuration, error.description)
      case .storage: throw fail(.inputOutput, error.description)
      }
    }
  }

  /// Asks the running server, or does the work here when there is none.
  func answer(_ method: String, _ path: String, here: (TrainingLog) throws -> [UInt8]) throws -> [UInt8] {
    guard directory.exists else {
      throw fail(
        .configuration, "there is no data directory at that path yet; start `cerberus serve` or name --data-dir")
    }
    do {
      if let (status, body) = try ControlClient(directory).send(method, path) {
        guard status == 200 else { throw fail(.failed, "the server answered \(status)") }
        return body
      }
    } catch let error as SystemError {
      throw fail(.unreachable, "the server of this data directory does not answer: \(error)")
    }
    return try here(try openLog())
  }
}
