import Records

/// Decides which rows the two files hold: one of each group of twins, never twins on both sides of the split.
///
/// The side of a group is the one on which it was first published, for ever; before that, the side of the best of it. Its
/// members from the other side are left out, better or not: swapped in they would carry text that was trained on into
/// the hold-out, or the other way round.
struct Selection {
  /// In the order of the file: by date, then by content hash.
  private(set) var dataset: [Entry] = []
  private(set) var negatives: [Entry] = []
  private(set) var rejected = RejectionCounts()

  private var sides: [ContentHash: Side] = [:]

  /// - Parameters:
  ///   - live: ids of all raw records there are.
  ///   - old: the files of the last run.
  init(
    _ candidates: [Candidate], live: Set<ExampleID>, dataset old: PublishedFile, negatives oldNegatives: PublishedFile
  ) {
    // What was published as training data decides before what was published as a negative.
    for row in old.rows + oldNegatives.rows where sides[row.hash] == nil { sides[row.hash] = row.side }
    for candidate in candidates {
      if let reason = candidate.reason { rejected[reason] += 1 }
    }
    let good = candidates.indices.filter { candidates[$0].reason == nil }
      .map { Entry(candidates[$0], number: $0, hash: candidates[$0].hash) }
    dataset = keepers(of: good + Self.expired(old, live), better: Self.isBetter)
    rejected[.exactDuplicate] += good.count - dataset.count { $0.isLive }
    let bad = candidates.indices.compactMap { number in
      candidates[number].negative.map { Entry(candidates[number], number: number, hash: $0.hash) }
    }
    negatives = keepers(of: bad + Self.expired(oldNegatives, live), better: Self.isWorse)
  }

  /// Rows whose raw record is gone. They stay: expiry takes the record, not what was learnt from it.
  ///
  /// A record that was erased is gone as well; its erasure takes its rows out of both files before the curator runs.
  private static func expired(_ file: PublishedFile, _ live: Set<ExampleID>) -> [Entry] {
    file.rows.indices.compactMap { number in
      if let id = file.rows[number].exampleID, live.contains(id) { return nil }
      return Entry(file.rows[number], number: number)
    }
  }

  private mutating func keepers(of entries: [Entry], better: (Entry, Entry) -> Bool) -> [Entry] {
    let entries = entries.sorted { $0.hash != $1.hash ? $0.hash < $1.hash : better($0, $1) }
    var kept: [Entry] = []
    var start = 0
    while start < entries.count {
      let hash = entries[start].hash
      let end = entries[start...].firstIndex { $0.hash != hash } ?? entries.count
      let side = sides[hash] ?? entries[start].side
      if let keeper = entries[start..<end].first(where: { $0.side == side }) { kept.append(keeper) }
      sides[hash] = side
      start = end
    }
    return kept.sorted { $0.day != $1.day ? $0.day < $1.day : $0.hash < $1.hash }
  }

  /// The best rated stays, then the newest. An unrated one counts 0, so any rated one is better: what is in question here
  /// is good, and a low score only stands beside a correction, which a human wrote.
  private static func isBetter(_ a: Entry, _ b: Entry) -> Bool {
    a.score != b.score ? a.score > b.score : Entry.isNewer(a, b)
  }

  /// Of negatives the worst rated stays, then the newest.
  private static func isWorse(_ a: Entry, _ b: Entry) -> Bool {
    a.score != b.score ? a.score < b.score : Entry.isNewer(a, b)
  }
}
