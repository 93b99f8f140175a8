import Privacy
import Records

/// `backup.json`, the last member of a backup: what is in it, so that a restore can tell that nothing is missing and
/// nothing has changed.
package struct BackupManifest: Equatable, Sendable {
  package struct File: Equatable, Sendable {
    /// Below the data directory.
    package let name: String
    package let bytes: Int
    /// Line ends.
    package let lines: Int
    /// In hexadecimal.
    package let sha256: String
  }

  static let name = "backup.json"
  /// Raised when a restore by an earlier version would go wrong.
  private static let format = 1

  package let made: Timestamp
  package let tool: String
  /// Whether the pepper is among the files.
  package let hasPepper: Bool
  /// Tells the right pepper from another without giving it away; nil where the backup did not know it.
  let pepperCheck: String?
  /// The old peppers that found records when it was made (`FormerPepper.id`), be they among the files or not.
  let formerPeppers: [String]
  package internal(set) var files: [File] = []

  package var bytes: Int { files.reduce(0) { $0 + $1.bytes } }

  /// Lines of conversations.
  package var records: Int {
    files.reduce(0) { $0 + ($1.name.hasPrefix("training_logs/conversations_") ? $1.lines : 0) }
  }

  init(made: Timestamp, tool: String, hasPepper: Bool, pepper: [UInt8]?, former: [FormerPepper] = []) {
    self.made = made
    self.tool = tool
    self.hasPepper = hasPepper
    pepperCheck = pepper.map(Self.check)
    formerPeppers = former.map(\.id)
  }

  /// 64 bits of a keyed hash: none of the 256 random bits of a pepper can be found from it.
  static func check(_ pepper: [UInt8]) -> String {
    String(HMACSHA256(key: pepper).authenticate { $0.update("backup:pepper".utf8) }.hex.prefix(16))
  }

  var json: [UInt8] {
    var writer = JSONWriter()
    writer.object { object in
      object.key("format")
      object.integer(Self.format)
      object.key("made")
      object.string(made.description)
      object.key("tool")
      object.string(tool)
      object.key("pepper")
      object.bool(hasPepper)
      object.key("pepper_check")
      if let pepperCheck { object.string(pepperCheck) } else { object.null() }
      object.key("former_peppers")
      object.array { list in for id in formerPeppers { list.string(id) } }
      object.key("files")
      object.array { list in
        for file in files {
          list.object { object in
            object.key("name")
            object.string(file.name)
            object.key("bytes")
            object.integer(file.bytes)
            object.key("lines")
            object.integer(file.lines)
            object.key("sha256")
            object.string(file.sha256)
          }
        }
      }
    }
    return writer.bytes + [UInt8(ascii: "\n")]
  }

  /// nil for anything but what `json` gives, and for a later format.
  init?(_ json: [UInt8]) {
    guard let root = try? JSONDocument(parsing: json).root, root["format"]?.integer == Self.format,
      let made = root["made"]?.string.flatMap({ Timestamp(rfc3339: $0) }), let tool = root["tool"]?.string,
      let hasPepper = root["pepper"]?.value, let check = root["pepper_check"], let list = root["files"],
      list.kind == .array, check.isNull || check.string != nil
    else { return nil }
    let files = list.items.compactMap { item -> File? in
      guard let name = item["name"]?.string, let bytes = item["bytes"]?.integer, let lines = item["lines"]?.integer,
        let sha256 = item["sha256"]?.string
      else { return nil }
      return File(name: name, bytes: bytes, lines: lines, sha256: sha256)
    }
    // Backups of earlier versions do not say.
    let former = root["former_peppers"]?.items ?? []
    formerPeppers = former.compactMap(\.string)
    guard files.count == list.items.count, formerPeppers.count == former.count else { return nil }
    self.made = made
    self.tool = tool
    self.hasPepper = hasPepper == .bool(true)
    pepperCheck = check.string
    self.files = files
  }
}
