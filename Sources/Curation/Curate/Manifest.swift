import Records

/// `manifest.json`: how the dataset was made and what is in it. One object in one line, also a line of `versions.jsonl`.
///
/// `version` is the head of the dataset's own hash, so that equal datasets have equal versions. Counts are of rows, but
/// for `rejected` (live examples, each under one reason) and `damaged` (lines of all files read). `expired` rows are those
/// whose raw record is gone.
struct Manifest {
  let at: Timestamp
  let tool: String
  let dataset: DatasetWriter
  let negatives: DatasetWriter
  let rejected: RejectionCounts
  let rules: QualityRules
  let damaged: Int
  /// SHA-256 of each file, in hexadecimal.
  let hashes: (dataset: String, negatives: String)

  var bytes: [UInt8] {
    var writer = JSONWriter()
    writer.object { object in
      object.key("version")
      object.string(String(hashes.dataset.prefix(16)))
      object.key("at")
      object.string(at.description)
      object.key("tool")
      object.string(tool)
      for (name, count) in [
        ("examples", dataset.rows), ("train", dataset.train), ("test", dataset.test), ("preferences", negatives.rows),
      ] {
        object.key(name)
        object.integer(count)
      }
      object.key("rejected")
      rejected.write(to: &object)
      object.key("rules")
      writeRules(to: &object)
      object.key("languages")
      object.object { languages in
        for (name, count) in dataset.languages.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
          languages.key(name)
          languages.integer(count)
        }
      }
      object.key("expired")
      object.integer(dataset.expired)
      object.key("damaged")
      object.integer(damaged)
      object.key("files")
      object.object { files in
        files.key("training_data.jsonl")
        files.string(hashes.dataset)
        files.key("preferences.jsonl")
        files.string(hashes.negatives)
      }
    }
    return writer.bytes
  }

  private func writeRules(to writer: inout JSONWriter) {
    writer.object { object in
      object.key("good_score")
      object.integer(rules.goodScore)
      object.key("answer_characters_min")
      object.integer(rules.answerCharactersMin)
      object.key("duplicates")
      object.string("exact: question and published answer, white space folded")
      object.key("hold_out")
      object.string("by user, one in \(HoldOut.oneIn)")
    }
  }
}
