import Posix
import Privacy
import Records
import TrainingLog

/// In which session an example was logged: the raw records know it, the dataset does not.
enum SessionBook {
  private static let lead = Array("{\"example_id\":\"".utf8)

  /// Of those of the ids whose record is still there.
  static func sessions(of ids: Set<String>, _ directory: DataDirectory) throws -> [String: UInt64] {
    var sessions: [String: UInt64] = [:]
    guard !ids.isEmpty, Directories.exists(directory.logs) else { return [:] }
    for name in LogFileName.present(in: try Directories.list(directory.logs)) {
      guard case .conversations = name, let file = try LogText.open(name, in: directory) else { continue }
      try LineReader().read(file) { line, _ in
        // The service's own lines begin with the id: most are ruled out without being parsed.
        if line.starts(with: lead), !ids.contains(text(line[lead.count..<min(line.count, lead.count + 36)])) { return }
        guard let record = try? Conversation(line: line), ids.contains(record.exampleID.description) else { return }
        sessions[record.exampleID.description] = Pseudonym(hex: record.sessionID)?.value
      }
    }
    return sessions
  }

  private static func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }
}
