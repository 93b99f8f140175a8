/// Spreads triggers over buckets. A place fits a bucket where each of its bytes is one that some trigger of the bucket has
/// there, so triggers that have little in common make many places fit that fit none of them.
struct TriggerSpread {
  /// For each trigger that was added its bucket, in the order of `add`.
  private(set) var places: [Int] = []

  private struct Bucket {
    var sets = [ByteSet](repeating: ByteSet([]), count: 4)
    /// How often a byte of text is in each of the sets.
    var weights = [Double](repeating: 0, count: 4)

    mutating func add(_ more: [ByteSet]) {
      for place in 0..<4 {
        weights[place] += TriggerSpread.weight(of: more[place].subtracting(sets[place]))
        sets[place] = sets[place].union(more[place])
      }
    }

    /// How many places more fit it with these sets.
    func growth(with more: [ByteSet]) -> Double {
      var (before, after) = (1.0, 1.0)
      for place in 0..<4 {
        before *= weights[place]
        after *= weights[place] + TriggerSpread.weight(of: more[place].subtracting(sets[place]))
      }
      return after - before
    }
  }

  /// The commonest triggers choose first; each takes the bucket that fits the fewest places more with it.
  init(_ triggers: [Trigger], over count: Int) {
    var buckets = [Bucket](repeating: Bucket(), count: count)
    places = [Int](repeating: 0, count: triggers.count)
    let sets = triggers.map(\.sets)
    let weights = sets.map(Bucket().growth)
    // By number where the weights are equal: the same table for the same rules.
    for number in triggers.indices.sorted(by: { (weights[$1], $0) < (weights[$0], $1) }) {
      var best = (place: 0, growth: Double.infinity)
      for place in buckets.indices {
        let growth = buckets[place].growth(with: sets[number])
        if growth < best.growth { best = (place, growth) }
      }
      places[number] = best.place
      buckets[best.place].add(sets[number])
    }
  }

  private static func weight(of set: ByteSet) -> Double {
    var sum = 0.0
    for word in 0..<4 {
      var rest = set.bits[word]
      while rest != 0 {
        sum += weights[word << 6 | rest.trailingZeroBitCount]
        rest &= rest - 1
      }
    }
    return sum
  }

  /// The commonest bytes of text that is half code, in their order, by the rule that the nth has a share of 1/n; the
  /// others have little.
  private static let weights: [Double] = {
    var weights = [Double](repeating: 0.001, count: 256)
    for (rank, byte) in " etsarino\nldcp,_fum().h=g:y\"'bx01-2wv[]T*EkS3A4NI#C5R8697P>/q`LD".utf8.enumerated() {
      weights[Int(byte)] = 1 / Double(rank + 2)
    }
    return weights
  }()
}
