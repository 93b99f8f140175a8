import Records

/// `manifest.json`: how the dataset was made and what is in it. One object in one line, also a line of `versions.jsonl`.
///
/// `version` is the head of the dataset's own hash, so that equal datasets have equal versions. Counts are of rows, but
/// for `rejected` (live examples, each under one reason), `overlaps` (live examples that break two rules for one record)
/// and `damaged` (lines of all files read). `expired` rows are those whose raw record is gone.
struct Manifest {
  let at: Timestamp
  let tool: String
  let dataset: DatasetWriter
  let negatives: DatasetWriter
  let outcome: Outcome
  let rules: CurationRules

  var version: String { String(dataset.sha256.prefix(16)) }

  /// What was decided and met on the way.
  struct Outcome {
    var rejected = RejectionCounts()
    /// `a+b` → examples, ordered by name.
    var overlaps: [(String, Int)] = []
    var damaged = 0
    var damagedLines: [Survey.DamagedLine] = []
    var inputs: [CurationInput] = []
  }

  /// More would only make the manifest long.
  private static let damagedLinesMax = 20

  var bytes: [UInt8] {
    var writer = JSONWriter()
    writer.object { object in
      object.key("version")
      object.string(version)
      object.key("at")
      object.string(at.description)
      object.key("tool")
      object.string(tool)
      for (name, count) in [
        ("examples", dataset.rows), ("train", dataset.train), ("test", dataset.test), ("preferences", negatives.rows),
      ] {
        object.count(name, count)
      }
      object.key("rejected")
      outcome.rejected.write(to: &object)
      object.key("overlaps")
      object.object { pairs in for (name, count) in outcome.overlaps { pairs.count(name, count) } }
      object.key("rules")
      rules.write(to: &object)
      object.key("languages")
      object.counts(dataset.languages)
      object.count("expired", dataset.expired)
      object.count("damaged", outcome.damaged)
      object.key("damaged_lines")
      object.array { lines in
        for line in outcome.damagedLines.prefix(Self.damagedLinesMax) { lines.damaged(line) }
      }
      object.key("inputs")
      object.array { list in for input in outcome.inputs { list.input(input) } }
      object.key("files")
      object.object { files in
        files.key("training_data.jsonl")
        files.string(dataset.sha256)
        files.key("preferences.jsonl")
        files.string(negatives.sha256)
      }
    }
    return writer.bytes
  }
}

extension JSONWriter {
  /// An object of names and numbers, ordered by name.
  mutating func counts(_ counts: [String: Int]) {
    object { object in
      for (name, count) in counts.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
        object.count(name, count)
      }
    }
  }

  fileprivate mutating func damaged(_ line: Survey.DamagedLine) {
    object { object in
      object.key("file")
      object.string(line.file)
      object.count("line", line.line)
      object.key("reason")
      object.string(line.reason)
    }
  }
}
