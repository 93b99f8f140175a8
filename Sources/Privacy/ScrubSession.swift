/// The scrubbing of one record: remembers which value got which number.
///
/// Placeholders already in the text are inert: they are neither touched nor counted and do not move the numbering, so
/// scrubbing scrubbed text changes nothing.
package struct ScrubSession: Sendable {
  /// Distinct values removed so far, without the counts the session started above.
  package private(set) var redactions = Redactions()

  private let rules: CompiledRules
  private let base: Redactions
  private var numbers = ValueNumbers()

  init(rules: CompiledRules, startingAbove base: Redactions) {
    self.rules = rules
    self.base = base
  }

  /// The text without its personal data; the very same String when there is none.
  package mutating func scrub(_ text: String) -> String {
    var text = text
    // The bytes are read only inside the closure; nothing keeps the pointer.
    let spans = text.withUTF8 { Scan.spans(in: $0, by: rules) }
    if spans.isEmpty { return text }
    var bytes = Array(text.utf8)
    replace(spans, in: &bytes)
    // Spans begin and end at ASCII or scalar boundaries, so decoding repairs nothing.
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The same of UTF-8, where it stands.
  mutating func scrub(_ bytes: inout [UInt8]) {
    // As above.
    let spans = bytes.withUnsafeBufferPointer { Scan.spans(in: $0, by: rules) }
    if !spans.isEmpty { replace(spans, in: &bytes) }
  }

  /// What stands round the replacements is scanned once more, so that scrubbing the result finds nothing: a placeholder can
  /// end a value or begin one where the raw text did not. Four rounds bound the time; two are the rule.
  private mutating func replace(_ spans: [Scan.Span], in bytes: inout [UInt8]) {
    var spans = spans
    for _ in 1..<4 {
      let windows = replaceOnce(spans, in: &bytes)
      spans = bytes.withUnsafeBufferPointer { Scan.spans(in: $0, by: rules, windows: windows) }
      if spans.isEmpty { return }
    }
    _ = replaceOnce(spans, in: &bytes)
  }

  /// `spans` are ascending, disjoint and within `bytes`. Returns what is to be scanned again: farther from a placeholder
  /// than this, no rule looks.
  private mutating func replaceOnce(_ spans: [Scan.Span], in bytes: inout [UInt8]) -> [Range<Int>] {
    var windows: [Range<Int>] = []
    var placeholders: [UInt8] = []
    var ends: [Int] = []
    // How much longer the text has become so far, and at most.
    var (grown, most) = (0, 0)
    for span in spans {
      let (number, quotes) = bytes.withUnsafeBufferPointer {
        (
          numbers.number(of: UnsafeBufferPointer(rebasing: $0[span.start..<span.end]), type: span.type),
          ScrubSession.quotes(of: span, in: $0)
        )
      }
      redactions[span.type] = max(redactions[span.type], number)
      let first = placeholders.count
      placeholders.append(contentsOf: quotes)
      placeholders.append(0x5B)
      placeholders.append(contentsOf: span.type.rawValue.utf8)
      placeholders.append(0x5F)
      placeholders.append(contentsOf: String(base[span.type] + number).utf8)
      placeholders.append(0x5D)
      placeholders.append(contentsOf: quotes)
      ends.append(placeholders.count)
      let start = span.start + grown
      let low = max(0, start - ScrubSession.reach)
      let high = start + placeholders.count - first + ScrubSession.reach
      if let last = windows.last, last.upperBound >= low {
        windows[windows.count - 1] = last.lowerBound..<high
      } else {
        windows.append(low..<high)
      }
      grown += placeholders.count - first - (span.end - span.start)
      most = max(most, grown)
    }
    // What is written never overtakes what is read: the text begins that much later.
    bytes.insert(contentsOf: repeatElement(0, count: most), at: 0)
    let count = bytes.count
    let end = bytes.withUnsafeMutableBufferPointer { all in
      var (read, written, placeholder) = (most, 0, 0)
      func move(to end: Int) {
        // In bounds: both ends are within the text, and `written` is not beyond `read`.
        if end > read { (all.baseAddress! + written).update(from: all.baseAddress! + read, count: end - read) }
        written += end - read
        read = end
      }
      for (span, end) in zip(spans, ends) {
        move(to: most + span.start)
        for byte in placeholders[placeholder..<end] {
          all[written] = byte
          written += 1
        }
        placeholder = end
        read = most + span.end
      }
      move(to: count)
      return written
    }
    bytes.removeLast(count - end)
    return windows.map { $0.clamped(to: 0..<end) }
  }

  /// The farthest that a rule looks for a word of context.
  private static let reach = 192
}
