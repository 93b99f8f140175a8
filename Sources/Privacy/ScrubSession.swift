/// The scrubbing of one record: remembers which value got which number.
///
/// Placeholders already in the text are inert: they are neither touched nor counted and do not move the numbering, so
/// scrubbing scrubbed text changes nothing.
package struct ScrubSession: Sendable {
  /// Distinct values removed so far, without the counts the session started above.
  package private(set) var redactions = Redactions()

  private let rules: CompiledRules
  private let base: Redactions
  private var numbers: [Key: Int] = [:]

  init(rules: CompiledRules, startingAbove base: Redactions) {
    self.rules = rules
    self.base = base
  }

  /// The text without its personal data; the very same String when there is none.
  package mutating func scrub(_ text: String) -> String {
    var text = text
    // What was replaced is scanned once more, so that scrubbing the result finds nothing: a placeholder can end a value
    // or begin one where the raw text did not. Four rounds bound the time; two are the rule.
    for _ in 0..<4 {
      guard let output = scrubOnce(&text) else { break }
      text = output
    }
    return text
  }

  private mutating func scrubOnce(_ text: inout String) -> String? {
    // The bytes are read only inside the closure; nothing keeps the pointer.
    let output = text.withUTF8 { bytes -> [UInt8]? in
      var scan = Scan(bytes: bytes, rules: rules)
      scan.run()
      let spans = scan.disguised ? undisguisedSpans(bytes) : scan.spans
      return spans.isEmpty ? nil : replace(spans, in: bytes)
    }
    // Spans begin and end at ASCII or scalar boundaries, so decoding repairs nothing.
    return output.map { String(decoding: $0, as: UTF8.self) }
  }

  private func undisguisedSpans(_ bytes: UnsafeBufferPointer<UInt8>) -> [Scan.Span] {
    let disguise = Disguise(bytes)
    return disguise.bytes.withUnsafeBufferPointer { plain in
      var scan = Scan(bytes: plain, rules: rules)
      scan.run()
      return scan.spans.map(disguise.original)
    }
  }

  /// `spans` are ascending, disjoint and within `bytes`.
  private mutating func replace(_ spans: [Scan.Span], in bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count + 16 * spans.count)
    var copied = 0
    for span in spans {
      output.append(contentsOf: bytes[copied..<span.start])
      let number = number(of: Array(bytes[span.start..<span.end]), type: span.type)
      output.append(0x5B)
      output.append(contentsOf: span.type.rawValue.utf8)
      output.append(0x5F)
      output.append(contentsOf: String(number).utf8)
      output.append(0x5D)
      copied = span.end
    }
    output.append(contentsOf: bytes[copied...])
    return output
  }

  private mutating func number(of value: [UInt8], type: RedactionType) -> Int {
    let key = Key(type: type, value: value)
    if let number = numbers[key] { return number }
    redactions[type] += 1
    let number = base[type] + redactions[type]
    numbers[key] = number
    return number
  }

  private struct Key: Hashable {
    let type: RedactionType
    let value: [UInt8]
  }
}
