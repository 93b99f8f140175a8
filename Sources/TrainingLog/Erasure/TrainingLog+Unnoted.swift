import Posix
import Records

/// Erasures of which the audit log knows nothing, since the process ended between the two.
extension TrainingLog {
  /// Those that were completed since the log began, with the act that it was. None where the log has lost lines, which
  /// might have been theirs. To be asked while no erasure is being completed.
  package func unnotedErasures() throws -> [(act: AuditAct.Name, receipt: ErasureReceipt)] {
    let directory = configuration.directory
    guard let lines = try commit.withWriter({ try $0.syncedLines(of: .erasures) }),
      let acts = try AuditLog.acts(in: directory.state) ?? (Directories.exists(directory.audit) ? nil : []),
      try AuditLog(directory).loss() == nil
    else { return [] }
    let noted = Set(acts.map(\.reference))
    var users: Set<String> = []
    var unnoted: [(act: AuditAct.Name, receipt: ErasureReceipt)] = []
    try lines.forEach { line in
      if case .begun(let entry) = try ErasureLine(line), entry.subject != nil || entry.user != nil {
        users.insert(entry.receiptID)
      }
      let root = try JSONDocument(parsing: line).root
      guard let done = root["done"]?.string.flatMap({ Timestamp(rfc3339: $0) }), done >= acts.first?.at ?? done,
        let receipt = root["receipt"].flatMap(ErasureReceipt.init), !noted.contains(receipt.id)
      else { return }
      unnoted.append((users.contains(receipt.id) ? .eraseUser : .eraseExample, receipt))
    }
    return unnoted
  }
}
