import Testing

@testable import Curation

@Suite("Moat")
struct MoatTests {
  @Test("Every training text near to a held-out one, as by brute force", arguments: [1, 2, 3, 4] as [UInt64])
  func agrees(seed: UInt64) throws {
    var texts = Texts(seed)
    let sets = texts.corpus(400).map { ShingleTests.set("", $0.joined(separator: " ")) }
    let (test, train) = (Array(0..<60), Array(60..<sets.count))
    let found = try Moat(threshold: 0.5).tooNear(train, to: test) { _ in { sets[$0][...] } }
    let expected = train.filter { a in test.contains { Jaccard.of(sets[a], sets[$0]) >= 0.5 } }
    #expect(found.keys.sorted() == expected, "seed \(seed)")
    #expect(!expected.isEmpty)
    for (text, other) in found { #expect(Jaccard.of(sets[text], sets[other]) >= 0.5) }
  }

  @Test("What everybody has is no leak; what two share beside it is")
  func boilerplate() throws {
    var texts = Texts(5)
    let licence = texts.words(100)
    var words = (0..<200).map { _ in licence + texts.words(40) }
    words.append(words[0][..<100] + texts.changed(Array(words[0][100...]), share: 0.2))
    let sets = words.map { ShingleTests.set("", $0.joined(separator: " ")) }
    #expect(Jaccard.of(sets[1], sets[2]) > 0.5)
    let found = try Moat(threshold: 0.5).tooNear(Array(20..<201), to: Array(0..<20)) { _ in { sets[$0][...] } }
    #expect(found == [200: 0])
  }

  @Test("Nothing held out, or a threshold above 1: no moat")
  func none() throws {
    let sets: [[UInt32]] = [[1, 2, 3], [1, 2, 3]]
    #expect(try Moat(threshold: 0.5).tooNear([0, 1], to: []) { _ in { sets[$0][...] } }.isEmpty)
    #expect(try Moat(threshold: 0.5).tooNear([], to: [0]) { _ in { sets[$0][...] } }.isEmpty)
    #expect(try Moat(threshold: 1.1).tooNear([0], to: [1]) { _ in { sets[$0][...] } }.isEmpty)
    #expect(try Moat(threshold: 0.5).tooNear([0], to: [1]) { _ in { sets[$0][...] } } == [0: 1])
  }
}
