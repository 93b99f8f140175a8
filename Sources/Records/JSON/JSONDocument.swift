/// A strictly parsed JSON text (RFC 8259): the bytes and a flat list of nodes that point into them.
///
/// Strings are made only where a caller asks for one. Parsing checks everything the contract asks of JSON: UTF-8,
/// unique keys, paired surrogates, finite numbers, depth. A class, so that handing an element around costs one
/// reference count instead of one per array.
package final class JSONDocument: Sendable {
  package enum Kind: UInt8, Sendable {
    case null, `false`, `true`, number, string, array, object
  }

  struct Node {
    var kind: Kind
    /// For strings: the content has at least one backslash.
    var hasEscapes = false
    /// Byte range of the text; for strings without the quotes.
    var start: Int32
    var end: Int32
    /// Index of the node behind this one and all that it holds.
    var next: Int32
  }

  package static let depthMax = 32

  let bytes: [UInt8]
  let nodes: [Node]

  package init(parsing bytes: [UInt8]) throws(JSONError) {
    guard bytes.count < Int(Int32.max) else { throw JSONError(code: .tooLong, offset: 0) }
    var parser = JSONParser(bytes: bytes)
    try parser.parseText()
    self.nodes = parser.nodes
    self.bytes = bytes
  }

  package var root: JSONElement { JSONElement(document: self, index: 0) }

  /// The node of the member of that name of an object; nil also for what is none.
  func member(_ name: StaticString, of object: Int) -> Int? {
    guard nodes[object].kind == .object else { return nil }
    var child = object + 1
    while child < Int(nodes[object].next) {
      if isText(name, at: child) { return child + 1 }
      child = Int(nodes[child + 1].next)
    }
    return nil
  }

  /// Whether a node is a string of exactly these bytes.
  func isText(_ text: StaticString, at index: Int) -> Bool {
    let node = nodes[index]
    guard node.kind == .string else { return false }
    if node.hasEscapes {
      return JSONText.decodes(
        bytes[Int(node.start)..<Int(node.end)],
        to: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }
    guard Int(node.end - node.start) == text.utf8CodeUnitCount else { return false }
    // In bounds: offset is below the literal's own length.
    for offset in 0..<text.utf8CodeUnitCount where bytes[Int(node.start) + offset] != text.utf8Start[offset] {
      return false
    }
    return true
  }
}
