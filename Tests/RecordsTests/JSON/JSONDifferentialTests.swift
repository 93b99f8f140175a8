import Foundation
import TestKit
import Testing

@testable import Records

/// Our reader beside Foundation's, on texts made from a seed: both take them and see the same, or ours has a reason that
/// the contract names.
@Suite("JSON against another parser")
struct JSONDifferentialTests {
  /// What ours refuses beyond RFC 8259's grammar, as the contract wants it.
  private static let stricter: Set<JSONError.Code> = [.duplicateKey, .loneSurrogate, .numberOutOfRange, .tooDeep]

  @Test(
    "What both take is the same value; what only ours refuses is refused by rule", arguments: 0..<200 as Range<UInt64>)
  func agree(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var writer = JSONWriter()
    writer.value(RandomJSON.value(depth: 5, using: &random))
    compare(writer.bytes, seed)
    for _ in 0..<100 { compare(Self.changed(writer.bytes, using: &random), seed) }
  }

  @Test("Both kinds of answers occur, so that the comparison compares")
  func bothKinds() {
    var taken = 0
    var refused = 0
    for seed in 0..<20 as Range<UInt64> {
      var random = SeededGenerator(seed: seed)
      var writer = JSONWriter()
      writer.value(RandomJSON.value(depth: 5, using: &random))
      for _ in 0..<100 {
        let isTaken = (try? JSONDocument(parsing: Self.changed(writer.bytes, using: &random))) != nil
        if isTaken { taken += 1 } else { refused += 1 }
      }
    }
    #expect(taken > 100 && refused > 100, "\(taken) taken, \(refused) refused")
  }

  private func compare(_ bytes: [UInt8], _ seed: UInt64) {
    let theirs = try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
    do throws(JSONError) {
      let ours = try JSONDocument(parsing: bytes).root.value
      #expect(theirs.map { Self.same(ours, $0) } == true, "seed \(seed), ours takes it: \(bytes)")
    } catch {
      // A NUL or a mark of byte order makes Foundation read UTF-16 or UTF-32, which RFC 8259 section 8.1 rules out.
      let isOtherEncoding = bytes.contains(0) || bytes.starts(with: [0xEF, 0xBB, 0xBF])
      #expect(
        theirs == nil || isOtherEncoding || Self.stricter.contains(error.code)
          || Self.isTrailingComma(bytes, before: error.offset),
        "seed \(seed), ours says \(error): \(bytes)")
    }
  }

  /// Foundation takes `[1,]`, which the grammar of RFC 8259 section 5 does not.
  private static func isTrailingComma(_ bytes: [UInt8], before offset: Int) -> Bool {
    guard offset < bytes.count, Array("]}".utf8).contains(bytes[offset]) else { return false }
    return bytes[..<offset].last { !Array(" \n\r\t".utf8).contains($0) } == UInt8(ascii: ",")
  }

  /// One to three bytes changed, lost, doubled or swapped.
  private static func changed(_ bytes: [UInt8], using random: inout SeededGenerator) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...3, using: &random) where !bytes.isEmpty {
      let at = Int.random(in: 0..<bytes.count, using: &random)
      switch Int.random(in: 0..<4, using: &random) {
      case 0: bytes[at] = RandomJSON.byte(using: &random)
      case 1: bytes.remove(at: at)
      case 2: bytes.insert(RandomJSON.byte(using: &random), at: at)
      default: bytes.swapAt(at, Int.random(in: 0..<bytes.count, using: &random))
      }
    }
    return bytes
  }

  private static func same(_ ours: JSONValue, _ theirs: Any) -> Bool {
    switch ours {
    case .null: theirs is NSNull
    case .bool(let flag): (theirs as? Bool) == flag
    case .number(let text): isClose(Double(text), (theirs as? NSNumber)?.doubleValue)
    case .string(let text): (theirs as? String).map { $0.utf8.elementsEqual(text.utf8) } == true
    case .array(let items):
      (theirs as? [Any]).map { $0.count == items.count && zip(items, $0).allSatisfy { same($0, $1) } } == true
    case .object(let members): sameObject(members, theirs)
    }
  }

  /// Foundation reads long numbers as decimals and rounds them to a double once more.
  private static func isClose(_ ours: Double?, _ theirs: Double?) -> Bool {
    guard let ours, let theirs else { return false }
    return abs(ours - theirs) <= abs(ours) * 4e-16
  }

  /// A Swift dictionary takes canonically equivalent names for one, so that two of ours may be one of theirs.
  private static func sameObject(_ members: [JSONValue.Member], _ theirs: Any) -> Bool {
    guard let theirs = theirs as? [String: Any] else { return false }
    var counts: [String: Int] = [:]
    for member in members { counts[member.name, default: 0] += 1 }
    return counts.count == theirs.count
      && members.allSatisfy { member in
        counts[member.name] != 1 || theirs[member.name].map { same(member.value, $0) } == true
      }
  }
}
