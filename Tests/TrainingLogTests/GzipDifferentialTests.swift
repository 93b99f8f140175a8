import Foundation
import TestKit
import Testing

@testable import TrainingLog

/// Other programs as judges of both directions.
struct GzipDifferentialTests {
  private static func verdict(_ bytes: [UInt8]) throws -> GzipJudge.Verdict {
    do {
      return .text(try GzipReader.decompress(bytes, limit: 1 << 20))
    } catch GzipReader.Failure.corrupt {
      return .corrupt
    } catch GzipReader.Failure.truncated {
      return .truncated
    }
  }

  @Test(arguments: GzipReaderTests.small)
  func `each damaged byte is seen, or does no harm`(_ example: GzipReaderTests.Case) throws {
    let seed: UInt64 = 20
    var generator = SeededGenerator(seed: seed)
    let judge = try GzipJudge()
    let bytes = try GzipReaderTests.gzip(example)
    for index in bytes.indices {
      var damaged = bytes
      damaged[index] ^= UInt8.random(in: 1...255, using: &generator)
      let verdict = try Self.verdict(damaged)
      #expect(try verdict == judge.verdict(damaged), "byte \(index), seed \(seed)")
      if case .text(let text) = verdict { #expect(text == example.text, "byte \(index), seed \(seed)") }
      // CRC-32 and length of the last member: nothing in them is without meaning.
      if index >= bytes.count - 8 { #expect(verdict == .corrupt, "byte \(index), seed \(seed)") }
    }
  }

  @Test func `random damage gets the verdict of zlib elsewhere`() throws {
    let judge = try GzipJudge()
    for seed: UInt64 in 0..<400 {
      var generator = SeededGenerator(seed: seed)
      var bytes = try (0..<Int.random(in: 1...3, using: &generator)).flatMap { _ in
        let text = Bool.random(using: &generator) ? GzipReaderTests.words : GzipReaderTests.noise(50, seed: seed)
        return try judge.member(text, level: Int.random(in: 0...9, using: &generator))
      }
      for _ in 0..<Int.random(in: 0...2, using: &generator) {
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0...3, using: &generator) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
        case 1: bytes.remove(at: place)
        case 2: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: place)
        default: bytes.removeLast(min(bytes.count - 1, Int.random(in: 0...20, using: &generator)))
        }
      }
      #expect(try Self.verdict(bytes) == judge.verdict(bytes), "seed \(seed)")
    }
  }

  /// FTEXT, FHCRC, FEXTRA, FNAME, FCOMMENT (RFC 1952 section 2.3); the upper three bits are reserved and must be zero.
  @Test(arguments: UInt8.min...UInt8.max) func `header flags`(_ flags: UInt8) throws {
    let plain = try GzipWriter.member(GzipReaderTests.words)
    var member: [UInt8] = [0x1F, 0x8B, 8, flags, 1, 2, 3, 4, 0, 3]
    if flags & 4 != 0 { member += [3, 0, 1, 2, 3] }
    if flags & 8 != 0 { member += Array("name".utf8) + [0] }
    if flags & 16 != 0 { member += Array("comment".utf8) + [0] }
    let crc = crc32(member)
    if flags & 2 != 0 { member += [UInt8(truncatingIfNeeded: crc), UInt8(truncatingIfNeeded: crc >> 8)] }
    member += plain[10...]
    let expected: GzipJudge.Verdict = flags & 0xE0 == 0 ? .text(GzipReaderTests.words) : .corrupt
    #expect(try Self.verdict(member) == expected)
    guard flags & 2 != 0, flags & 0xE0 == 0 else { return }
    member[member.count - (plain.count - 10) - 1] ^= 1
    #expect(try Self.verdict(member) == .corrupt, "the header's own CRC")
  }

  /// Bit by bit, as RFC 1952 section 8 defines it; slow and obvious.
  private func crc32(_ bytes: [UInt8]) -> UInt32 {
    var crc: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB8_8320 }
    }
    return ~crc
  }

  /// The gzip command has an inflate and a deflate of its own.
  @Test(arguments: [1, 6, 9]) func `the gzip command's files are read, and it reads ours`(_ level: Int) throws {
    let folder = try TestServer.Home()
    let words = Array(repeating: GzipReaderTests.words, count: 9000).flatMap { $0 }
    let text = words + GzipReaderTests.noise(1000, seed: 3)
    let (theirs, ours) = (folder.path + "/theirs", folder.path + "/ours.gz")
    try Data(text).write(to: URL(fileURLWithPath: theirs))
    var file: [UInt8] = []
    let writer = GzipWriter { file += $0 }
    try writer.append(text[...])
    try writer.finish()
    try Data(file).write(to: URL(fileURLWithPath: ours))
    for arguments in [["-\(level)", theirs], ["-d", ours]] {
      let process = try ChildProcess(
        "/usr/bin/env", ["gzip"] + arguments, environment: ["PATH": "/usr/local/bin:/usr/bin:/bin"])
      #expect(try process.wait() == .code(0), "\(process.error)")
    }
    #expect(try GzipReader.decompress(try #require(folder.bytes("theirs.gz")), limit: text.count) == text)
    #expect(folder.bytes("ours") == text)
  }

  @Test(arguments: [GzipWriter.Effort.fast, .thorough], GzipReaderTests.small + GzipReaderTests.large)
  func `members of either effort are read elsewhere`(
    _ effort: GzipWriter.Effort, _ example: GzipReaderTests.Case
  ) throws {
    let bytes = try example.members.flatMap { try GzipWriter.member($0, effort) }
    #expect(try GzipJudge().verdict(bytes) == .text(example.text))
  }
}
