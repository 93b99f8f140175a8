/// Groups of texts that are near-duplicates, directly or over others: candidates by the bands of their sketches, each
/// proven on the exact sets. On all cores: first the bands are gone through, each for itself, then what hangs together.
struct NearTwins {
  /// Buckets above this size are joined by prefixes, since a template in a thousand texts would cost a million proofs.
  private static let bucketMax = 64

  let threshold: Double
  /// Rows of 32 keys, as `MinHash` gives them, and the row of each text.
  let bands: [UInt32]
  let rows: [Int32]
  /// The set of a text; only those of candidates are asked for, on any thread.
  let set: @Sendable (Int) throws -> [UInt32]

  /// Texts with the same key in a band.
  private struct Bucket: Sendable {
    let band: Int
    let texts: [Int32]
  }

  /// - Parameter texts: the numbers of those with a set that is not empty.
  /// - Returns: the groups of all numbers below `count`.
  func groups(of texts: [Int], count: Int) throws -> UnionFind {
    let buckets = Cores.map(MinHash.bands) { bucketsOfBand($0, texts) }.flatMap { $0 }
    // Texts that no chain of buckets connects have nothing to do with each other.
    var candidates = UnionFind(count: count)
    for bucket in buckets {
      for text in bucket.texts.dropFirst() { candidates.unite(Int(bucket.texts[0]), Int(text)) }
    }
    let pieces = Cores.count * Self.piecesPerCore
    var shares = [[Bucket]](repeating: [], count: pieces)
    for bucket in buckets { shares[candidates.find(Int(bucket.texts[0])) % pieces].append(bucket) }
    var groups = UnionFind(count: count)
    for pairs in try Cores.map(pieces, { [shares] in try twins(among: shares[$0], count: count) }) {
      for (a, b) in pairs { groups.unite(Int(a), Int(b)) }
    }
    return groups
  }

  private static let piecesPerCore = 4

  /// Of one band the keys that may not stand alone, each with its text in the lower half. Most do stand alone, and are
  /// known by a table of the lower bits of keys, so that few are left to sort.
  private func keysInBuckets(ofBand band: Int, _ texts: [Int]) -> [UInt64] {
    let keys = texts.map { UInt64(bands[Int(rows[$0]) * MinHash.bands + band]) << 32 | UInt64($0) }
    var slots = 1 << 10
    while slots < keys.count * 8, slots < 1 << 24 { slots *= 2 }
    var once = [UInt64](repeating: 0, count: slots / 64)
    var again = once
    func place(_ key: UInt64) -> (word: Int, bit: UInt64) {
      let slot = Int(truncatingIfNeeded: key >> 32) & (slots - 1)
      return (slot >> 6, 1 << UInt64(slot & 63))
    }
    for key in keys {
      let (word, bit) = place(key)
      again[word] |= once[word] & bit
      once[word] |= bit
    }
    return keys.filter { key in
      let (word, bit) = place(key)
      return again[word] & bit != 0
    }
  }

  /// Of one band, those of two texts and more.
  private func bucketsOfBand(_ band: Int, _ texts: [Int]) -> [Bucket] {
    var keys = keysInBuckets(ofBand: band, texts)
    var scratch: [UInt64] = []
    RadixSort.sortByUpperHalf(&keys, &scratch)
    var buckets: [Bucket] = []
    var start = 0
    while start < keys.count {
      let key = keys[start] >> 32
      var end = start + 1
      while end < keys.count, keys[end] >> 32 == key { end += 1 }
      if end - start > 1 {
        let texts = keys[start..<end].map { Int32(truncatingIfNeeded: $0) }
        buckets.append(Bucket(band: band, texts: texts))
      }
      start = end
    }
    return buckets
  }

  /// Pairs that connect all twins in these buckets, which are in the order of their bands.
  private func twins(among buckets: [Bucket], count: Int) throws -> [(Int32, Int32)] {
    guard !buckets.isEmpty else { return [] }
    var groups = UnionFind(count: count)
    var joined: Set<[Int32]> = []
    var pairs: [(Int32, Int32)] = []
    for bucket in buckets {
      // A template gives the same bucket in many bands.
      guard bucket.texts.count <= Self.bucketMax || joined.insert(bucket.texts).inserted else { continue }
      try forEachTwin(in: bucket, &groups) { pairs.append(($0, $1)) }
    }
    return pairs
  }

  /// Calls `body` with pairs that were not in one group yet.
  private func forEachTwin(
    in bucket: Bucket, _ groups: inout UnionFind, _ body: (Int32, Int32) -> Void
  ) throws {
    let texts = bucket.texts.map { Int($0) }
    guard texts.contains(where: { groups.find($0) != groups.find(texts[0]) }) else { return }
    let sets = try texts.map(set)
    func unite(_ i: Int, _ j: Int) {
      groups.unite(texts[i], texts[j])
      body(bucket.texts[i], bucket.texts[j])
    }
    if texts.count > Self.bucketMax {
      var join = PrefixJoin(threshold: threshold)
      return join.pairs(among: sets) { unite($0, $1) }
    }
    for i in texts.indices.dropLast() {
      for j in (i + 1)..<texts.count where groups.find(texts[i]) != groups.find(texts[j]) {
        guard Jaccard.mayReach(threshold, sets[i].count, sets[j].count),
          !haveMet(texts[i], texts[j], before: bucket.band), Jaccard.of(sets[i], sets[j]) >= threshold
        else { continue }
        unite(i, j)
      }
    }
  }

  /// Whether an earlier band has brought the two together: then they were weighed and found too light.
  private func haveMet(_ a: Int, _ b: Int, before band: Int) -> Bool {
    let (a, b) = (Int(rows[a]) * MinHash.bands, Int(rows[b]) * MinHash.bands)
    return (0..<band).contains { bands[a + $0] == bands[b + $0] }
  }
}
