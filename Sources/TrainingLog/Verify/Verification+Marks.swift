import Posix

/// The ledgers against their marks. These are read before the ledgers, which only grow behind what a mark knows.
extension Verification {
  /// By the name of the ledger.
  func readMarks(_ report: inout VerificationReport) throws -> [String: LedgerMark] {
    var marks: [String: LedgerMark] = [:]
    guard Directories.exists(directory.state) else { return marks }
    for file in try Directories.list(directory.state) where file.hasSuffix(LedgerMark.suffix) {
      let name = String(file.dropLast(LedgerMark.suffix.count))
      do {
        marks[name] = try LedgerMark.read(name, in: directory.state)
      } catch let fault as LedgerFault { report.add("state/" + name, at: nil, fault.reason) }
    }
    return marks
  }

  func check(_ marks: [String: LedgerMark], _ files: [VerifiedFile], _ report: inout VerificationReport) throws {
    for (name, mark) in marks.sorted(by: { $0.key < $1.key }) {
      let fault: LedgerFault?
      if name == AuditLog.name {
        fault = try AuditLog.loss(in: directory.state)
      } else {
        let ledger = files.first { $0.name == "state/" + name }
        fault = try LedgerMark.examine(ledger?.file, size: ledger?.size ?? 0, by: mark).fault.map {
          LedgerFault(name: name, kind: $0)
        }
      }
      // Whoever has changed a line of the chain is found out by it, and by the line.
      guard name != AuditLog.name || !report.faults.contains(where: { $0.file == "state/" + name }) else { continue }
      if let fault { report.add("state/" + name, at: nil, fault.reason) }
    }
  }

  /// Of the ledgers that forbid nothing to be stored: what a start tells, and goes on.
  func faultsOfOtherLedgers() throws -> [DamagedLine] {
    let split = try LedgerMark.fault(of: DataDirectory.splitName, in: directory.state)
    return [split?.damagedLine, try faultOfAudit()].compactMap { $0 }
  }

  /// A start has no time for acts of years.
  private static let auditBytesAtStart = 8 << 20

  private func faultOfAudit() throws -> DamagedLine? {
    if let loss = try AuditLog.loss(in: directory.state) { return loss.damagedLine }
    guard let log = try ReadOnlyFile.open(ifPresent: directory.audit) else { return nil }
    let end = try log.endOfLines()
    let first = try log.endOfLines(before: max(0, end - Self.auditBytesAtStart))
    return try AuditLog.fault(in: log, from: first, upTo: end).map {
      DamagedLine(file: "state/" + AuditLog.name, offset: $0.offset, reason: $0.reason)
    }
  }
}
