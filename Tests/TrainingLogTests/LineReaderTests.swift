import Posix
import TestKit
import Testing

@testable import TrainingLog

@Suite("Lines of a file")
struct LineReaderTests {
  private func read(_ content: [UInt8], from start: Int = 0) throws -> (lines: [String], offsets: [Int], end: Int) {
    let disk = SimulatedDisk(simulating: "/simulated")
    disk.put("f", content)
    var lines: [String] = []
    var offsets: [Int] = []
    let end = try LineReader().read(disk.openLog("/simulated/f"), from: start) { line, offset in
      lines.append(String(decoding: line, as: UTF8.self))
      offsets.append(offset)
    }
    return (lines, offsets, end)
  }

  @Test(
    "Lines with their offsets, and where the last one ends",
    arguments: [
      ("", [], [], 0), ("\n", [], [], 1), ("a\n", ["a"], [0], 2), ("a", [], [], 0), ("a\nb", ["a"], [0], 2),
      ("a\nbc\n", ["a", "bc"], [0, 2], 5), ("\n\na\n\nb\n", ["a", "b"], [2, 5], 7), ("a\r\n", ["a\r"], [0], 3),
      // Holes of zero bytes that a power failure left.
      ("\0\0\0a\n", ["a"], [3], 5), ("\0\0\n", [], [], 3), ("a\n\0\0b\nc\n", ["a", "b", "c"], [0, 4, 6], 8),
      ("ab\0\0\0cd\n", ["ab", "cd"], [0, 5], 8), ("ab\0\0\n", ["ab"], [0], 5), ("a\n\0\0", ["a"], [0], 2),
    ] as [(String, [String], [Int], Int)])
  func lines(text: String, lines: [String], offsets: [Int], end: Int) throws {
    let found = try read(Array(text.utf8))
    #expect(found.lines == lines)
    #expect(found.offsets == offsets)
    #expect(found.end == end)
  }

  @Test("Holes are told where somebody asks for them")
  func holes() throws {
    let disk = SimulatedDisk(simulating: "/simulated")
    disk.put("f", Array("\0\0a\nb\0\0\0c\0\nd\n".utf8))
    var holes: [Range<Int>] = []
    var lines: [String] = []
    try LineReader().read(disk.openLog("/simulated/f"), hole: { holes.append($0) }) { line, _ in
      lines.append(String(decoding: line, as: UTF8.self))
    }
    #expect(holes == [0..<2, 5..<8, 9..<10])
    #expect(lines == ["a", "b", "c", "d"])
  }

  @Test("A hole of any size is told piece by piece, and spoils no line beside it")
  func largeHole() throws {
    let piece = LineReader.chunkBytes
    let disk = SimulatedDisk(simulating: "/simulated")
    for (before, after) in [("a\n", "b\nc\n"), ("", "b\nc\n"), ("a\nx", "\nc\n"), ("a\n", "")] {
      let zeros = 3 * piece + 77
      disk.put("f", Array(before.utf8) + [UInt8](repeating: 0, count: zeros) + Array(after.utf8))
      var holes: [Range<Int>] = []
      var lines: [String] = []
      let end = try LineReader().read(disk.openLog("/simulated/f"), hole: { holes.append($0) }) { line, offset in
        lines.append("\(offset):" + String(decoding: line, as: UTF8.self))
      }
      let behind = before.utf8.count + zeros
      let expected: [String] =
        switch before {
        case "": ["\(behind):b", "\(behind + 2):c"]
        case "a\nx": ["0:a", "2:x", "\(behind + 1):c"]
        default: after.isEmpty ? ["0:a"] : ["0:a", "\(behind):b", "\(behind + 2):c"]
        }
      #expect(lines == expected)
      #expect(zip(holes, holes.dropFirst()).allSatisfy { $0.upperBound == $1.lowerBound })
      #expect(holes.first?.lowerBound == before.utf8.count)
      #expect(after.isEmpty ? end <= behind && behind - end < 2 * piece : holes.last?.upperBound == behind)
    }
  }

  @Test("Lines of no interest are left out, but none with a hole or across pieces is taken for one")
  func skipping() throws {
    let disk = SimulatedDisk(simulating: "/simulated")
    let piece = LineReader.chunkBytes
    let long = String(repeating: "x", count: piece)
    disk.put("f", Array("xa\nb\n\(long)\nxc\nd\nx\0e\nxf\ng\n".utf8))
    var asked = 0
    var lines: [String] = []
    var offsets: [Int] = []
    let end = try LineReader().read(
      disk.openLog("/simulated/f"),
      skipping: { bytes, line in
        asked += 1
        return bytes[line.lowerBound] == UInt8(ascii: "x")
      }
    ) { line, offset in
      lines.append(line.count == piece ? "long" : String(decoding: line, as: UTF8.self))
      offsets.append(offset)
    }
    #expect(asked == 2)
    #expect(lines == ["b", "long", "xc", "d", "x", "e", "xf", "g"])
    #expect(offsets == [3, 5, piece + 6, piece + 9, piece + 11, piece + 13, piece + 15, piece + 18])
    #expect(end == piece + 20)
  }

  @Test("Reading goes on from any line's offset", arguments: [0, 2, 5, 9])
  func start(offset: Int) throws {
    let found = try read(Array("a\nbc\ndef\n".utf8), from: offset)
    #expect(found.lines == [(0, "a"), (2, "bc"), (5, "def")].filter { $0.0 >= offset }.map(\.1))
    #expect(found.end == 9)
  }

  @Test("Lines that lie across the pieces in which a file is read, and ones longer than a piece")
  func pieces() throws {
    let piece = LineReader.chunkBytes
    for length in [piece - 1, piece, piece + 1, 2 * piece + 7] {
      let long = String(repeating: "x", count: length)
      let found = try read(Array("ab\n\(long)\ncd\n".utf8))
      #expect(found.lines.map(\.utf8.count) == [2, length, 2])
      #expect(found.offsets == [0, 3, length + 4])
      #expect(found.end == length + 7)
    }
  }
}
