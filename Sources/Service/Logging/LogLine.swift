import Logging
import Posix
import Records

/// An event as one line of JSON: `time` (RFC 3339, UTC, ms), `level`, `event`, and what is known of it, by name.
enum LogLine {
  static func bytes(level: Logger.Level, message: String, metadata: Logger.Metadata) -> [UInt8] {
    var writer = JSONWriter(reserving: 256)
    writer.object { line in
      line.key("time")
      line.string(Timestamp(milliseconds: Clocks.unixMilliseconds()).description)
      line.key("level")
      line.string(level.rawValue)
      line.key("event")
      line.string(message)
      for (name, value) in metadata.sorted(by: { $0.key < $1.key }) {
        line.key(name)
        append(value, to: &line)
      }
    }
    return writer.bytes + [UInt8(ascii: "\n")]
  }

  /// Numbers and truth values stay what they are; whatever else converts itself to text becomes a string.
  private static func append(_ value: Logger.MetadataValue, to line: inout JSONWriter) {
    switch value {
    case .string(let text): line.string(text)
    case .stringConvertible(let number as Int): line.integer(number)
    case .stringConvertible(let number as Double) where number.isFinite: line.number(number)
    case .stringConvertible(let flag as Bool): line.bool(flag)
    case .stringConvertible(let other): line.string(other.description)
    case .array(let values): line.array { for value in values { append(value, to: &$0) } }
    case .dictionary(let members):
      line.object { object in
        for (name, value) in members.sorted(by: { $0.key < $1.key }) {
          object.key(name)
          append(value, to: &object)
        }
      }
    }
  }
}
