import Records

/// `manifest.json`: how the dataset was made and what is in it. One object in one line, also a line of `versions.jsonl`.
/// Of a run that writes nothing the same, without what only a file has.
///
/// `version` is the head of the dataset's own hash, so that equal datasets have equal versions. Counts are of rows, but
/// for `rejected` (live examples, each under one reason), `overlaps` (live examples that break two rules for one record)
/// and `damaged` (lines of all files read). `expired` rows are those whose raw record is gone.
struct Manifest {
  let tool: String
  let rules: CurationRules
  let rows: Rows
  let outcome: Outcome
  /// nil for what a run would do.
  var publication: Publication?

  /// What is chosen for the two files.
  struct Rows {
    let train: Int
    let test: Int
    let preferences: Int
    let expired: Int

    init(_ selection: Selection) {
      test = selection.dataset.count { $0.side == .test }
      train = selection.dataset.count - test
      preferences = selection.negatives.count
      expired = selection.dataset.count { !$0.isLive }
    }
  }

  /// What was decided and met on the way.
  struct Outcome {
    var rejected = RejectionCounts()
    /// `a+b` → examples, ordered by name.
    var overlaps: [(String, Int)] = []
    var damaged = 0
    var damagedLines: [Survey.DamagedLine] = []
    var inputs: [CurationInput] = []
  }

  /// The files that were written.
  struct Publication {
    let at: Timestamp
    let dataset: DatasetWriter
    let negatives: DatasetWriter

    var version: String { String(dataset.sha256.prefix(16)) }
  }

  /// More would only make the manifest long.
  private static let damagedLinesMax = 20

  var bytes: [UInt8] {
    var writer = JSONWriter()
    writer.object { object in
      if let publication {
        object.key("version")
        object.string(publication.version)
        object.key("at")
        object.string(publication.at.description)
      } else {
        object.key("dry_run")
        object.bool(true)
      }
      object.key("tool")
      object.string(tool)
      for (name, count) in [
        ("examples", rows.train + rows.test), ("train", rows.train), ("test", rows.test),
        ("preferences", rows.preferences),
      ] {
        object.count(name, count)
      }
      object.key("rejected")
      outcome.rejected.write(to: &object)
      object.key("overlaps")
      object.object { pairs in for (name, count) in outcome.overlaps { pairs.count(name, count) } }
      object.key("rules")
      rules.write(to: &object)
      if let publication {
        object.key("languages")
        object.counts(publication.dataset.languages)
      }
      object.count("expired", rows.expired)
      object.count("damaged", outcome.damaged)
      object.key("damaged_lines")
      object.array { lines in
        for line in outcome.damagedLines.prefix(Self.damagedLinesMax) { lines.damaged(line) }
      }
      object.key("inputs")
      object.array { list in for input in outcome.inputs { list.input(input) } }
      guard let publication else { return }
      object.key("files")
      object.object { files in
        files.key("training_data.jsonl")
        files.string(publication.dataset.sha256)
        files.key("preferences.jsonl")
        files.string(publication.negatives.sha256)
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
