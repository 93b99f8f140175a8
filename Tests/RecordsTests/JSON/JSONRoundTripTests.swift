import TestKit
import Testing

@testable import Records

@Suite("JSON there and back, and random bytes")
struct JSONRoundTripTests {
  @Test("Any value that is written reads back the same, byte for byte", arguments: 0..<300 as Range<UInt64>)
  func values(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let value = RandomJSON.value(depth: Int.random(in: 0...6, using: &random), using: &random)
    var writer = JSONWriter()
    writer.value(value)
    let read = try JSONDocument(parsing: writer.bytes).root.value
    var again = JSONWriter()
    again.value(read)
    #expect(again.bytes == writer.bytes, "seed \(seed)")
    #expect(RandomJSON.same(read, value), "seed \(seed)")
  }

  @Test(
    "A text taken over from another document is written as if it were made anew",
    arguments: [
      "", "plain", #"a\nb\r\t\"\\"#, #"\u000a"#, #"\/"#, #"\b\f"#, "é", #"\u00e9"#, #"\ud83d\ude00"#, #"\u001F\u001f"#,
      #"\\n"#, "\u{7F}", "seven c", "eight ch", "nine char",
    ])
  func takenOver(content: String) throws {
    for text in [content, "seven c" + content, content + "eight ch", content + content] {
      let element = try JSONDocument(parsing: Array("\"\(text)\"".utf8)).root
      var (taken, made) = (JSONWriter(), JSONWriter())
      taken.array { $0.string(of: element) }
      made.array { $0.string(element.string ?? "-") }
      #expect(taken.bytes == made.bytes, "\(text)")
    }
  }

  @Test("A line feed never stands raw in what is written", arguments: 0..<50 as Range<UInt64>)
  func oneLine(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var writer = JSONWriter()
    writer.value(RandomJSON.value(depth: 5, using: &random))
    #expect(writer.bytes.allSatisfy { $0 >= 0x20 }, "seed \(seed)")
  }

  @Test(
    "Random bytes, half of them JSON's own, never trap; what is accepted reads back", arguments: 0..<40 as Range<UInt64>
  )
  func noise(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<500 {
      let bytes = (0..<Int.random(in: 0...40, using: &random)).map { _ in
        random.isOne(in: 4) ? UInt8.random(in: 0...255, using: &random) : RandomJSON.byte(using: &random)
      }
      check(bytes, seed)
    }
  }

  @Test(
    "Valid texts with a few bytes changed, lost, doubled or swapped never trap", arguments: 0..<100 as Range<UInt64>)
  func mutations(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var writer = JSONWriter()
    writer.value(RandomJSON.value(depth: 5, using: &random))
    for _ in 0..<100 {
      var bytes = writer.bytes
      for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
        let at = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<5, using: &random) {
        case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: at)
        case 2: bytes.insert(RandomJSON.byte(using: &random), at: at)
        case 3: bytes.swapAt(at, Int.random(in: 0..<bytes.count, using: &random))
        default: bytes.removeSubrange(at...)
        }
      }
      check(bytes, seed)
    }
  }

  private func check(_ bytes: [UInt8], _ seed: UInt64) {
    guard let document = try? JSONDocument(parsing: bytes) else { return }
    let value = document.root.value
    var writer = JSONWriter()
    writer.value(value)
    let read = try? JSONDocument(parsing: writer.bytes).root.value
    #expect(read.map { RandomJSON.same($0, value) } == true, "seed \(seed): \(bytes)")
  }

  @Test(
    "Control characters, quotes and backslashes are escaped, all else stands as it is",
    arguments: [
      ("\0\u{1}\u{8}\u{C}\u{1F}", #""\u0000\u0001\u0008\u000c\u001f""#), ("\n\r\t", #""\n\r\t""#),
      ("\"\\/", #""\"\\/""#), ("\u{7F}\u{E9}\u{2028}\u{1F600}", "\"\u{7F}\u{E9}\u{2028}\u{1F600}\""), ("", "\"\""),
    ])
  func escapes(text: String, written: String) {
    var writer = JSONWriter()
    writer.string(text)
    #expect(String(decoding: writer.bytes, as: UTF8.self) == written)
  }

  @Test(
    "Doubles are written so that they read back the same",
    arguments: [
      (0, "0"), (1, "1"), (-3, "-3"), (0.5, "0.5"), (4.25, "4.25"), (1e15, "1000000000000000.0"), (1e16, "1e+16"),
      (0.1 + 0.2, "0.30000000000000004"),
      (1e300, "1e+300"), (.leastNonzeroMagnitude, "5e-324"), (999_999_999_999_999, "999999999999999"),
    ] as [(Double, String)])
  func doubles(value: Double, written: String) throws {
    var writer = JSONWriter()
    writer.number(value)
    let text = String(decoding: writer.bytes, as: UTF8.self)
    #expect(text == written)
    #expect(try JSONDocument(parsing: writer.bytes).root.numberText.flatMap(Double.init) == value)
  }

  @Test("Texts mapped to the same name stay two members, so that the object stays valid")
  func mappedNames() throws {
    let text = #"{"a@b":1,"[X]":2,"c@d":3,"n":[{"e@f":"g@h"}]}"#
    let mapped = try JSONDocument(parsing: Array(text.utf8)).root.value.mapTexts { $0.contains("@") ? "[X]" : $0 }
    var writer = JSONWriter()
    writer.value(mapped)
    let root = try JSONDocument(parsing: writer.bytes).root
    #expect(root.members.map { $0.value.integer } == [1, 2, 3, nil])
    #expect(root["n"]?.items[0]["[X]"]?.string == "[X]")
  }
}

/// Random JSON values with unique names, and comparison by bytes instead of String's canonical equivalence.
enum RandomJSON {
  static func value(depth: Int, using random: inout SeededGenerator) -> JSONValue {
    switch Int.random(in: 0..<(depth > 0 ? 8 : 5), using: &random) {
    case 0: .null
    case 1: .bool(Bool.random(using: &random))
    case 2: .number(numbers.randomElement(using: &random) ?? "0")
    case 3, 4: .string(text(using: &random))
    case 5, 6:
      .array((0..<Int.random(in: 0...4, using: &random)).map { _ in value(depth: depth - 1, using: &random) })
    default:
      .object(
        (0..<Int.random(in: 0...(random.isOne(in: 20) ? 40 : 5), using: &random)).map { index in
          .init(name: "\(index)" + text(using: &random), value: value(depth: depth - 1, using: &random))
        })
    }
  }

  static func text(using random: inout SeededGenerator) -> String {
    var text = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0...12, using: &random) {
      let range: ClosedRange<UInt32> =
        [0...0x1F, 0x20...0x7E, 0x80...0x7FF, 0x800...0xFFFF, 0x10000...0x10FFFF]
        .randomElement(using: &random) ?? 0...0
      text.append(Unicode.Scalar(UInt32.random(in: range, using: &random)) ?? "\"")
    }
    return String(text)
  }

  /// A byte that JSON gives a meaning to.
  static func byte(using random: inout SeededGenerator) -> UInt8 {
    Array("{}[]:,\"\\ \n0123456789-+.eEtruefalsn/bu\u{E9}".utf8).randomElement(using: &random) ?? 0
  }

  private static let numbers = ["0", "-0", "1.5", "-17", "1e10", "2E-3", "123456789012345678901234567890", "0.10"]

  static func same(_ a: JSONValue, _ b: JSONValue) -> Bool {
    switch (a, b) {
    case (.string(let a), .string(let b)), (.number(let a), .number(let b)): a.utf8.elementsEqual(b.utf8)
    case (.array(let a), .array(let b)): a.elementsEqual(b, by: same)
    case (.object(let a), .object(let b)):
      a.elementsEqual(b) { $0.name.utf8.elementsEqual($1.name.utf8) && same($0.value, $1.value) }
    default: a == b
    }
  }
}
