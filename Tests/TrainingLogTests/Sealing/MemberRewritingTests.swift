import Posix
import TestKit
import Testing

@testable import TrainingLog

@Suite("Rewriting of sealed files")
struct MemberRewritingTests {
  @Test("Only the members that lose something are made anew", arguments: 0..<60 as Range<UInt64>)
  func touched(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let lines = (0..<Int.random(in: 1...40, using: &random)).map { _ in
      SealedSample.text([Int.random(in: 1...50, using: &random)], &random)
    }
    // Members of one or of several lines.
    var pieces: [[UInt8]] = [[]]
    for line in lines {
      pieces[pieces.count - 1] += line
      if random.isOne(in: 2) { pieces.append([]) }
    }
    let sample = SealedSample()
    let sealed = try sample.seal(pieces.filter { !$0.isEmpty })
    let share = Int.random(in: 1...6, using: &random)
    var (removed, kept): ([Range<Int>], [UInt8]) = ([], [])
    var start = 0
    for line in lines {
      let range = start..<start + line.count
      start = range.upperBound
      guard random.isOne(in: share) else {
        kept += line
        continue
      }
      if let last = removed.last, last.upperBound == range.lowerBound {
        removed[removed.count - 1] = last.lowerBound..<range.upperBound
      } else {
        removed.append(range)
      }
    }
    let old = sample.content()
    let target = try sample.disk.openLog("/sealed/new.gz")
    var writer = SealedWriter(target)
    try sealed.write(without: removed, to: &writer)
    try writer.finish()
    let new = try SealedText(target)
    #expect(try new.text == kept, "seed \(seed)")
    #expect(new.damages.isEmpty)
    let bodies = Set(new.table.members.map { Array(sample.content("new.gz")[$0.bytes].dropFirst(32)) })
    for member in sealed.table.members where !removed.contains(where: { $0.overlaps(member.text) }) {
      #expect(bodies.contains(Array(old[member.bytes].dropFirst(32))), "seed \(seed)")
    }
    #expect(try new.table.bytes == target.size())
  }

  @Test("A damaged member stays as it is, and goes where all of it has to go")
  func damaged() throws {
    var random = SeededGenerator(seed: 4)
    let pieces = [40, 50, 60].map { SealedSample.text([$0], &random) }
    let sample = SealedSample()
    let members = try sample.seal(pieces).table.members
    for offset in [2, 40] {
      var bytes = sample.content()
      bytes[members[1].bytes.lowerBound + offset] ^= 1
      for (removed, expected) in [
        ([members[0].text], [UInt8](repeating: 0, count: 50) + pieces[2]), ([members[1].text], pieces[0] + pieces[2]),
      ] {
        let sealed = try SealedText(sample.put(bytes, at: "damaged.gz"))
        try sample.disk.remove("/sealed/new.gz")
        let target = try sample.disk.openLog("/sealed/new.gz")
        var writer = SealedWriter(target)
        try sealed.write(without: removed, to: &writer)
        try writer.finish()
        let new = try SealedText(target)
        // A header is made anew with the member; the content tells whether it was all that was damaged.
        let text = try new.text
        #expect(text == expected || (offset == 2 && text == pieces[1] + pieces[2]))
      }
    }
  }
}
