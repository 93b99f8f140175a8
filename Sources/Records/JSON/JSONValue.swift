/// Any JSON value, as a client's `context` may hold. Numbers keep their spelling, members their order.
package indirect enum JSONValue: Equatable, Sendable {
  package struct Member: Equatable, Sendable {
    package var name: String
    package var value: JSONValue

    package init(name: String, value: JSONValue) {
      self.name = name
      self.value = value
    }
  }

  case null
  case bool(Bool)
  /// The number as it was written; a valid JSON number.
  case number(String)
  case string(String)
  case array([JSONValue])
  case object([Member])

  /// The same value with `change` applied to each name, each string and the spelling of each number in it; a number that
  /// becomes something else becomes a string. Names that become the same are told apart by a number behind them, ` (2)`
  /// and so on, since an object with a name twice is no valid JSON.
  package func mapTexts(_ change: (String) -> String) -> JSONValue {
    switch self {
    case .null, .bool: self
    case .number(let text):
      switch change(text) {
      case text: self
      case let changed: .string(changed)
      }
    case .string(let text): .string(change(text))
    case .array(let items): .array(items.map { $0.mapTexts(change) })
    case .object(let members):
      .object(Self.distinct(members.map { Member(name: change($0.name), value: $0.value.mapTexts(change)) }))
    }
  }

  private static func distinct(_ members: [Member]) -> [Member] {
    // Bytes, since `==` on String is canonical equivalence.
    var taken = Set<[UInt8]>(minimumCapacity: members.count)
    if members.allSatisfy({ taken.insert(Array($0.name.utf8)).inserted }) { return members }
    taken = Set(members.map { Array($0.name.utf8) })
    var used: Set<[UInt8]> = []
    var lastNumber: [[UInt8]: Int] = [:]
    return members.map { member in
      let name = Array(member.name.utf8)
      if used.insert(name).inserted { return member }
      var number = lastNumber[name] ?? 1
      var candidate: String
      repeat {
        number += 1
        candidate = member.name + " (\(number))"
      } while !taken.insert(Array(candidate.utf8)).inserted
      lastNumber[name] = number
      return Member(name: candidate, value: member.value)
    }
  }
}
