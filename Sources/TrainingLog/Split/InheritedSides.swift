import Posix
import Records

/// Users who got another pseudonym stay on their side of the split: where the new pseudonym would draw another side than
/// the old one has, `state/inherited.jsonl` says so, and the curator goes by it.
///
/// A line has a keyed hash of the new pseudonym and nothing of the old one: it links nobody to anybody, and can stay when
/// the old pepper is destroyed. It is durable before any record under the new pseudonym is written. Used by the committer
/// alone.
final class InheritedSides {
  private let holdOut: HoldOut
  /// What is known of groups, by their hashes: from the ledger of the split and from the lines here.
  private var sides: [UInt64: Side] = [:]
  /// Users of whom nothing is left to be noted.
  private var settled: Set<UInt64> = []

  init(key: [UInt8]) { holdOut = HoldOut(key: key) }

  /// A line of the one file or of the other. The first about a group counts, as it does for the curator.
  func add(_ line: SideLine) {
    guard case .group(let group) = line.key, sides[group] == nil else { return }
    sides[group] = line.side
  }

  /// What the curator has decided so far. Lines that cannot be read say nothing to it either.
  func readLedger(of directory: DataDirectory) throws {
    guard let file = try ReadOnlyFile.open(ifPresent: directory.split) else { return }
    try LineReader().read(file) { line, _ in if let line = SideLine(line) { add(line) } }
  }

  /// What is to be noted before a record of this user is written; nil where there is nothing.
  ///
  /// - Parameters:
  ///   - user: the present pseudonym.
  ///   - former: the same user's oldest one whose pepper lives: newer ones have their side from it.
  func line(for user: UInt64, heirOf former: UInt64) -> SideLine? {
    guard !settled.contains(user) else { return nil }
    let group = holdOut.key(ofGroup: user)
    let side = side(of: former)
    // What stands on a side stays there: that it is the wrong one can only be if the old pepper was not known once.
    guard sides[group] == nil, side != holdOut.side(of: user) else {
      settled.insert(user)
      return nil
    }
    return SideLine(.group(group), side)
  }

  private func side(of user: UInt64) -> Side { sides[holdOut.key(ofGroup: user)] ?? holdOut.side(of: user) }

  /// The line is durable.
  func settle(_ user: UInt64, by line: SideLine) {
    add(line)
    settled.insert(user)
  }

  func hashes(of users: Set<UInt64>) -> Set<UInt64> { Set(users.map(holdOut.key(ofGroup:))) }

  /// Their lines are gone.
  func forget(_ users: Set<UInt64>) {
    settled.subtract(users)
    for group in hashes(of: users) { sides[group] = nil }
  }
}

extension TrainingLog {
  /// Removes what is noted of users of whom no record is held. Only by one at a time.
  package func forgetInheritedSides(of users: Set<UInt64>) throws {
    guard !users.isEmpty, let lines = try commit.withWriter({ try $0.syncedLines(of: .inherited) }) else { return }
    let hashes = commit.withWriter { $0.inherited.hashes(of: users) }
    // Beside the commits: as a rule nothing is noted of anybody.
    var isNoted = false
    try lines.forEach { isNoted = isNoted || SideLine($0)?.isAbout(anyOf: hashes) ?? false }
    if isNoted { try commit.withWriter { try $0.forgetInheritedSides(of: users) } }
  }
}

extension LogWriter {
  fileprivate func forgetInheritedSides(of users: Set<UInt64>) throws {
    let index = try index
    let gone = try users.filter { try !index.knows(user: $0) }
    guard !gone.isEmpty, let lines = try syncedLines(of: .inherited) else { return }
    let hashes = inherited.hashes(of: gone)
    var kept: [UInt8] = []
    try lines.forEach { line in
      if SideLine(line)?.isAbout(anyOf: hashes) != true { kept += line + [UInt8(ascii: "\n")] }
    }
    try files.rewrite(.inherited, with: kept)
    inherited.forget(gone)
  }
}

extension SideLine {
  fileprivate func isAbout(anyOf groups: Set<UInt64>) -> Bool {
    if case .group(let group) = key { groups.contains(group) } else { false }
  }
}
