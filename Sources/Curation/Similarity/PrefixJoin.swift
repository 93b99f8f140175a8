/// Finds all pairs of sets above a threshold, exactly, where many sets share much (prefix filtering: Chaudhuri, Ganti and
/// Kaushik, 2006; Bayardo, Ma and Srikant, 2007).
///
/// In one order of all shingles, the rarest first, two sets with Jaccard ≥ t share one of the first |x| − ⌈t·|x|⌉ + 1 of
/// each. What everybody has, such as a template, stands at the end of that order and brings nobody together.
struct PrefixJoin {
  let threshold: Double
  /// Collisions make a shingle look more frequent than it is: the order is another one then, but one for all sets.
  private var counts = ShingleCounts()

  init(threshold: Double) { self.threshold = threshold }

  /// The shingles of the prefix that occur more than once at all.
  private func prefix(of set: [UInt32]) -> [UInt32] {
    let length = set.count - Int((threshold * Double(set.count)).rounded(.up)) + 1
    let ordered = set.map { UInt64(counts[$0]) << 32 | UInt64($0) }.sorted()
    return ordered.prefix(length).compactMap { $0 >> 32 > 1 ? UInt32(truncatingIfNeeded: $0) : nil }
  }

  /// Calls `body` with each pair of members of `sets` that reaches the threshold, the smaller number first.
  mutating func pairs(among sets: [[UInt32]], _ body: (Int, Int) -> Void) {
    for set in sets { counts.count(set[...]) }
    var index: [UInt32: [Int32]] = [:]
    for (number, set) in sets.enumerated() {
      let prefix = prefix(of: set)
      for candidate in Set(prefix.flatMap { index[$0] ?? [] }).sorted() {
        if reaches(sets[Int(candidate)], set) { body(Int(candidate), number) }
      }
      for shingle in prefix { index[shingle, default: []].append(Int32(number)) }
    }
  }

  /// Calls `body` with each pair of one of `left` and one of `right` that reaches the threshold.
  mutating func pairs(of left: [[UInt32]], with right: [[UInt32]], _ body: (Int, Int) -> Void) {
    for set in left + right { counts.count(set[...]) }
    var index: [UInt32: [Int32]] = [:]
    for (number, set) in right.enumerated() {
      for shingle in prefix(of: set) { index[shingle, default: []].append(Int32(number)) }
    }
    for (number, set) in left.enumerated() {
      for candidate in Set(prefix(of: set).flatMap { index[$0] ?? [] }).sorted() {
        if reaches(set, right[Int(candidate)]) { body(number, Int(candidate)) }
      }
    }
  }

  private func reaches(_ a: [UInt32], _ b: [UInt32]) -> Bool {
    Jaccard.mayReach(threshold, a.count, b.count) && Jaccard.of(a, b) >= threshold
  }
}
