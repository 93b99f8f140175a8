import Posix
import Privacy
import Records

/// A pepper that was replaced and still finds the records of its time: a line of `state/pepper.old`,
/// `{"id":"8 hex digits","replaced":"RFC 3339","pepper":"64 hex digits"}`.
package struct FormerPepper: Equatable, Sendable {
  let pepper: [UInt8]
  package let replaced: Timestamp

  init(_ pepper: [UInt8], replaced: Timestamp) {
    self.pepper = pepper
    self.replaced = replaced
  }

  /// Names it without giving anything of it away.
  package var id: String { Self.id(of: pepper) }

  static func id(of pepper: [UInt8]) -> String {
    String(HMACSHA256(key: pepper).authenticate { $0.update("pepper:id".utf8) }.hex.prefix(8))
  }

  /// nil for what is no such line, and for one whose id is of another pepper.
  private init?(_ line: [UInt8]) {
    guard let root = try? JSONDocument(parsing: line).root,
      let replaced = root["replaced"]?.string.flatMap({ Timestamp(rfc3339: $0) }),
      let pepper = root["pepper"]?.string.flatMap(bytes(ofHex:)), pepper.count == Pseudonymizer.pepperBytes,
      root["id"]?.string == Self.id(of: pepper)
    else { return nil }
    self.init(pepper, replaced: replaced)
  }

  private var line: [UInt8] {
    var writer = JSONWriter()
    writer.object { object in
      object.key("id")
      object.string(id)
      object.key("replaced")
      object.string(replaced.description)
      object.key("pepper")
      object.string(hex(pepper))
    }
    return writer.bytes + [UInt8(ascii: "\n")]
  }
}

extension FormerPepper {
  static func content(_ peppers: [FormerPepper]) -> [UInt8] { peppers.flatMap(\.line) }

  /// What `content` gives, the oldest first; nil for anything else.
  static func list(_ content: [UInt8]) -> [FormerPepper]? {
    let lines = content.split(separator: UInt8(ascii: "\n"))
    let peppers = lines.compactMap { FormerPepper(Array($0)) }
    return peppers.count == lines.count ? peppers : nil
  }

  /// Of a file; none where there is no such file.
  package static func read(_ path: String) throws(Secrets.Failure) -> [FormerPepper] {
    let content: [UInt8]?
    do throws(SystemError) { content = try readFile(path) } catch { throw .system(error) }
    guard let peppers = list(content ?? []) else { throw .badFormerPeppers }
    return peppers
  }
}
