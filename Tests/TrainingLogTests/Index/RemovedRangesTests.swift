import TestKit
import Testing

@testable import TrainingLog

@Suite("Logical and physical offsets")
struct RemovedRangesTests {
  @Test("As in a file from which lines are taken one after the other", arguments: [UInt64(1), 2, 3])
  func model(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    // Lines by their logical offsets; those that are left.
    var left: [(start: Int, length: Int)] = []
    var end = 0
    var removed = RemovedRanges()
    for _ in 0..<200 {
      switch Int.random(in: 0..<3, using: &random) {
      case 0 where !left.isEmpty:
        let count = Int.random(in: 1...min(8, left.count), using: &random)
        let gone = left.shuffled(using: &random).prefix(count)
        // As bytes of the file, and neighbours as one: lines between which others were removed earlier, too.
        var physical = 0
        var bytes: [Range<Int>] = []
        for line in left {
          if gone.contains(where: { $0.start == line.start }) {
            if let last = bytes.last, last.upperBound == physical {
              bytes[bytes.count - 1] = last.lowerBound..<physical + line.length
            } else {
              bytes.append(physical..<physical + line.length)
            }
          }
          physical += line.length
        }
        left.removeAll { line in gone.contains { $0.start == line.start } }
        removed = removed.adding(bytes.flatMap { removed.logical($0) })
        for line in gone { #expect(removed.contains(line.start), "seed \(seed)") }
      default:
        let length = Int.random(in: 1...40, using: &random)
        let physicalEnd = left.reduce(0) { $0 + $1.length }
        #expect(physicalEnd + removed.bytes == end, "seed \(seed)")
        left.append((end, length))
        end += length
      }
      var physical = 0
      for line in left {
        #expect(removed.physical(line.start) == physical, "seed \(seed)")
        #expect(removed.logical(physical) == line.start, "seed \(seed)")
        #expect(!removed.contains(line.start), "seed \(seed)")
        physical += line.length
      }
    }
  }

  @Test("Neighbours become one")
  func merged() {
    let removed = RemovedRanges([.init(start: 5, length: 5), .init(start: 20, length: 1)])
      .adding([.init(start: 10, length: 2)])
    #expect(removed.ranges == [.init(start: 5, length: 7), .init(start: 20, length: 1)])
    #expect(removed.bytes == 8)
  }
}
