import Posix

/// A failure of the disk or of the index, for the log of events. Holds no path and nothing of a record.
package struct StorageFault: Sendable {
  package enum Work: String, Sendable {
    case commit, index, pending, keys, audit
    /// A file that could not be synced could not be replaced either.
    case replacement
    /// Records of others went with damage.
    case erasure
    /// A stored record cannot be read.
    case reading
    /// Somebody else has changed a log file.
    case meddling
  }

  package let work: Work
  package let reason: String

  package init(work: Work, reason: String) {
    self.work = work
    self.reason = reason
  }

  package static let lostAudit = StorageFault(
    work: .audit, reason: "acts that were noted in state/audit.jsonl are not there any more, see cerberus verify")
  static let unreadable = StorageFault(work: .reading, reason: "a stored record is damaged")

  /// The failed call with its errno; of other errors only the kind, since nobody knows what their text holds.
  package static func reason(_ error: any Error) -> String {
    switch error {
    case let error as SystemError: error.description
    case let error as LogWriter.FileWasChanged: error.description
    case let error as StateFileWasChanged: error.description
    default: "\(type(of: error))"
    }
  }
}
