/// One value inside a `JSONDocument`.
package struct JSONElement: Sendable {
  let document: JSONDocument
  let index: Int

  private var node: JSONDocument.Node { document.nodes[index] }

  package var kind: JSONDocument.Kind { node.kind }
  package var isNull: Bool { node.kind == .null }

  /// Bytes of the value, about: of a string without its quotes, of an object with all in it.
  package var byteCount: Int { Int(node.end) - Int(node.start) }

  /// What stands between the quotes of a string, where it stands there as `JSONWriter` would write it.
  var written: ArraySlice<UInt8>? {
    let node = node
    guard node.kind == .string else { return nil }
    let content = document.bytes[Int(node.start)..<Int(node.end)]
    return !node.hasEscapes || JSONText.isWritten(content) ? content : nil
  }

  /// The decoded text of a string; nil for any other kind.
  package var string: String? {
    let node = node
    guard node.kind == .string else { return nil }
    let content = document.bytes[Int(node.start)..<Int(node.end)]
    return node.hasEscapes ? JSONText.decode(content) : JSONText.string(of: content.span)
  }

  /// A number exactly as it stands in the text; nil for any other kind.
  package var numberText: String? {
    let node = node
    guard node.kind == .number else { return nil }
    return String(decoding: document.bytes[Int(node.start)..<Int(node.end)], as: UTF8.self)
  }

  /// A number written as an integer (no fraction, no exponent) that fits; nil otherwise.
  package var integer: Int? {
    let node = node
    guard node.kind == .number else { return nil }
    var digits = document.bytes[Int(node.start)..<Int(node.end)]
    let negative = digits.first == UInt8(ascii: "-")
    if negative { digits.removeFirst() }
    var value = 0
    for byte in digits {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
      let (tens, over) = value.multipliedReportingOverflow(by: 10)
      let (sum, more) = tens.addingReportingOverflow(Int(byte - UInt8(ascii: "0")))
      if over || more { return nil }
      value = sum
    }
    return negative ? -value : value
  }

  /// A number whose value is whole, however it is written (`3`, `3.0`, `30e-1`), that fits; nil otherwise. RFC 8259 has one
  /// type of numbers, and JSON Schema calls each of these an integer.
  package var wholeNumber: Int? {
    if let integer { return integer }
    guard let text = numberText?.lowercased() else { return nil }
    let parts = text.split(separator: "e", maxSplits: 1)
    let mantissa = parts[0].split(separator: ".", maxSplits: 1)
    var digits = mantissa.joined()
    while digits.last == "0" { digits.removeLast() }
    if digits.allSatisfy({ $0 == "0" || $0 == "-" }) { return 0 }
    // Zeros that were cut off count again.
    let cut = mantissa.reduce(0) { $0 + $1.utf8.count } - digits.utf8.count
    let fraction = mantissa.count > 1 ? mantissa[1].utf8.count : 0
    guard let power = parts.count > 1 ? Int(parts[1]) : 0, (-1_000_000...1_000_000).contains(power) else { return nil }
    let zeros = power - fraction + cut
    return (0...18).contains(zeros) ? Int(digits + String(repeating: "0", count: zeros)) : nil
  }

  /// Items of an array, in order; empty for any other kind.
  package var items: [JSONElement] {
    guard kind == .array else { return [] }
    var items: [JSONElement] = []
    var child = index + 1
    while child < Int(node.next) {
      items.append(JSONElement(document: document, index: child))
      child = Int(document.nodes[child].next)
    }
    return items
  }

  /// The names of an object's members, in order; none for any other kind.
  var keys: Keys { Keys(document: document, at: kind == .object ? index + 1 : Int(node.next), end: Int(node.next)) }

  /// Steps from name to name without an array of them.
  struct Keys: Sequence, IteratorProtocol {
    let document: JSONDocument
    var at: Int
    let end: Int

    mutating func next() -> JSONElement? {
      guard at < end else { return nil }
      defer { at = Int(document.nodes[at + 1].next) }
      return JSONElement(document: document, index: at)
    }
  }

  /// Members of an object, in order; empty for any other kind.
  package var members: [(key: JSONElement, value: JSONElement)] {
    guard kind == .object else { return [] }
    var members: [(key: JSONElement, value: JSONElement)] = []
    var child = index + 1
    while child < Int(node.next) {
      members.append((JSONElement(document: document, index: child), JSONElement(document: document, index: child + 1)))
      child = Int(document.nodes[child + 1].next)
    }
    return members
  }

  /// The member of that name of an object.
  package subscript(name: StaticString) -> JSONElement? {
    document.member(name, of: index).map { JSONElement(document: document, index: $0) }
  }

  /// Whether this is a string of exactly these bytes. Bytes, since `==` on String is canonical equivalence.
  package func isText(_ text: StaticString) -> Bool { document.isText(text, at: index) }

  /// The value with all that it holds, detached from the document.
  package var value: JSONValue {
    switch kind {
    case .null: .null
    case .true: .bool(true)
    case .false: .bool(false)
    case .number: .number(numberText ?? "0")
    case .string: .string(string ?? "")
    case .array: .array(items.map(\.value))
    case .object: .object(members.map { .init(name: $0.key.string ?? "", value: $0.value.value) })
    }
  }
}
