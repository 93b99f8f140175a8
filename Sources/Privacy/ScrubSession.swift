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
    // The bytes are read only inside the closure; nothing keeps the pointer. Spans begin and end at ASCII or scalar
    // boundaries, so decoding repairs nothing.
    return text.withUTF8 { scrub($0) }.map { String(decoding: $0, as: UTF8.self) } ?? text
  }

  /// The same of UTF-8; nil when there is none.
  mutating func scrub(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    guard var output = scrubOnce(bytes, nil) else { return nil }
    // What stands round the replacements is scanned once more, so that scrubbing the result finds nothing: a placeholder
    // can end a value or begin one where the raw text did not. Four rounds bound the time; two are the rule.
    for _ in 1..<4 {
      // As above.
      guard let next = output.bytes.withUnsafeBufferPointer({ scrubOnce($0, output.windows) }) else { break }
      output = next
    }
    return output.bytes
  }

  private mutating func scrubOnce(
    _ bytes: UnsafeBufferPointer<UInt8>, _ windows: [Range<Int>]?
  ) -> (bytes: [UInt8], windows: [Range<Int>])? {
    let spans = Scan.spans(in: bytes, by: rules, windows: windows)
    return spans.isEmpty ? nil : replace(spans, in: bytes)
  }

  /// `spans` are ascending, disjoint and within `bytes`. Also gives what is to be scanned again: farther from a
  /// placeholder than this, no rule looks.
  private mutating func replace(
    _ spans: [Scan.Span], in bytes: UnsafeBufferPointer<UInt8>
  ) -> (bytes: [UInt8], windows: [Range<Int>]) {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count + 16 * spans.count)
    var windows: [Range<Int>] = []
    var copied = 0
    for span in spans {
      output.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[copied..<span.start]))
      let start = output.count
      let number = numbers.number(of: UnsafeBufferPointer(rebasing: bytes[span.start..<span.end]), type: span.type)
      redactions[span.type] = max(redactions[span.type], number)
      output.append(0x5B)
      output.append(contentsOf: span.type.rawValue.utf8)
      output.append(0x5F)
      output.append(contentsOf: String(base[span.type] + number).utf8)
      output.append(0x5D)
      copied = span.end
      let low = max(0, start - ScrubSession.reach)
      if let last = windows.last, last.upperBound >= low {
        windows[windows.count - 1] = last.lowerBound..<output.count + ScrubSession.reach
      } else {
        windows.append(low..<output.count + ScrubSession.reach)
      }
    }
    output.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[copied...]))
    return (output, windows.map { $0.clamped(to: 0..<output.count) })
  }

  /// The farthest that a rule looks for a word of context.
  private static let reach = 192
}
