import TestKit
import Testing

@testable import Records

@Suite("Ids of examples")
struct ExampleIDTests {
  @Test("The example of RFC 9562, appendix A.6, field by field")
  func layout() throws {
    let id = try #require(ExampleID("017F22E2-79B0-7CC3-98C4-DC0C0C07398F"))
    #expect(id.timestamp.description == "2022-02-22T19:22:22.000Z")
    #expect(id.description == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f")
    #expect(ExampleID(milliseconds: 0x017F_22E2_79B0, sequence: 0xCC3, random: 0x18C4_DC0C_0C07_398F) == id)
    #expect(id.bytes == [1, 0x7F, 0x22, 0xE2, 0x79, 0xB0, 0x7C, 0xC3, 0x98, 0xC4, 0xDC, 0x0C, 0x0C, 7, 0x39, 0x8F])
    #expect(ExampleID(bytes: id.bytes) == id)
  }

  @Test("No field spills into another")
  func masks() {
    let id = ExampleID(milliseconds: 0, sequence: .max, random: .max)
    #expect(id.description == "00000000-0000-7fff-bfff-ffffffffffff")
    let last = ExampleID(milliseconds: 0xFFFF_FFFF_FFFF, sequence: 0, random: 0)
    #expect(last.description == "ffffffff-ffff-7000-8000-000000000000")
    #expect(last.timestamp.milliseconds == 0xFFFF_FFFF_FFFF)
  }

  @Test(
    "What is no UUIDv7",
    arguments: [
      "", "017f22e2-79b0-7cc3-98c4-dc0c0c07398", "017f22e2-79b0-7cc3-98c4-dc0c0c07398ff",
      "017f22e279b07cc398c4dc0c0c07398f", "{017f22e2-79b0-7cc3-98c4-dc0c0c07398f}",
      "urn:uuid:017f22e2-79b0-7cc3-98c4-dc0c0c07398f",
      "017f22e2-79b0-4cc3-98c4-dc0c0c07398f", "017f22e2-79b0-1cc3-98c4-dc0c0c07398f",
      "017f22e2-79b0-8cc3-98c4-dc0c0c07398f",
      "017f22e2-79b0-7cc3-18c4-dc0c0c07398f", "017f22e2-79b0-7cc3-d8c4-dc0c0c07398f",
      "017f22e2-79b0-7cc3-f8c4-dc0c0c07398f",
      "017f22e2-79b0-7cc3-98c4-dc0c0c07398g", "017f22e2_79b0_7cc3_98c4_dc0c0c07398f",
      "017f22e27-9b0-7cc3-98c4-dc0c0c07398f",
      " 17f22e2-79b0-7cc3-98c4-dc0c0c07398f", "+17f22e2-79b0-7cc3-98c4-dc0c0c07398f",
      "017f22e2-79b0-7cc3-98c4-dc0c0c07398\u{FF16}",
      "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff",
      "017f22e2-79b0-7cc3-98c4-dc0c0c0739é",
    ])
  func invalid(text: String) {
    #expect(ExampleID(text) == nil)
  }

  @Test("15 or 17 bytes are no id", arguments: [0, 15, 17])
  func bytes(count: Int) {
    #expect(ExampleID(bytes: [UInt8](repeating: 0x70, count: count)) == nil)
  }

  @Test("Text reads back and sorts like the id", arguments: 0..<20 as Range<UInt64>)
  func roundTrip(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let ids = (0..<100).map { _ in
      ExampleID(
        milliseconds: Int64.random(in: 0..<1 << 48, using: &random),
        sequence: UInt16.random(in: 0...0xFFF, using: &random),
        random: random.next())
    }
    for id in ids {
      #expect(ExampleID(id.description) == id, "seed \(seed)")
      #expect(ExampleID(id.description.uppercased()) == id, "seed \(seed)")
      #expect(ExampleID(bytes: id.bytes) == id, "seed \(seed)")
    }
    #expect(ids.sorted().map(\.description) == ids.map(\.description).sorted(), "seed \(seed)")
  }

  @Test("Ids of one generator ascend strictly, whatever the clock does", arguments: 0..<10 as Range<UInt64>)
  func ascending(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var generator = ExampleIDGenerator()
    var now = Timestamp(milliseconds: 1_764_124_267_123)
    var last: ExampleID?
    for _ in 0..<20_000 {
      if random.isOne(in: 1000) {
        now = Timestamp(milliseconds: now.milliseconds + Int64.random(in: -50_000...50, using: &random))
      }
      let id = generator.next(now: now, using: &random)
      #expect(ExampleID(id.description) == id, "seed \(seed)")
      if let last, id <= last { Issue.record("seed \(seed): \(id) after \(last)") }
      last = id
    }
  }

  @Test("A full millisecond borrows from the next; a new one starts from the clock again")
  func overflow() {
    var random = SeededGenerator(seed: 7)
    var generator = ExampleIDGenerator()
    let now = Timestamp(milliseconds: 1000)
    let ids = (0..<5000).map { _ in generator.next(now: now, using: &random) }
    #expect(ids.first?.timestamp.milliseconds == 1000)
    #expect(ids.last?.timestamp.milliseconds == 1001)
    #expect(Set(ids).count == 5000)
    #expect(generator.next(now: Timestamp(milliseconds: 2000), using: &random).timestamp.milliseconds == 2000)
  }
}
