import TestKit
import Testing

@testable import TrainingLog

/// Text, compressed by Python and read back in pieces of every kind.
struct GzipReaderTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    /// Texts of the members.
    let members: [[UInt8]]
    var level = 6
    var testDescription: String { name }
    var text: [UInt8] { members.flatMap { $0 } }
  }

  static let words = Array(String(repeating: "the quick brown fox jumps over the lazy dog; ", count: 6).utf8)

  static func noise(_ count: Int, seed: UInt64) -> [UInt8] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
  }

  static let small: [Case] = [
    Case(name: "empty member", members: [[]]),
    Case(name: "one byte", members: [[10]]),
    Case(name: "words", members: [words]),
    Case(name: "stored", members: [words], level: 0),
    Case(name: "noise", members: [noise(300, seed: 1)]),
    Case(name: "two members", members: [Array("first\n".utf8), Array("second\n".utf8)]),
    Case(name: "empty members around", members: [[], Array("middle".utf8), [], []]),
  ]

  static let large: [Case] = [
    Case(name: "a buffer exactly", members: [noise(GzipReader.bufferBytes, seed: 2)]),
    Case(name: "a buffer of zeros", members: [Array(repeating: 0, count: GzipReader.bufferBytes)], level: 9),
    Case(name: "a byte more", members: [Array(repeating: 7, count: GzipReader.bufferBytes + 1)], level: 1),
    Case(name: "a MiB", members: [Array(repeating: words, count: 4096).flatMap { $0 }], level: 9),
    Case(name: "500 members", members: (0..<500).map { Array("line \($0)\n".utf8) }),
  ]

  static func read(_ pieces: [ArraySlice<UInt8>], limit: Int = .max) throws -> [UInt8] {
    var text: [UInt8] = []
    let reader = try GzipReader(limit: limit) { piece in
      #expect(!piece.isEmpty && piece.count <= GzipReader.bufferBytes)
      text += piece
    }
    for piece in pieces { try reader.append(piece) }
    try reader.finish()
    return text
  }

  static func gzip(_ example: Case) throws -> [UInt8] {
    let judge = try GzipJudge()
    return try example.members.flatMap { try judge.member($0, level: example.level) }
  }

  @Test(arguments: small + large) func `reads it whole and byte by byte`(_ example: Case) throws {
    let bytes = try Self.gzip(example)
    #expect(try Self.read([bytes[...]]) == example.text)
    #expect(try Self.read(bytes.indices.map { bytes[$0...$0] }) == example.text)
    #expect(try GzipReader.decompress(bytes, limit: example.text.count) == example.text)
  }

  @Test(arguments: small) func `reads it cut at every place`(_ example: Case) throws {
    let bytes = try Self.gzip(example)
    for place in 0...bytes.count {
      #expect(try Self.read([bytes[..<place], bytes[place...]]) == example.text, "cut at \(place)")
    }
  }

  @Test(arguments: small) func `is truncated at every place but the ends of members`(_ example: Case) throws {
    let judge = try GzipJudge()
    var ends: Set<Int> = []
    var bytes: [UInt8] = []
    for member in example.members {
      bytes += try judge.member(member, level: example.level)
      ends.insert(bytes.count)
    }
    for place in 0..<bytes.count where !ends.contains(place) {
      #expect(throws: GzipReader.Failure.truncated, "cut at \(place)") { try Self.read([bytes[..<place]]) }
    }
  }

  /// zlib judges the header two bytes at a time: one byte alone is only the beginning of something.
  static let garbage: [(bytes: [UInt8], failure: GzipReader.Failure)] = [
    ([0], .truncated), ([10], .truncated), ([0x1F], .truncated), ([0x1F, 0x8B], .truncated), ([10, 10], .corrupt),
    ([0x1F, 0x8C], .corrupt), ([0x1F, 0x8B, 7, 0], .corrupt), (Array("garbage".utf8), .corrupt),
    (Array(repeating: 0, count: 512), .corrupt),
  ]

  @Test(arguments: garbage) func `nothing but a member may follow`(_ bytes: [UInt8], failure: GzipReader.Failure) throws
  {
    let member = try GzipWriter.member(Self.words)
    #expect(throws: failure) { try Self.read([(member + bytes)[...]]) }
    #expect(throws: failure) { try Self.read([member[...], bytes[...]]) }
    #expect(throws: failure) { try Self.read([bytes[...]]) }
  }

  @Test func `an error stays`() throws {
    let reader = try GzipReader { _ in }
    #expect(throws: GzipReader.Failure.corrupt) { try reader.append(Array("no gzip".utf8)[...]) }
    let member = try GzipWriter.member(Self.words)
    #expect(throws: GzipReader.Failure.corrupt) { try reader.append(member[...]) }
    #expect(throws: GzipReader.Failure.corrupt) { try reader.finish() }
  }

  @Test func `an error of the taker stays`() throws {
    struct Full: Error {}
    let reader = try GzipReader { _ in throw Full() }
    let member = try GzipWriter.member(Self.words)
    #expect(throws: Full.self) { try reader.append(member[...]) }
    #expect(throws: Full.self) { try reader.append(member[...]) }
    #expect(throws: Full.self) { try reader.finish() }
  }
}
