import Posix
import Records

/// What is read before any record is: ledgers that say what must not come in, and where it belongs.
extension Recovery {
  /// Fails for a line that cannot be read, and for lines that are not there any more: what they forbid could come in.
  func readLedgers(_ report: inout Report) throws {
    try readLedger(.erasures, &report) { line, _ throws(LineError) in try journal.add(line) }
    journal.finishReading()
    try readLedger(.consent, &report) { line, _ throws(LineError) in consent.add(try ConsentChange(line)) }
    try readInheritedSides(&report)
  }

  /// A line that cannot be read forbids nothing, and what it said is said again when the user comes again.
  private func readInheritedSides(_ report: inout Report) throws {
    guard let inherited else { return }
    var damaged: [DamagedLine] = []
    try readLedger(.inherited, &report) { line, offset in
      if let line = SideLine(line) {
        inherited.add(line)
      } else {
        damaged.append(DamagedLine(file: "state/inherited.jsonl", offset: offset, reason: "it says no side of a group"))
      }
    }
    report.damagedLines += damaged
  }

  private func readLedger(
    _ name: LogFileName, _ report: inout Report, _ add: ([UInt8], _ offset: Int) throws(LineError) -> Void
  ) throws {
    let path = directory.path(of: name)
    var marks = LedgerMarks(folder: directory.state, fileSystem: fileSystem)
    let (fault, vouched) = name.isLedger ? try marks.examine(name.name) : (nil, nil)
    if let fault {
      if fault.isLoss { throw fault }
      report.damagedLines.append(fault.damagedLine)
    }
    guard fileSystem.exists(path) else { return }
    let file = try fileSystem.openLog(path)
    // Where nothing tells how much was acknowledged, every line was.
    try cutTail(of: file, name, from: vouched ?? file.endOfLines(), &report)
    if name.isLedger { try marks.takeUp(name.name, file) }
    var holes: [Range<Int>] = []
    try LineReader().read(file, hole: { holes.append($0) }) { line, offset in
      do throws(LineError) { try add(line, offset) } catch {
        var damage = DamagedLine(file: "state/\(name.name)", offset: offset, reason: error.description)
        damage.line = try LineCounter.line(at: offset, file)
        throw damage
      }
    }
    report.damagedLines += holes.map { DamagedLine(hole: $0, in: "state/\(name.name)") }
  }
}
