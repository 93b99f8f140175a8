import Records

/// The manifest of a run as what people ask of it: how many rows, what was left out and why. The rest, file by file, is
/// in the manifest itself.
struct CurationView {
  private static let languagesMax = 8

  let manifest: JSONElement
  let style: Style

  var lines: [String] {
    [style.heading(version == nil ? "Dataset as it would be" : "Dataset")] + rows + leftOut + languages + ["", next]
  }

  /// nil where nothing was written.
  private var version: String? { manifest["version"]?.string }

  private var rows: [String] {
    let negatives = count("preferences")
    var lines = [
      "  \(Figure.count(count("examples"), "example")), \(figure("train")) to train and \(figure("test")) held out"
        + (negatives > 0 ? "; \(Figure.count(negatives, "negative"))" : "")
    ]
    if count("expired") > 0 { lines.append("  \(figure("expired")) of them have outlived their raw records") }
    if count("damaged") > 0 {
      lines.append("  \(Figure.count(count("damaged"), "damaged line")) passed over, see `cerberus verify`")
    }
    if let version { lines.append("  version \(version) of \(manifest["at"]?.string ?? "-")") }
    return lines
  }

  private var leftOut: [String] {
    let counts = CountRows(manifest["rejected"])
    return counts.isEmpty ? [] : ["", style.heading("Left out")] + counts.table(style).lines()
  }

  private var languages: [String] {
    let counts = CountRows(manifest["languages"])
    guard !counts.isEmpty else { return [] }
    let more = counts.rows.count - Self.languagesMax
    return ["", style.heading("Languages")] + counts.table(style, most: Self.languagesMax).lines()
      + (more > 0 ? ["  and \(more) more, see --json"] : [])
  }

  private var next: String {
    if version == nil { return "Nothing was written." }
    return count("examples") > 0
      ? "Next: `cerberus export --output training_v1.jsonl`; all about this run: curated/manifest.json, or --json"
      : "No row yet: log conversations, have them rated, and run it again."
  }

  private func count(_ name: StaticString) -> Int { manifest[name]?.integer ?? 0 }
  private func figure(_ name: StaticString) -> String { Figure.count(count(name)) }
}
