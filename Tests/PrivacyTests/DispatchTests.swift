import CVector
import TestKit
import Testing

@testable import Privacy

/// Where rules are tried: the loop over the bytes beside what it means, and how triggers share buckets.
@Suite struct DispatchTests {
  @Test("The next place is the first where the four tables have a rule in common, whatever the place it is asked from")
  func nextPlace() {
    var random = SeededGenerator(seed: 41)
    let headed: UInt64 = 0x00FF
    for round in 0..<400 {
      // Few bytes and few bits, so that some places fit, some by the bitmap alone, and many do not.
      let rows = (0..<1024).map { _ in
        UInt64(1) << UInt64.random(in: 0..<9, using: &random) | UInt64(1) << UInt64.random(in: 0..<9, using: &random)
      }
      let bitmap = (0..<256).map { _ in UInt64.random(in: .min ... .max, using: &random) }
      let text = (0..<40).map { _ in UInt8(ascii: "a") + UInt8.random(in: 0..<6, using: &random) }
      let end = text.count - 3
      func fits(_ place: Int, behind before: UInt8) -> UInt64 {
        let mask = common(rows, [before, text[place], text[place + 1], text[place + 2]])
        let head = UInt32(text[place]) | UInt32(text[place + 1]) << 8 | UInt32(text[place + 2]) << 16
        let hash = ((head | (head & 0x40_4040) >> 1) &* 0x9E37_79B1) >> 18
        return mask & ~headed != 0 || bitmap[Int(hash >> 6)] >> UInt64(hash & 63) & 1 == 1 ? mask : 0
      }
      for start in 0..<end {
        let before = UInt8.random(in: .min ... .max, using: &random)
        let expected = (start..<end).first { fits($0, behind: $0 == start ? before : text[$0 - 1]) != 0 }
        let found = cv_next(rows, bitmap, headed, text, start, end, UInt32(before))
        let mask = expected.map { fits($0, behind: $0 == start ? before : text[$0 - 1]) } ?? 0
        #expect(found.mask == mask && found.place == expected ?? end, "seed 41, round \(round), from \(start)")
      }
    }
  }

  @Test("Triggers that have nothing in common do not share a bucket while others are free")
  func spread() {
    func trigger(_ letters: String) -> Trigger {
      let bytes = Array(letters.utf8)
      return Trigger(first: ByteSet([bytes[0]]), second: ByteSet([bytes[1]]), third: ByteSet([bytes[2]]))
    }
    func places(_ words: [String], _ count: Int) -> [Int] { TriggerSpread(words.map(trigger), over: count).places }
    #expect(Set(places(["est", "ano", "ind"], 3)).count == 3)
    // "aso" and five more would fit a bucket of "est" and "ano"; nothing but themselves fits like with like.
    let four = places(["est", "ano", "esu", "anp"], 2)
    #expect(four[0] == four[2] && four[1] == four[3] && four[0] != four[1], "\(four)")
  }

  @Test("A word fits its trigger behind what may stand before it")
  func words() {
    for (word, whole, before) in [
      ("passwort", false, "x"), ("pass", true, "e"), ("pass", true, " "), ("pin", true, "_"),
    ] {
      let trigger = Trigger(word: Array(word.utf8), whole: whole)
      var table = DispatchTable()
      table.add(7, trigger)
      let bytes = Array((before + word).utf8)
      #expect(common(table.table, Array(bytes[..<4])) == 1 << 7, "\(before)\(word)")
    }
  }

  /// What the four tables have in common for these four bytes.
  private func common(_ rows: [UInt64], _ bytes: [UInt8]) -> UInt64 {
    bytes.enumerated().reduce(.max) { $0 & rows[256 * $1.offset + Int($1.element)] }
  }
}
