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

  /// Of one band the texts that have their key in common with others, bucket by bucket: there are millions of small ones.
  private struct Buckets: Sendable {
    var texts: [Int32] = []
    /// Of each bucket the place behind its last text.
    var ends: [Int32] = []

    func forEach(_ body: (ArraySlice<Int32>) throws -> Void) rethrows {
      var start = 0
      for end in ends {
        try body(texts[start..<Int(end)])
        start = Int(end)
      }
    }
  }

  /// - Parameter texts: the numbers of those with a set that is not empty.
  /// - Returns: the groups of all numbers below `count`.
  func groups(of texts: [Int], count: Int) throws -> UnionFind {
    let buckets = Cores.map(MinHash.bands) { bucketsOfBand($0, texts) }
    // Texts that no chain of buckets connects have nothing to do with each other.
    var candidates = UnionFind(count: count)
    for band in buckets {
      band.forEach { bucket in
        for text in bucket.dropFirst() { candidates.unite(Int(bucket[bucket.startIndex]), Int(text)) }
      }
    }
    let pieces = Cores.count * Self.piecesPerCore
    let pieceOf = (0..<count).map { UInt16(candidates.find($0) % pieces) }
    var groups = UnionFind(count: count)
    for pairs in try Cores.map(pieces, { try twins(among: buckets, of: UInt16($0), pieceOf) }) {
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
  private func bucketsOfBand(_ band: Int, _ texts: [Int]) -> Buckets {
    var keys = keysInBuckets(ofBand: band, texts)
    var scratch: [UInt64] = []
    RadixSort.sortByUpperHalf(&keys, &scratch)
    var buckets = Buckets()
    buckets.texts.reserveCapacity(keys.count)
    var start = 0
    while start < keys.count {
      let key = keys[start] >> 32
      var end = start + 1
      while end < keys.count, keys[end] >> 32 == key { end += 1 }
      if end - start > 1 {
        for key in keys[start..<end] { buckets.texts.append(Int32(truncatingIfNeeded: key)) }
        buckets.ends.append(Int32(buckets.texts.count))
      }
      start = end
    }
    return buckets
  }

  /// Pairs that connect all twins in the buckets of one piece.
  ///
  /// - Parameters:
  ///   - buckets: by band.
  ///   - pieceOf: of each text.
  private func twins(
    among buckets: [Buckets], of piece: UInt16, _ pieceOf: [UInt16]
  ) throws -> [(Int32, Int32)] {
    var groups = UnionFind(count: pieceOf.count)
    var joined: Set<ArraySlice<Int32>> = []
    var pairs: [(Int32, Int32)] = []
    for (band, buckets) in buckets.enumerated() {
      try buckets.forEach { bucket in
        guard pieceOf[Int(bucket[bucket.startIndex])] == piece else { return }
        // A template gives the same bucket in many bands.
        guard bucket.count <= Self.bucketMax || joined.insert(bucket).inserted else { return }
        try forEachTwin(in: bucket.map { Int($0) }, of: band, &groups) { pairs.append(($0, $1)) }
      }
    }
    return pairs
  }

  /// Calls `body` with pairs that were not in one group yet.
  private func forEachTwin(
    in texts: [Int], of band: Int, _ groups: inout UnionFind, _ body: (Int32, Int32) -> Void
  ) throws {
    guard texts.contains(where: { groups.find($0) != groups.find(texts[0]) }) else { return }
    let sets = try texts.map(set)
    func unite(_ i: Int, _ j: Int) {
      groups.unite(texts[i], texts[j])
      body(Int32(texts[i]), Int32(texts[j]))
    }
    if texts.count > Self.bucketMax {
      var join = PrefixJoin(threshold: threshold)
      return join.pairs(among: sets) { unite($0, $1) }
    }
    for i in texts.indices.dropLast() {
      for j in (i + 1)..<texts.count where groups.find(texts[i]) != groups.find(texts[j]) {
        guard Jaccard.mayReach(threshold, sets[i].count, sets[j].count),
          !haveMet(texts[i], texts[j], before: band), Jaccard.of(sets[i], sets[j]) >= threshold
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
