import TestKit
import Testing

@testable import Records

@Suite struct TextMasksTests {
  @Test("Words, marks and lines are found where reading byte by byte finds them", arguments: 0..<400)
  func asByteByByte(_ seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    // Around the ends of blocks, of one kind of byte in a row and of all mixed.
    let count = [0, 1, 63, 64, 65, 127, 128, 129, 200, 640][seed % 10]
    let kinds: [[UInt8]] = [Array("abz_09AZ".utf8), Array(":;<=|\n @[`{/é".utf8), Array(UInt8.min ... .max)]
    var bytes: [UInt8] = []
    while bytes.count < count {
      let kind = kinds[Int.random(in: 0..<kinds.count, using: &random)]
      for _ in 0..<Int.random(in: 1...90, using: &random) { bytes.append(kind.randomElement(using: &random)!) }
    }
    bytes.removeLast(bytes.count - count)
    bytes.withUnsafeBufferPointer { text in
      TextMasks.with(text) { masks in
        for index in 0..<count {
          let line = text[index...].firstIndex(of: 0x0A) ?? count
          #expect(masks.lineEnd(from: index) == line, "seed \(seed), \(index)")
          for end in [count, line, min(index + 3, count)] {
            let event = (index..<end).first { isEvent(text, $0) } ?? end
            #expect(masks.event(from: index, to: end) == event, "seed \(seed), \(index) to \(end)")
          }
          let word = text[index...].firstIndex { !ClueKey.isWord($0) } ?? count
          #expect(masks.wordEnd(from: index) == (word == index ? nil : word), "seed \(seed), \(index)")
        }
      }
    }
  }

  private func isEvent(_ text: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
    if ":;<=|".utf8.contains(text[index]) { return true }
    return ClueKey.isWord(text[index]) && (index == 0 || !ClueKey.isWord(text[index - 1]))
  }
}
