import Posix
import Privacy
import Records
import TrainingLog

/// `state/split.jsonl`: on which side each group stands, and each text that was published once and is in no file any more.
/// Truth: no group and no text ever changes its side, whatever becomes of key or share; only who is erased leaves it.
///
/// A line is `{"group":"<16 hex digits>","side":"train"}` or `{"text":…}`, the digits of a keyed hash.
struct SplitLedger {
  private let path: String
  private let holdOut: HoldOut
  private var groups: [UInt64: Side] = [:]
  private var texts: [UInt64: Side] = [:]
  /// Sides asked for in this run.
  private var memory: [UInt64: Side] = [:]
  private var new: [[UInt8]] = []

  /// - Parameter key: decides on the groups that the ledger does not know.
  init(_ directory: DataDirectory, key: [UInt8]) throws {
    path = directory.split
    holdOut = HoldOut(key: key)
    guard let file = try ReadOnlyFile.open(ifPresent: path) else { return }
    try LineReader().read(file) { line, _ in
      guard let root = try? JSONDocument(parsing: line).root,
        let side = root["side"]?.string.flatMap(Side.init(rawValue:))
      else { return }
      // The first line counts: a later one cannot move anything.
      if let group = Self.key(root["group"]), groups[group] == nil { groups[group] = side }
      if let text = Self.key(root["text"]), texts[text] == nil { texts[text] = side }
    }
  }

  private static func key(_ element: JSONElement?) -> UInt64? {
    element?.string.flatMap { Pseudonym(hex: $0)?.value }
  }

  mutating func side(ofGroup group: UInt64) -> Side {
    if let side = memory[group] { return side }
    let key = holdOut.key(ofGroup: group)
    let side = groups[key] ?? holdOut.side(ofUser: Pseudonym(value: group).hex)
    memory[group] = side
    if groups[key] == nil {
      groups[key] = side
      new.append(Self.line("group", key, side))
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
    new.append(Self.line("text", key, side))
  }

  private static func line(_ kind: StaticString, _ key: UInt64, _ side: Side) -> [UInt8] {
    var writer = JSONWriter(reserving: 64)
    writer.object { object in
      object.key(kind)
      object.string(Pseudonym(value: key).hex)
      object.key("side")
      object.string(side.rawValue)
    }
    return writer.bytes
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
      let root = try? JSONDocument(parsing: line).root
      let isGone = Self.key(root?["group"]).map(groups.contains) ?? Self.key(root?["text"]).map(texts.contains)
      if isGone ?? false { isChanged = true } else { kept += line + [UInt8(ascii: "\n")] }
    }
    if isChanged { try AtomicFile.replace(directory.split, with: kept) }
  }

  /// Makes what was decided durable; to be called before anything is published that depends on it.
  mutating func commit() throws(SystemError) {
    try DurableLines(path).append(new)
    new = []
  }
}
