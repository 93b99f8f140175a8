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

  /// The same value with `change` applied to each name and each string in it.
  package func mapTexts(_ change: (String) -> String) -> JSONValue {
    switch self {
    case .null, .bool, .number: self
    case .string(let text): .string(change(text))
    case .array(let items): .array(items.map { $0.mapTexts(change) })
    case .object(let members):
      .object(members.map { Member(name: change($0.name), value: $0.value.mapTexts(change)) })
    }
  }
}
