import Records
import TrainingLog

/// What is known of an example or of a version of the dataset: the answer of `cerberus lineage`.
package enum LineageReport {
  package enum Subject: Equatable {
    case example(String)
    case version(String)

    /// A UUID, or the 16 hexadecimal digits of a version.
    package init?(_ text: String) {
      let text = text.lowercased()
      if UUIDText.parse(text) != nil {
        self = .example(text)
      } else if text.utf8.count == 16, UInt64(text, radix: 16) != nil, !text.hasPrefix("+") {
        self = .version(text)
      } else {
        return nil
      }
    }
  }

  /// nil for what was never in the dataset, is erased, or has expired.
  ///
  /// - Parameter erasures: what they hide is not shown, though it may still be there.
  package static func json(
    of subject: Subject, _ directory: DataDirectory, hiding erasures: ErasureJournal?
  ) throws -> [UInt8]? {
    var lineage = try Lineage(directory)
    if let erasures { lineage.forget(erasures.hides) }
    let entries = try VersionList(directory).entries()
    switch subject {
    case .example(let text):
      guard let id = UUIDText.parse(text) else { return nil }
      let versions = lineage.versions { ($0.high, $0.low) == id }
      guard !versions.isEmpty else { return nil }
      let isHeld = lineage.stays.contains { ($0.high, $0.low) == id && $0.last == Lineage.Stay.open }
      return example(text, versions, entries, isHeld: isHeld)
    case .version(let version):
      guard let entry = entries.last(where: { $0["version"]?.string == version }) else { return nil }
      return self.version(
        entry, lineage.examples(of: version), runs: entries.count { $0["version"]?.string == version })
    }
  }

  private static func example(
    _ id: String, _ versions: [String], _ entries: [JSONElement], isHeld: Bool
  ) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { object in
      object.key("example_id")
      object.string(id)
      object.key("in_dataset")
      object.bool(isHeld)
      object.key("versions")
      object.array { list in
        for version in versions {
          let entry = entries.first { $0["version"]?.string == version }
          list.object { object in
            object.key("version")
            object.string(version)
            object.key("at")
            object.string(entry?["at"]?.string ?? "")
            object.count("examples", entry?["examples"]?.integer ?? 0)
          }
        }
      }
    }
    return writer.bytes
  }

  /// The entry of `versions.jsonl`, and the ids of its rows as far as they are still known.
  private static func version(_ entry: JSONElement, _ examples: [String], runs: Int) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { object in
      for (key, value) in entry.members {
        object.key(key.string ?? "")
        object.value(value.value)
      }
      object.count("runs", runs)
      object.count("known_rows", examples.count)
      object.key("known_ids")
      object.array { list in for id in examples { list.string(id) } }
    }
    return writer.bytes
  }
}

/// `versions.jsonl`: the manifests of all runs, a line each.
struct VersionList {
  private let path: String

  init(_ directory: DataDirectory) { path = directory.versions }

  /// In the order of the runs; lines that are none are passed over.
  func entries() throws -> [JSONElement] {
    var entries: [JSONElement] = []
    guard let file = try ReadOnlyFile.open(ifPresent: path) else { return [] }
    try LineReader().read(file) { line, _ in
      if let root = try? JSONDocument(parsing: line).root { entries.append(root) }
    }
    return entries
  }
}
