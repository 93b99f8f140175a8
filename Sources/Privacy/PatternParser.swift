/// Reads the text of a `Pattern`.
struct PatternParser {
  let bytes: [UInt8]
  private var position = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func parse() throws(PatternError) -> [Pattern.Element] {
    var elements: [Pattern.Element] = []
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      switch byte {
      case UInt8(ascii: "["): elements.append(try run(of: try set()))
      case UInt8(ascii: "("): elements.append(.open)
      case UInt8(ascii: ")"): elements.append(.close)
      case UInt8(ascii: "\\"):
        guard position < bytes.count else { throw fault("nothing after the backslash") }
        elements.append(.literal(bytes[position]))
        position += 1
      case UInt8(ascii: "{"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"), UInt8(ascii: "|"):
        throw fault("an operator that the subset does not have, or a count without a set")
      default: elements.append(.literal(byte))
      }
    }
    try check(elements)
    return elements
  }

  private mutating func set() throws(PatternError) -> ByteSet {
    var members = ByteSet([])
    while position < bytes.count, bytes[position] != UInt8(ascii: "]") {
      let low = bytes[position]
      if position + 2 < bytes.count, bytes[position + 1] == UInt8(ascii: "-"), bytes[position + 2] != UInt8(ascii: "]")
      {
        let high = bytes[position + 2]
        guard low <= high else { throw fault("a range that runs backwards") }
        for member in low...high { members.insert(member) }
        position += 3
      } else {
        members.insert(low)
        position += 1
      }
    }
    guard position < bytes.count else { throw fault("a set without its closing bracket") }
    position += 1
    return members
  }

  private mutating func run(of set: ByteSet) throws(PatternError) -> Pattern.Element {
    guard position < bytes.count, bytes[position] == UInt8(ascii: "{") else { return .run(set, min: 1, max: 1) }
    position += 1
    let least = try number()
    var most = least
    if position < bytes.count, bytes[position] == UInt8(ascii: ",") {
      position += 1
      most = position < bytes.count && bytes[position] == UInt8(ascii: "}") ? Int.max : try number()
    }
    guard position < bytes.count, bytes[position] == UInt8(ascii: "}") else { throw fault("a count without its brace") }
    guard least <= most else { throw fault("a count that runs backwards") }
    position += 1
    return .run(set, min: least, max: most)
  }

  private mutating func number() throws(PatternError) -> Int {
    var value = 0
    let start = position
    while position < bytes.count, case let digit = bytes[position] &- 0x30, digit < 10 {
      value = value * 10 + Int(digit)
      guard value <= 65_536 else { throw fault("a count over 65536") }
      position += 1
    }
    guard position > start else { throw fault("a count without a number") }
    return value
  }

  /// What keeps matching free of backtracking, and one pair of parentheses.
  private func check(_ elements: [Pattern.Element]) throws(PatternError) {
    guard elements.contains(where: { $0 != .open && $0 != .close }) else { throw fault("nothing to match") }
    let marks = elements.filter { $0 == .open || $0 == .close }
    guard marks.isEmpty || marks == [.open, .close] else { throw fault("parentheses that are not one pair") }
    var open: ByteSet?
    for element in elements {
      switch element {
      case .open, .close: continue
      case .literal(let byte):
        if let open, open.contains(byte) { throw fault("a variable run followed by a byte of its own set") }
        open = nil
      case .run(let set, let min, let max):
        if let open, open.intersects(set) { throw fault("a variable run followed by a byte of its own set") }
        open = min == max ? nil : set
      }
    }
  }

  private func fault(_ reason: String) -> PatternError { PatternError(reason: reason, offset: position) }
}
