import Testing

@testable import Curation

@Suite("Near twins")
struct NearTwinsTests {
  private static func groups(_ sets: [[UInt32]], threshold: Double) throws -> [Int] {
    var bands: [UInt32] = []
    for set in sets { MinHash.appendBands(of: set, to: &bands) }
    let twins = NearTwins(threshold: threshold, bands: bands, rows: (0..<Int32(sets.count)).map { $0 }) { sets[$0] }
    var groups = try twins.groups(of: Array(sets.indices), count: sets.count)
    return sets.indices.map { groups.find($0) }
  }

  private static func bruteForce(_ sets: [[UInt32]], threshold: Double) -> [Int] {
    var groups = UnionFind(count: sets.count)
    for a in sets.indices {
      for b in sets.indices where b > a && Jaccard.of(sets[a], sets[b]) >= threshold { groups.unite(a, b) }
    }
    return sets.indices.map { groups.find($0) }
  }

  @Test("The same groups as brute force", arguments: [1, 2, 3] as [UInt64])
  func agrees(seed: UInt64) throws {
    var texts = Texts(seed)
    let sets = texts.corpus(300).map { ShingleTests.set("", $0.joined(separator: " ")) }
    let expected = Self.bruteForce(sets, threshold: 0.75)
    #expect(try Self.groups(sets, threshold: 0.75) == expected, "seed \(seed)")
    #expect(Set(expected).count < sets.count, "twins are there at all")
  }

  @Test("A template in all of them: the same groups, by prefixes", arguments: [7, 8] as [UInt64])
  func template(seed: UInt64) throws {
    var texts = Texts(seed)
    let template = texts.words(120)
    let sets = texts.corpus(120, template: template).map { ShingleTests.set("", $0.joined(separator: " ")) }
    #expect(try Self.groups(sets, threshold: 0.75) == Self.bruteForce(sets, threshold: 0.75), "seed \(seed)")
  }

  @Test("All pairs of one list, and of two, as by brute force", arguments: [0.3, 0.5, 0.75, 1], [1, 2] as [UInt64])
  func prefixes(threshold: Double, seed: UInt64) {
    var texts = Texts(seed)
    let sets = texts.corpus(200).map { ShingleTests.set("", $0.joined(separator: " ")) }
    var found: Set<[Int]> = []
    var join = PrefixJoin(threshold: threshold)
    join.pairs(among: sets) { found.insert([$0, $1]) }
    var expected: Set<[Int]> = []
    for a in sets.indices {
      for b in sets.indices where b > a && Jaccard.of(sets[a], sets[b]) >= threshold { expected.insert([a, b]) }
    }
    #expect(found == expected, "seed \(seed)")
    found = []
    var both = PrefixJoin(threshold: threshold)
    both.pairs(of: Array(sets[..<80]), with: Array(sets[80...])) { found.insert([$0, $1 + 80]) }
    #expect(found == expected.filter { $0[0] < 80 && $0[1] >= 80 }, "seed \(seed)")
  }

  @Test("Short texts, which fill few bins, find their twins too")
  func short() throws {
    for count in 5..<40 {
      let words = (0..<count).map { "s\(count)x\($0)" }
      // One more word at the end: n − 4 shingles of n − 3.
      let sets = [words, words + ["end"]].map { ShingleTests.set("", $0.joined(separator: " ")) }
      let areTwins = Jaccard.of(sets[0], sets[1]) >= 0.75
      #expect(areTwins == (count >= 7))
      #expect(try Self.groups(sets, threshold: 0.75) == (areTwins ? [0, 0] : [0, 1]), "\(count) words")
    }
  }

  @Test("Radix sort sorts", arguments: [0, 1, 47, 48, 1_000])
  func radix(count: Int) {
    var random = Seeded(UInt64(count))
    var scratch: [UInt32] = []
    var values = (0..<count).map { _ in UInt32.random(in: 0..<UInt32(max(count, 1)), using: &random) &* 0x9e37_79b1 }
    let expected = Set(values).sorted()
    #expect(RadixSort.distinct(&values, &scratch) == expected)
    var wide = (0..<count).map { UInt64.random(in: 0...UInt64.max, using: &random) << 32 | UInt64($0) }
    var wideScratch: [UInt64] = []
    let sorted = wide.enumerated().sorted { ($0.1 >> 32, $0.0) < ($1.1 >> 32, $1.0) }.map(\.1)
    RadixSort.sortByUpperHalf(&wide, &wideScratch)
    #expect(wide == sorted)
  }
}
