import Records

/// Groups of eligible examples with the same content, each with the one that counts as high quality: the best rated, then
/// the newest. All in memory, for who goes through all rows anyway (`TwinGroups` is what the index keeps).
struct Twins {
  struct Candidate: Comparable {
    var score: Int
    var id: ExampleID
    var day: Day

    static func < (a: Candidate, b: Candidate) -> Bool { (a.score, a.id) < (b.score, b.id) }
  }

  private struct Group {
    var best: Candidate
    /// Most groups have one member, and an empty array takes no memory of its own.
    var others: [Candidate] = []
  }

  private var groups: [UInt64: Group] = [:]

  func keeper(of twin: UInt64) -> Candidate? { groups[twin]?.best }

  mutating func add(_ candidate: Candidate, to twin: UInt64) {
    guard let best = groups[twin]?.best else {
      groups[twin] = Group(best: candidate)
      return
    }
    groups[twin]?.others.append(min(candidate, best))
    groups[twin]?.best = max(candidate, best)
  }

  mutating func remove(_ candidate: Candidate, from twin: UInt64) {
    guard let group = groups[twin] else { return }
    guard group.best.id == candidate.id else {
      groups[twin]?.others.removeAll { $0.id == candidate.id }
      return
    }
    guard let next = group.others.indices.max(by: { group.others[$0] < group.others[$1] }) else {
      groups[twin] = nil
      return
    }
    groups[twin]?.best = group.others[next]
    groups[twin]?.others.remove(at: next)
  }
}
