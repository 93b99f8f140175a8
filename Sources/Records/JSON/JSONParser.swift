/// One pass over the bytes that builds the nodes of a `JSONDocument`. Recursion is bounded by `depthMax`.
struct JSONParser {
  let bytes: [UInt8]
  var at = 0
  var nodes: [JSONDocument.Node] = []

  init(bytes: [UInt8]) {
    self.bytes = bytes
    nodes.reserveCapacity(32)
  }

  mutating func parseText() throws(JSONError) {
    skipSpace()
    guard at < bytes.count else { throw failure(.emptyInput) }
    try parseValue(depth: 0)
    skipSpace()
    guard at == bytes.count else { throw failure(.trailingInput) }
  }

  func failure(_ code: JSONError.Code) -> JSONError { JSONError(code: code, offset: at) }

  private mutating func parseValue(depth: Int) throws(JSONError) {
    guard at < bytes.count else { throw failure(.unexpectedEnd) }
    switch bytes[at] {
    case UInt8(ascii: "\""): try parseString()
    case UInt8(ascii: "{"): try parseObject(depth: depth + 1)
    case UInt8(ascii: "["): try parseArray(depth: depth + 1)
    case UInt8(ascii: "t"): try parseWord("true", .true)
    case UInt8(ascii: "f"): try parseWord("false", .false)
    case UInt8(ascii: "n"): try parseWord("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try parseNumber()
    default: throw failure(.unexpectedByte)
    }
  }

  private mutating func parseObject(depth: Int) throws(JSONError) {
    let this = try open(.object, depth: depth)
    if try closes(UInt8(ascii: "}")) { return finish(this) }
    var members = 0
    while true {
      guard at < bytes.count else { throw failure(.unexpectedEnd) }
      guard bytes[at] == UInt8(ascii: "\"") else { throw failure(.unexpectedByte) }
      try parseString()
      members += 1
      skipSpace()
      try expect(UInt8(ascii: ":"))
      skipSpace()
      try parseValue(depth: depth)
      skipSpace()
      if try separates(UInt8(ascii: "}")) { break }
    }
    finish(this)
    try checkKeys(of: this, count: members)
  }

  private mutating func parseArray(depth: Int) throws(JSONError) {
    let this = try open(.array, depth: depth)
    if try closes(UInt8(ascii: "]")) { return finish(this) }
    while true {
      try parseValue(depth: depth)
      skipSpace()
      if try separates(UInt8(ascii: "]")) { break }
    }
    finish(this)
  }

  private mutating func open(_ kind: JSONDocument.Kind, depth: Int) throws(JSONError) -> Int {
    guard depth <= JSONDocument.depthMax else { throw failure(.tooDeep) }
    nodes.append(.init(kind: kind, start: Int32(at), end: 0, next: 0))
    at += 1
    skipSpace()
    return nodes.count - 1
  }

  private mutating func finish(_ index: Int) {
    nodes[index].end = Int32(at)
    nodes[index].next = Int32(nodes.count)
  }

  private mutating func closes(_ closer: UInt8) throws(JSONError) -> Bool {
    guard at < bytes.count else { throw failure(.unexpectedEnd) }
    guard bytes[at] == closer else { return false }
    at += 1
    return true
  }

  /// True behind the closer, false behind a comma with another item to come.
  private mutating func separates(_ closer: UInt8) throws(JSONError) -> Bool {
    if try closes(closer) { return true }
    try expect(UInt8(ascii: ","))
    skipSpace()
    return false
  }

  private mutating func expect(_ byte: UInt8) throws(JSONError) {
    guard at < bytes.count else { throw failure(.unexpectedEnd) }
    guard bytes[at] == byte else { throw failure(.unexpectedByte) }
    at += 1
  }

  private mutating func parseWord(_ word: StaticString, _ kind: JSONDocument.Kind) throws(JSONError) {
    let start = at
    for offset in 0..<word.utf8CodeUnitCount {
      guard at < bytes.count else { throw failure(.unexpectedEnd) }
      // In bounds: offset is below the literal's own length.
      guard bytes[at] == word.utf8Start[offset] else { throw failure(.unexpectedByte) }
      at += 1
    }
    append(kind, from: start)
  }

  mutating func append(_ kind: JSONDocument.Kind, from start: Int) {
    nodes.append(.init(kind: kind, start: Int32(start), end: Int32(at), next: Int32(nodes.count + 1)))
  }

  private mutating func skipSpace() {
    while at < bytes.count {
      switch bytes[at] {
      case 0x20, 0x0A, 0x0D, 0x09: at += 1
      default: return
      }
    }
  }
}
