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
    var disguise = Disguise()
    let spans = text.withUTF8 { Scan.spans(in: $0, by: rules, undoing: &disguise) }
    if spans.isEmpty { return text }
    var bytes = Array(text.utf8)
    replace(spans, in: &bytes, &disguise)
    // Spans begin and end at ASCII or scalar boundaries, so decoding repairs nothing.
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The same of UTF-8, where it stands.
  mutating func scrub(_ bytes: inout [UInt8]) {
    var disguise = Disguise()
    // As above.
    let spans = bytes.withUnsafeBufferPointer { Scan.spans(in: $0, by: rules, undoing: &disguise) }
    if !spans.isEmpty { replace(spans, in: &bytes, &disguise) }
  }

  /// What stands round the replacements is scanned once more, so that scrubbing the result finds nothing: a placeholder can
  /// end a value or begin one where the raw text did not. Four rounds bound the time; two are the rule.
  private mutating func replace(_ spans: [Scan.Span], in bytes: inout [UInt8], _ disguise: inout Disguise) {
    var spans = spans
    for _ in 1..<4 {
      let windows = replaceOnce(spans, in: &bytes)
      spans = bytes.withUnsafeBufferPointer { Scan.spans(in: $0, by: rules, undoing: &disguise, windows: windows) }
      if spans.isEmpty { return }
    }
    _ = replaceOnce(spans, in: &bytes)
  }

  /// `spans` are ascending, disjoint and within `bytes`. Returns what is to be scanned again: farther from a placeholder
  /// than this, no rule looks.
  private mutating func replaceOnce(_ spans: [Scan.Span], in bytes: inout [UInt8]) -> [Range<Int>] {
    var windows: [Range<Int>] = []
    var placeholders: [UInt8] = []
    var moves: [Move] = []
    // How much longer the text has become so far.
    var grown = 0
    for (place, span) in spans.enumerated() {
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
      let start = span.start + grown
      let low = max(0, start - ScrubSession.reach)
      let high = start + placeholders.count - first + ScrubSession.reach
      if let last = windows.last, last.upperBound >= low {
        windows[windows.count - 1] = last.lowerBound..<high
      } else {
        windows.append(low..<high)
      }
      grown += placeholders.count - first - (span.end - span.start)
      let next = place + 1 < spans.count ? spans[place + 1].start : bytes.count
      moves.append(Move(text: span.end..<next, by: grown, placeholder: first..<placeholders.count))
    }
    let end = bytes.count + grown
    if grown > 0 { bytes.append(contentsOf: repeatElement(0, count: grown)) }
    ScrubSession.move(moves, placeholders, in: &bytes)
    bytes.removeLast(bytes.count - end)
    return windows.map { $0.clamped(to: 0..<end) }
  }

  /// The text behind a span, how far it moves, and the placeholder before it.
  private struct Move {
    let text: Range<Int>
    let by: Int
    let placeholder: Range<Int>
  }

  /// Nothing is written over that is still to be read: what moves to the left is taken in its order, what moves to the right
  /// the other way round, and neither reaches into the other.
  private static func move(_ moves: [Move], _ placeholders: [UInt8], in bytes: inout [UInt8]) {
    bytes.withUnsafeMutableBufferPointer { all in
      func move(_ number: Int) {
        let move = moves[number]
        let start = all.baseAddress! + move.text.lowerBound
        // In bounds: the text fits behind the move too.
        if move.by != 0 { (start + move.by).update(from: start, count: move.text.count) }
      }
      var number = 0
      while number < moves.count {
        var end = number + 1
        if moves[number].by <= 0 {
          move(number)
        } else {
          while end < moves.count, moves[end].by > 0 { end += 1 }
          for number in (number..<end).reversed() { move(number) }
        }
        number = end
      }
      for move in moves {
        let start = move.text.lowerBound + move.by - move.placeholder.count
        for (offset, place) in move.placeholder.enumerated() { all[start + offset] = placeholders[place] }
      }
    }
  }

  /// The farthest that a rule looks for a word of context.
  private static let reach = 192
}
