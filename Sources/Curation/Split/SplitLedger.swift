import Posix
import Privacy
import Records
import TrainingLog

/// `state/split.jsonl`: on which side each group stands, and each text that was published once and is in no file any more.
/// Truth: no group and no text ever changes its side, whatever becomes of key or share; only who is erased leaves it.
struct SplitLedger {
  private let directory: DataDirectory
  private let holdOut: HoldOut
  private var groups: [UInt64: Side] = [:]
  private var texts: [UInt64: Side] = [:]
  /// Of groups that have their side from an older pseudonym of the same user (`InheritedSides`).
  private var inherited: [UInt64: Side] = [:]
  /// Sides asked for in this run.
  private var memory: [UInt64: Side] = [:]
  private var new: [[UInt8]] = []

  /// - Parameter key: decides on the groups that the ledger does not know.
  init(_ directory: DataDirectory, key: [UInt8]) throws {
    self.directory = directory
    holdOut = HoldOut(key: key)
    if let fault = try LedgerMark.fault(of: Self.name, in: directory.state), fault.isLoss {
      throw CurationError.ledgerLost(fault.description)
    }
    // The first line counts: a later one cannot move anything.
    try Self.read(directory.split) { line in
      switch line.key {
      case .group(let group): if groups[group] == nil { groups[group] = line.side }
      case .text(let text): if texts[text] == nil { texts[text] = line.side }
      }
    }
    try Self.read(directory.inheritedSides) { line in
      if case .group(let group) = line.key, inherited[group] == nil { inherited[group] = line.side }
    }
  }

  private static let name = DataDirectory.splitName

  private static func read(_ path: String, _ body: (SideLine) -> Void) throws {
    guard let file = try ReadOnlyFile.open(ifPresent: path) else { return }
    try LineReader().read(file) { line, _ in if let line = SideLine(line) { body(line) } }
  }

  mutating func side(ofGroup group: UInt64) -> Side {
    if let side = memory[group] { return side }
    let key = holdOut.key(ofGroup: group)
    let side = groups[key] ?? inherited[key] ?? holdOut.side(of: group)
    memory[group] = side
    if groups[key] == nil {
      groups[key] = side
      new.append(SideLine(.group(key), side).bytes)
    }
    return side
  }

  /// nil for a text that was never published, or still is.
  func side(ofText hash: ContentHash) -> Side? {
    texts.isEmpty ? nil : texts[holdOut.key(ofText: hash.high, hash.low)]
  }

  /// A published text leaves the files.
  mutating func remember(_ hash: ContentHash, _ side: Side) {
    let key = holdOut.key(ofText: hash.high, hash.low)
    guard texts[key] == nil else { return }
    texts[key] = side
    new.append(SideLine(.text(key), side).bytes)
  }

  /// Removes what is known of these groups and texts, before anything that depends on it is gone. Only while no curator
  /// runs.
  static func forget(groups: [UInt64], texts: [ContentHash], _ directory: DataDirectory, key: [UInt8]) throws {
    guard !groups.isEmpty || !texts.isEmpty, let file = try ReadOnlyFile.open(ifPresent: directory.split) else {
      return
    }
    let holdOut = HoldOut(key: key)
    let groups = Set(groups.map(holdOut.key(ofGroup:)))
    let texts = Set(texts.map { holdOut.key(ofText: $0.high, $0.low) })
    var kept: [UInt8] = []
    var isChanged = false
    try LineReader().read(file) { line, _ in
      let isGone =
        switch SideLine(line)?.key {
        case .group(let group): groups.contains(group)
        case .text(let text): texts.contains(text)
        case nil: false
        }
      if isGone { isChanged = true } else { kept += line + [UInt8(ascii: "\n")] }
    }
    guard isChanged else { return }
    var marks = LedgerMarks(folder: directory.state)
    try marks.announce(name, kept)
    try AtomicFile.replace(directory.split, with: kept)
    marks.settle(name, kept)
  }

  /// Makes what was decided durable; to be called before anything is published that depends on it.
  mutating func commit() throws {
    guard !new.isEmpty else { return }
    try SplitTail(directory).repair()
    try DurableLines(directory.split).append(new)
    new = []
    let ledger = try ReadOnlyFile(directory.split)
    var marks = LedgerMarks(folder: directory.state)
    marks.follow(Self.name, ledger, upTo: try ledger.size(), appended: [])
  }
}
