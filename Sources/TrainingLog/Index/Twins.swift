import Records

/// Groups of eligible examples with the same content, each with the one that counts as high quality: the best rated, then
/// the newest. About 50 bytes of memory for each different content.
struct Twins {
  struct Candidate: Comparable {
    var score: Int
    var id: ExampleID
    var day: Day

    static func < (a: Candidate, b: Candidate) -> Bool { (a.score, a.id) < (b.score, b.id) }
  }

  private struct Group {
    var best: Candidate
    var count: Int
  }

  private var groups: [UInt64: Group] = [:]

  func keeper(of twin: UInt64) -> Candidate? { groups[twin]?.best }

  mutating func add(_ candidate: Candidate, to twin: UInt64) {
    guard var group = groups[twin] else {
      groups[twin] = Group(best: candidate, count: 1)
      return
    }
    group.count += 1
    group.best = max(group.best, candidate)
    groups[twin] = group
  }

  /// - Parameter next: finds the best of the others; asked only when the best of several goes.
  mutating func remove<Failure: Error>(
    _ candidate: Candidate, from twin: UInt64, next: () throws(Failure) -> Candidate?
  ) throws(Failure) {
    guard var group = groups[twin] else { return }
    group.count -= 1
    if group.count == 0 {
      groups[twin] = nil
    } else {
      if group.best.id == candidate.id, let second = try next() { group.best = second }
      groups[twin] = group
    }
  }

  /// The same member with another score. Cheap unless the best one falls.
  mutating func rescore<Failure: Error>(
    _ old: Candidate, to new: Candidate, in twin: UInt64, next: () throws(Failure) -> Candidate?
  ) throws(Failure) {
    guard var group = groups[twin] else { return }
    if group.best.id == old.id, new < old, group.count > 1, let second = try next() {
      group.best = max(second, new)
    } else if group.best.id == old.id {
      group.best = new
    } else {
      group.best = max(group.best, new)
    }
    groups[twin] = group
  }
}
