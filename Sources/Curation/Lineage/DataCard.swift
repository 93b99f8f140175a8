import Posix
import Records
import TrainingLog

/// `curated/README.md`: what the dataset is, for whoever finds the folder without us. The front matter is Hugging Face's
/// (Hub documentation, "Dataset Cards"), so that the folder can be pushed as it is.
struct DataCard {
  private let root: JSONElement

  /// - Parameter manifest: as it stands in `manifest.json`.
  init(manifest: [UInt8]) throws(JSONError) { root = try JSONDocument(parsing: manifest).root }

  func write(to directory: DataDirectory) throws(SystemError) {
    try AtomicFile.replace(directory.dataCard, with: Array(text.utf8))
  }

  private func count(_ name: StaticString) -> Int { root[name]?.integer ?? 0 }

  var text: String { front + "\n" + head + counts + rules + columns }

  /// The sizes that the hub knows, in rows.
  private static let sizes = [
    (1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"),
  ]

  private var front: String {
    let size = Self.sizes.first { count("examples") < $0.0 }?.1 ?? "1M<n<10M"
    // One file holds both sides, which its column `split` tells apart; `all` is no name that `datasets` would take.
    let negatives =
      count("preferences") == 0
      ? "" : "\n- config_name: preferences\n  data_files:\n  - split: negatives\n    path: preferences.jsonl"
    return """
      ---
      pretty_name: Conversations about code
      task_categories:
      - text-generation
      tags:
      - conversational
      - code
      size_categories:
      - \(size)
      configs:
      - config_name: default
        default: true
        data_files:
        - split: curated
          path: training_data.jsonl\(negatives)
      ---

      """
  }

  private var head: String {
    """
    # Conversations about code

    Version `\(root["version"]?.string ?? "")`, made \(root["at"]?.string ?? "") by \(root["tool"]?.string ?? "") from \
    conversations between developers and an assistant. Personal data and secrets were removed before anything was \
    stored, and again looked for when this was made; no row names a user or a session.


    """
  }

  private var counts: String {
    """
    | rows | |
    | --- | ---: |
    | `training_data.jsonl` | \(count("examples")) |
    | of these to train | \(count("train")) |
    | of these held out | \(count("test")) |
    | `preferences.jsonl` (low-rated answers, originals of corrected ones) | \(count("preferences")) |

    Left out, each example under one reason: \(list(root["rejected"])).

    Languages: \(list(root["languages"])).


    """
  }

  /// `name n, name n`.
  private func list(_ counts: JSONElement?) -> String {
    let parts = (counts?.members ?? []).filter { ($0.value.integer ?? 0) > 0 }.map { key, value in
      Self.code(key.string ?? "") + " \(value.integer ?? 0)"
    }
    return parts.isEmpty ? "none" : parts.joined(separator: ", ")
  }

  private var rules: String {
    let rules = root["rules"]
    let near = rules?["near_duplicates"]
    return """
      ## How it was made

      Kept is what is rated \(rules?["good_score"]?.integer ?? 0) or better, unrated, or corrected by hand, with an \
      answer of at least \(rules?["answer_characters_min"]?.integer ?? 0) characters. Of texts with Jaccard ≥ \
      \(near?["jaccard"]?.numberText ?? "") of word \(near?["n"]?.integer ?? 0)-shingles \
      (\(near?["tokens"]?.string ?? ""); \(near?["text"]?.string ?? "")) the best rated is kept. The hold-out is drawn \
      by user, and no row changes its side from one version to the next; training rows with Jaccard ≥ \
      \(rules?["moat"]?["jaccard"]?.numberText ?? "") to a held-out one are left out.\(asked) All thresholds stand in \
      `manifest.json`, all earlier versions in `versions.jsonl`.


      """
  }

  /// What this run left out besides, because it was asked to.
  private var asked: String {
    var text = ""
    let optional = root["rules"]?["optional"]
    if let exclusion = optional?["contaminated"] {
      let files = (exclusion["files"]?.items ?? []).compactMap(\.string).map(Self.code).joined(separator: ", ")
      let words = exclusion["words"]?.integer ?? 0
      text += " Left out is what has \(words) words in a row with the evaluation sets \(files)."
    }
    let others = (optional?.members ?? []).compactMap(\.key.string).filter { $0 != "contaminated" }
    if !others.isEmpty { text += " Asked for besides: \(others.map(Self.code).joined(separator: ", "))." }
    return text
  }

  /// Names that could not stand in a text or a table are not ours.
  private static func code(_ name: String) -> String {
    "`" + name.replacing("`", with: "").replacing("\n", with: " ") + "`"
  }

  private var columns: String {
    """
    ## Columns

    `messages` (`role` and `content`; the last is the answer, the last of `user` its question, and between them may stand \
    what tools were called for) · `example_id` · `score` (1–5, 0 when \
    unrated) · `language` · `framework` · `complexity` · `model` · `date` · `split` (`train` or `test`). \
    `preferences.jsonl` has `reason` (`low_score` or `corrected`) as well. Both sides stand in one file: rows with `split` `test` are not to be \
    trained on.

    Answers are those of an assistant, good as its users found them, which is no proof that they are right.

    """
  }
}
