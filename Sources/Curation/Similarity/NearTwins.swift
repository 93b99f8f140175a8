/// Groups of texts that are near-duplicates, directly or over others: candidates by the bands of their sketches, each
/// proven on the exact sets.
struct NearTwins {
  /// Buckets above this size are joined by prefixes, since a template in a thousand texts would cost a million proofs.
  private static let bucketMax = 64

  let threshold: Double
  /// Rows of 32 keys, as `MinHash` gives them, and the row of each text.
  let bands: [UInt32]
  let rows: [Int32]
  /// The set of a text; only those of candidates are asked for.
  let set: (Int) throws -> [UInt32]

  /// - Parameter texts: the numbers of those with a set that is not empty.
  /// - Returns: the groups of all numbers below `count`.
  func groups(of texts: [Int], count: Int) throws -> UnionFind {
    var groups = UnionFind(count: count)
    var keys = [UInt64](repeating: 0, count: texts.count)
    var scratch: [UInt64] = []
    var joined: Set<[Int32]> = []
    for band in 0..<MinHash.bands {
      for (position, text) in texts.enumerated() {
        keys[position] = UInt64(bands[Int(rows[text]) * MinHash.bands + band]) << 32 | UInt64(text)
      }
      RadixSort.sortByUpperHalf(&keys, &scratch)
      var start = 0
      while start < keys.count {
        let key = keys[start] >> 32
        var end = start + 1
        while end < keys.count, keys[end] >> 32 == key { end += 1 }
        if end - start > 1 {
          let bucket = keys[start..<end].map { Int(truncatingIfNeeded: $0 & 0xFFFF_FFFF) }
          // A template gives the same bucket in many bands.
          if bucket.count <= Self.bucketMax || joined.insert(bucket.map { Int32($0) }).inserted {
            try unite(bucket, in: &groups, band)
          }
        }
        start = end
      }
    }
    return groups
  }

  private func unite(_ bucket: [Int], in groups: inout UnionFind, _ band: Int) throws {
    guard bucket.contains(where: { groups.find($0) != groups.find(bucket[0]) }) else { return }
    let sets = try bucket.map(set)
    if bucket.count > Self.bucketMax {
      var join = PrefixJoin(threshold: threshold)
      join.pairs(among: sets) { groups.unite(bucket[$0], bucket[$1]) }
      return
    }
    for i in bucket.indices.dropLast() {
      for j in (i + 1)..<bucket.count where groups.find(bucket[i]) != groups.find(bucket[j]) {
        guard Jaccard.mayReach(threshold, sets[i].count, sets[j].count),
          !haveMet(bucket[i], bucket[j], before: band), Jaccard.of(sets[i], sets[j]) >= threshold
        else { continue }
        groups.unite(bucket[i], bucket[j])
      }
    }
  }

  /// Whether an earlier band has brought the two together: then they were weighed and found too light.
  private func haveMet(_ a: Int, _ b: Int, before band: Int) -> Bool {
    let (a, b) = (Int(rows[a]) * MinHash.bands, Int(rows[b]) * MinHash.bands)
    return (0..<band).contains { bands[a + $0] == bands[b + $0] }
  }
}
