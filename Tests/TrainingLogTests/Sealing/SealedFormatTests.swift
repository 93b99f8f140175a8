import Foundation
import Posix
import TestKit
import Testing

@testable import TrainingLog

@Suite("Sealed files")
struct SealedFormatTests {
  private static let mebibyte = 1 << 20

  private struct Case: CustomTestStringConvertible {
    let testDescription: String
    let lengths: [Int]
    let members: [Int]
  }

  private static let cases: [Case] = [
    Case(testDescription: "nothing", lengths: [], members: [0]),
    Case(testDescription: "one line end", lengths: [1], members: [1]),
    Case(testDescription: "one full member", lengths: [mebibyte], members: [mebibyte]),
    Case(testDescription: "one byte more", lengths: [mebibyte + 1], members: [mebibyte, 1]),
    Case(
      testDescription: "cut behind the last line that fits", lengths: [600_000, 400_000, 100_000],
      members: [1_000_000, 100_000]),
    Case(
      testDescription: "a line of several members", lengths: [10, 2 * mebibyte + 100, 50],
      members: [10, mebibyte, mebibyte, 150]),
  ]

  @Test("Members hold at most 1 MiB and are cut behind lines; gzip, zcat and Python read them", arguments: cases)
  private func members(test: Case) throws {
    var random = SeededGenerator(seed: 1)
    let text = SealedSample.text(test.lengths, &random)
    let sample = SealedSample()
    let sealed = try sample.seal([text])
    #expect(sealed.table.members.map(\.text.count) == test.members)
    #expect(try sealed.text == text)
    #expect(sealed.damages.isEmpty)
    let folder = try TemporaryDirectory()
    try Data(sample.content()).write(to: URL(fileURLWithPath: folder("day.gz")))
    let script = """
      gzip -t day.gz && zcat day.gz > zcat && gzip -l day.gz > /dev/null
      python3 -c 'import gzip,sys; sys.stdout.buffer.write(gzip.open("day.gz").read())' > python
      """
    let reader = try ChildProcess(
      "/bin/sh", ["-ec", "cd '\(folder.path)'\n" + script], environment: ["PATH": "/usr/local/bin:/usr/bin:/bin"])
    #expect(try reader.wait().code == 0, "\(reader.error)")
    #expect(try readFile(folder("zcat")) == text)
    #expect(try readFile(folder("python")) == text)
  }

  @Test("Text is the same wherever it is read, in pieces of any size", arguments: 0..<20 as Range<UInt64>)
  func reading(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let pieces = (0..<Int.random(in: 1...30, using: &random)).map { _ in
      SealedSample.text([Int.random(in: 1...60, using: &random)], &random)
    }
    let text = pieces.flatMap { $0 }
    let sealed = try SealedSample().seal(pieces)
    for start in 0...text.count {
      for count in [1, Int.random(in: 0...text.count, using: &random), text.count + 9] {
        let expected = Array(text[start..<min(text.count, start + count)])
        #expect(try sealed.read(at: start, count: count) == expected, "seed \(seed), \(count) bytes at \(start)")
      }
    }
  }

  @Test("One record is read without the rest of the file")
  func oneRecord() throws {
    var random = SeededGenerator(seed: 2)
    let pieces = (0..<50).map { _ in SealedSample.text([20_000], &random) }
    let sample = SealedSample()
    _ = try sample.seal(pieces)
    let file = CountingFile(try sample.disk.openLog("/sealed/day.gz"))
    let sealed = try SealedText(file)
    #expect(file.bytes < 51 * 40)
    let scanned = file.bytes
    #expect(try sealed.read(at: 30 * 20_000 + 5, count: 100) == Array(pieces[30][5..<105]))
    #expect(file.bytes - scanned == sealed.table.members[30].bytes.count)
  }
}

/// Counts what is read.
private final class CountingFile: ReadableFile {
  private let file: any ReadableFile
  private let count = Mutex(0)
  var bytes: Int { count.withLock { $0 } }

  init(_ file: any ReadableFile) { self.file = file }
  func size() throws(SystemError) -> Int { try file.size() }

  func read(at offset: Int, count wanted: Int) throws(SystemError) -> [UInt8] {
    let bytes = try file.read(at: offset, count: wanted)
    count.withLock { $0 += bytes.count }
    return bytes
  }
}
