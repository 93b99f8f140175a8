import Privacy
import Records

/// A line of `state/split.jsonl` and of `state/inherited.jsonl`: `{"group":"<16 hex digits>","side":"train"}` or
/// `{"text":…}`, the digits of a keyed hash (`HoldOut`).
package struct SideLine: Equatable, Sendable {
  package enum Key: Hashable, Sendable {
    case group(UInt64)
    case text(UInt64)
  }

  package let key: Key
  package let side: Side

  package init(_ key: Key, _ side: Side) {
    self.key = key
    self.side = side
  }

  /// nil for what is no such line.
  package init?(_ line: [UInt8]) {
    guard let root = try? JSONDocument(parsing: line).root,
      let side = root["side"]?.string.flatMap(Side.init(rawValue:))
    else { return nil }
    func number(_ element: JSONElement?) -> UInt64? { element?.string.flatMap { Pseudonym(hex: $0)?.value } }
    if let group = number(root["group"]) {
      self.init(.group(group), side)
    } else if let text = number(root["text"]) {
      self.init(.text(text), side)
    } else {
      return nil
    }
  }

  package var bytes: [UInt8] {
    var writer = JSONWriter(reserving: 64)
    writer.object { object in
      switch key {
      case .group(let hash):
        object.key("group")
        object.string(Pseudonym(value: hash).hex)
      case .text(let hash):
        object.key("text")
        object.string(Pseudonym(value: hash).hex)
      }
      object.key("side")
      object.string(side.rawValue)
    }
    return writer.bytes
  }
}
