import Posix
import TestKit
import Testing

@testable import TrainingLog

/// Whatever happens to the bytes of one member, the text of all others is read at its old place, and the damage is named.
@Suite("Damaged members")
struct DamagedMemberTests {
  private let pieces: [[UInt8]]
  private let sample = SealedSample()
  private let whole: [UInt8]
  private let members: [SealedMember]

  init() throws {
    var random = SeededGenerator(seed: 3)
    pieces = [30, 45, 20, 60, 35].map { SealedSample.text([$0], &random) }
    members = try sample.seal(pieces).table.members
    whole = sample.content()
  }

  private func expectAllBut(
    _ damaged: Range<Int>, in sealed: SealedText, _ note: @autoclosure () -> String,
    at location: SourceLocation = #_sourceLocation
  ) throws {
    var damaged = damaged
    // What still is gzip of the same text is read, whatever its header tells.
    let bytes = sample.content()
    while let first = damaged.first, isWhole(first, bytes) { damaged.removeFirst() }
    while let last = damaged.last, isWhole(last, bytes) { damaged.removeLast() }
    for (number, piece) in pieces.enumerated() {
      let member = members[number]
      let read = try sealed.read(at: member.text.lowerBound, count: piece.count)
      if damaged.contains(number) {
        #expect(read == [UInt8](repeating: 0, count: piece.count), "\(note())", sourceLocation: location)
      } else {
        #expect(read == piece, "\(note())", sourceLocation: location)
      }
    }
    let found = sealed.damages.flatMap { Array($0.bytes) }
    let expected = members[damaged].flatMap { Array($0.bytes) }
    #expect(found == expected, "\(note())", sourceLocation: location)
  }

  private func isWhole(_ number: Int, _ bytes: [UInt8]) -> Bool {
    (try? GzipReader.decompress(Array(bytes[members[number].bytes]), limit: 1 << 20)) == pieces[number]
  }

  @Test("A byte is another, anywhere in the file")
  func anyByte() throws {
    for (number, member) in members.enumerated() {
      for offset in member.bytes {
        for change in [0x01, 0xFF] as [UInt8] {
          var bytes = whole
          bytes[offset] ^= change
          let sealed = try SealedText(sample.put(bytes))
          try expectAllBut(number..<number + 1, in: sealed, "byte \(offset) of member \(number) by \(change)")
        }
      }
    }
  }

  @Test("Two neighbours are damaged, header or content")
  func neighbours() throws {
    for first in 0..<members.count - 1 {
      for (a, b) in [(2, 2), (2, 34), (34, 2), (25, 30), (34, 34)] {
        var bytes = whole
        bytes[members[first].bytes.lowerBound + a] ^= 0x55
        bytes[members[first + 1].bytes.lowerBound + b] ^= 0x55
        let sealed = try SealedText(sample.put(bytes))
        // Behind the last whole header nothing tells how much text there was.
        if first + 1 == members.count - 1, b < SealedMember.headerBytes, !isWhole(first + 1, bytes) {
          #expect(sealed.damages.last?.bytes.upperBound == whole.count)
        } else {
          try expectAllBut(first..<first + 2, in: sealed, "members from \(first), bytes \(a) and \(b)")
        }
      }
    }
  }

  @Test("The file ends early")
  func truncated() throws {
    for size in 0..<whole.count {
      let sealed = try SealedText(sample.put(Array(whole[..<size])))
      let count = members.count { $0.bytes.upperBound <= size }
      for number in 0..<count {
        #expect(try sealed.read(at: members[number].text.lowerBound, count: pieces[number].count) == pieces[number])
      }
      let isCut = !members.contains { $0.bytes.upperBound == size } && size > 0
      _ = try sealed.text
      #expect(sealed.damages.isEmpty == !isCut, "at \(size)")
    }
  }

  @Test("A run of bytes is gone or has come in")
  func moved() throws {
    for (number, member) in members.enumerated().dropLast() {
      var shorter = whole
      shorter.removeSubrange(member.bytes.lowerBound + 33..<member.bytes.lowerBound + 40)
      let sealed = try SealedText(sample.put(shorter))
      #expect(try sealed.text.count == pieces.joined().count)
      for other in pieces.indices where other != number {
        #expect(try sealed.read(at: members[other].text.lowerBound, count: pieces[other].count) == pieces[other])
      }
      #expect(sealed.damages.map(\.text) == [member.text])
    }
  }

  @Test("What is no gzip is damaged as a whole")
  func foreign() throws {
    for bytes in [Array("{}\n".utf8), [0x1F, 0x8B, 8], [UInt8](repeating: 0, count: 100)] {
      let sealed = try SealedText(sample.put(bytes))
      #expect(sealed.damages.map(\.bytes) == [0..<bytes.count])
      #expect(try sealed.text.allSatisfy { $0 == 0 })
    }
  }
}
