import Records
import TrainingLog

/// What `manifest.json` says of the last run; the empty dataset where there was none.
package struct DatasetSummary {
  package var examples = 0
  var train = 0
  var test = 0
  var expired = 0
  var rejected = RejectionCounts(reasons: RejectionCounts.always)
  /// Content hash, and when it was made; "" before the first run.
  package var version = ""
  var at = ""

  package init(_ directory: DataDirectory) {
    self.init((try? readFile(directory.manifest)) ?? [])
  }

  /// Without the rows that wait to be erased.
  init(_ directory: DataDirectory, hiding erasures: ErasureJournal?) {
    self.init(directory)
    guard let hidden = erasures?.coveredRows(of: version) else { return }
    train = max(0, train - hidden.train)
    test = max(0, test - hidden.test)
    examples = max(0, examples - hidden.train - hidden.test)
  }

  /// Of a manifest.
  package init(_ bytes: [UInt8]) {
    guard let root = try? JSONDocument(parsing: bytes).root else { return }
    examples = root["examples"]?.integer ?? 0
    train = root["train"]?.integer ?? 0
    test = root["test"]?.integer ?? 0
    expired = root["expired"]?.integer ?? 0
    let reasons = (root["rejected"]?.members ?? []).compactMap { member in
      member.key.string.flatMap(LeftOut.init(rawValue:)).map { ($0, member.value.integer ?? 0) }
    }
    rejected = RejectionCounts(reasons: reasons.map(\.0))
    for (reason, count) in reasons { rejected[reason] = count }
    version = root["version"]?.string ?? ""
    at = root["at"]?.string ?? ""
  }

  /// By name, for the audit log.
  package var counts: [(String, Int)] { [("examples", examples), ("train", train), ("test", test)] }

  func write(to writer: inout JSONWriter) {
    writer.object { object in
      for (name, count) in counts { object.count(name, count) }
      object.key("rejected")
      rejected.write(to: &object)
      object.key("version")
      object.string(version)
      object.key("at")
      object.string(at)
    }
  }
}

/// Which dataset lies there.
package enum DatasetVersion {
  /// Of the last run; "" before the first.
  package static func last(in directory: DataDirectory) -> String { DatasetSummary(directory).version }
}
