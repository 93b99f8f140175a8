import Records

/// What the columns of a file are, taken from its rows as they come: `datasets` and pyarrow infer the schema from the
/// first of them, and stop, or make up nulls, where a later one differs.
struct RowShape {
  private enum Kind: String {
    case text = "a text"
    case flag = "true or false"
    case integer = "a whole number"
    case fraction = "a number with a fraction"
    case list = "a list"
    case object = "an object"
  }

  private var kinds: [String: Kind] = [:]
  private var keys: [String: [String]] = [:]

  /// The rules that a row breaks, each named once with the place of the first breach; the content is never repeated.
  mutating func faults(of row: JSONElement) -> [String] {
    var faults: [String] = []
    look(at: row, "", &faults)
    return faults
  }

  private mutating func look(at element: JSONElement, _ path: String, _ faults: inout [String]) {
    let place = path.isEmpty ? "the row" : path
    let kind: Kind
    switch element.kind {
    case .null: return faults.append("\(place) is null")
    case .string: kind = .text
    case .number:
      kind = element.numberText?.utf8.allSatisfy { (48...57).contains($0) || $0 == 45 } == true ? .integer : .fraction
    case .array:
      kind = .list
      if element.items.isEmpty { faults.append("\(place) is an empty list, which has no type") }
    case .object: kind = .object
    default: kind = .flag
    }
    if let known = kinds[path], known != kind {
      return faults.append("\(place) is \(kind.rawValue), and \(known.rawValue) in an earlier row")
    }
    kinds[path] = kind
    if kind == .list {
      var found: [String] = []
      for item in element.items { look(at: item, path + "[]", &found) }
      if let first = found.first { faults.append(first) }
    }
    guard kind == .object else { return }
    let names = element.members.map { $0.key.string ?? "" }
    if let known = keys[path], known != names {
      return faults.append("\(place) has other keys than in an earlier row, or in another order")
    }
    keys[path] = names
    for (key, value) in element.members {
      look(at: value, path.isEmpty ? key.string ?? "" : path + "." + (key.string ?? ""), &faults)
    }
  }
}
