import Records
import Testing

@testable import Curation

@Suite("Numbers by ids")
struct NumberTableTests {
  private static func id(_ high: UInt64, _ low: UInt64) -> ExampleID { ExampleID(high: high, low: low) }

  @Test("The same answers as a dictionary, while it grows", arguments: [1, 2] as [UInt64])
  func agrees(seed: UInt64) {
    var random = Seeded(seed)
    var table = NumberTable<ExampleID>(expecting: Int.random(in: 0...100, using: &random))
    var dictionary: [ExampleID: Int32] = [:]
    // Few, so that most come more than once, and zero is among them.
    let ids = (0..<500).map { number in
      Self.id(UInt64.random(in: 0...3, using: &random), number == 0 ? 0 : UInt64.random(in: 0...200, using: &random))
    }
    for number in 0..<5_000 as Range<Int32> {
      guard let id = ids.randomElement(using: &random) else { continue }
      #expect(table[id] == dictionary[id], "seed \(seed)")
      let replaces = Bool.random(using: &random)
      #expect(table.set(id, number, replaces: replaces) == dictionary[id], "seed \(seed)")
      if replaces || dictionary[id] == nil { dictionary[id] = number }
      #expect(table.count == dictionary.count)
    }
    for id in ids { #expect(table[id] == dictionary[id] && table.contains(id) == (dictionary[id] != nil)) }
  }

  @Test("Ids that differ in a few bits alone, upper or lower ones, do not pile up")
  func spread() {
    for shift in [0, 16, 32, 48, 60] as [UInt64] {
      var table = NumberTable<ExampleID>()
      for number in 0..<20_000 as Range<UInt64> {
        table.set(Self.id(number << shift, 0x8000_0000_0000_0000), Int32(number))
        table.set(Self.id(7, number << shift), 0)
      }
      // Secrets of a process may be less lucky than others: 409 was seen. A pile would be tens of thousands.
      #expect(table.longestRun < 4_000, "shifted by \(shift)")
    }
  }
}
