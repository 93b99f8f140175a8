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

  /// Calls `body` with each pair of one of `left` and one of `right` that reaches the threshold, in the order of `left`,
  /// then of `right`.
  mutating func pairs(of left: [[UInt32]], with right: [[UInt32]], _ body: (Int, Int) -> Void) {
    for sets in [left, right] { for set in sets { counts.count(set[...]) } }
    let index = PrefixIndex(right.map(prefix))
    var candidates: [UInt32] = []
    for (number, set) in left.enumerated() {
      candidates.removeAll(keepingCapacity: true)
      for shingle in prefix(of: set) { index.append(shingle, to: &candidates) }
      candidates.sort()
      var last: UInt32?
      for candidate in candidates where candidate != last {
        last = candidate
        if reaches(set, right[Int(candidate)]) { body(number, Int(candidate)) }
      }
    }
  }

  private func reaches(_ a: [UInt32], _ b: [UInt32]) -> Bool {
    Jaccard.mayReach(threshold, a.count, b.count) && Jaccard.of(a, b) >= threshold
  }
}

/// In the prefixes of which sets a shingle stands: all of them in one list, ordered by shingle, with a table of where those
/// begin that have the same upper half.
private struct PrefixIndex {
  private var places: [UInt64] = []
  private var starts = [Int32](repeating: 0, count: (1 << 16) + 1)

  init(_ prefixes: [[UInt32]]) {
    places.reserveCapacity(prefixes.reduce(0) { $0 + $1.count })
    for (number, prefix) in prefixes.enumerated() {
      for shingle in prefix { places.append(UInt64(shingle) << 32 | UInt64(number)) }
    }
    var scratch: [UInt64] = []
    RadixSort.sortByUpperHalf(&places, &scratch)
    for place in places { starts[Int(place >> 48) + 1] += 1 }
    for half in 1..<starts.count { starts[half] += starts[half - 1] }
  }

  func append(_ shingle: UInt32, to sets: inout [UInt32]) {
    for place in starts[Int(shingle >> 16)]..<starts[Int(shingle >> 16) + 1] {
      let place = places[Int(place)]
      if place >> 32 == shingle { sets.append(UInt32(truncatingIfNeeded: place)) }
    }
  }
}
