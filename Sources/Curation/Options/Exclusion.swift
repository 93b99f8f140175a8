import Records
import TrainingLog

/// Evaluation sets of which nothing may be learnt: an example that has 13 words in a row with one of them is contaminated
/// (Brown et al., 2020, "Language Models are Few-Shot Learners", appendix C). With eight words half of all code would be.
///
/// A line that is a JSON object or array counts with each of its strings; other lines are one text as long as they follow
/// each other. A text of fewer words excludes nothing.
package struct Exclusion: Sendable {
  package static let words = 13

  /// Where a run stands in the sets.
  struct Place: Hashable, Sendable {
    let file: Int32
    /// From 1.
    let line: Int32
  }

  struct Hit: Sendable {
    let place: Place
    /// The words, one space between them.
    let span: String
  }

  /// Names of the files, without their folders.
  let files: [String]
  /// The files, as they were read: their text, decompressed, each line with an LF.
  private(set) var inputs: [CurationInput] = []
  private var runs: [UInt64: Place] = [:]

  /// Whether no text is long enough to exclude anything.
  package var isEmpty: Bool { runs.isEmpty }

  /// - Parameter paths: JSON lines or text, plain or compressed with gzip.
  package init(_ paths: [String]) throws(CurationOrder.Failure) {
    files = paths.map { String($0.split(separator: "/").last ?? "") }
    for (number, path) in paths.enumerated() {
      let found = Found(runs, file: Int32(number))
      do {
        try LineStream(file: ReadOnlyFile(path)).read { line, lineNumber in
          found.input.add(line)
          if let root = try? JSONDocument(parsing: line).root, root.kind == .object || root.kind == .array {
            found.add(root, line: Int32(clamping: lineNumber))
          } else {
            found.add(line, line: Int32(clamping: lineNumber))
          }
        }
      } catch { throw .unreadable(files[number]) }
      runs = found.runs
      inputs.append(found.input.finish(files[number]))
    }
  }

  /// What the closure that gets the lines writes to.
  private final class Found {
    var runs: [UInt64: Place]
    var input = CurationInput.Lines()
    private let file: Int32
    private var words = WordRuns()

    init(_ runs: [UInt64: Place], file: Int32) {
      self.runs = runs
      self.file = file
    }

    func add(_ text: some Sequence<UInt8>, line: Int32) {
      words.add(text) { run, _ in if runs[run] == nil { runs[run] = Place(file: file, line: line) } }
    }

    func add(_ element: JSONElement, line: Int32) {
      words.end()
      if let text = element.string { add(text.utf8, line: line) }
      for item in element.items { add(item, line: line) }
      for (_, value) in element.members { add(value, line: line) }
      words.end()
    }
  }

  /// The first run of one of the texts that stands in the sets.
  func hit(in texts: [String]) -> Hit? {
    for text in texts {
      var words = WordRuns()
      var hit: Hit?
      let bytes = Array(text.utf8)
      words.add(bytes) { run, end in
        guard hit == nil, let place = runs[run] else { return }
        hit = Hit(place: place, span: WordRuns.span(bytes, end: end))
      }
      if let hit { return hit }
    }
    return nil
  }
}

extension Exclusion {
  /// Every text of a record that would be trained on.
  func hit(in conversation: Conversation, correction: String?) -> Hit? {
    hit(
      in: [conversation.userMessage, conversation.assistantMessage] + conversation.history.map(\.content)
        + (correction.map { [$0] } ?? []))
  }
}
