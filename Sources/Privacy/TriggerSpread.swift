/// Spreads triggers over buckets. A place fits a bucket where each of its bytes is one that some trigger of the bucket has
/// there, so triggers that have little in common make many places fit that fit none of them.
struct TriggerSpread {
  /// For each trigger that was added its bucket, in the order of `add`.
  private(set) var places: [Int] = []

  private var buckets: [Bucket]

  private struct Bucket {
    var sets = [ByteSet](repeating: ByteSet([]), count: 4)
    /// How often a byte of text is in each of the sets.
    var weights = [Double](repeating: 0, count: 4)

    var weight: Double { weights.reduce(1, *) }

    mutating func add(_ trigger: Trigger) {
      for (place, set) in trigger.sets.enumerated() {
        for byte in set.subtracting(sets[place]).members { weights[place] += TriggerSpread.weights[Int(byte)] }
        sets[place] = sets[place].union(set)
      }
    }
  }

  /// The commonest triggers choose first; each takes the bucket that fits the fewest places more with it.
  init(_ triggers: [Trigger], over count: Int) {
    buckets = [Bucket](repeating: Bucket(), count: count)
    places = [Int](repeating: 0, count: triggers.count)
    let weights = triggers.map { trigger in
      var alone = Bucket()
      alone.add(trigger)
      return alone.weight
    }
    // By number where the weights are equal: the same table for the same rules.
    for number in triggers.indices.sorted(by: { (weights[$1], $0) < (weights[$0], $1) }) {
      var best: (place: Int, bucket: Bucket, more: Double)?
      for (place, bucket) in buckets.enumerated() {
        var bucket = bucket
        let before = bucket.weight
        bucket.add(triggers[number])
        let more = bucket.weight - before
        if best.map({ more < $0.more }) ?? true { best = (place, bucket, more) }
      }
      guard let best else { return }
      places[number] = best.place
      buckets[best.place] = best.bucket
    }
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
