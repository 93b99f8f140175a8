/// The rules that one record can break on its own, with their thresholds (contract, section 6). Duplicates and the split
/// need other records and are the curator's.
package struct QualityRules: Sendable {
  /// A score from here up is good; an unrated example counts as good too.
  package var goodScore = 4
  /// Unicode scalars of the published answer, trimmed.
  package var answerCharactersMin = 50

  package init() {}

  /// Why the example is left out; nil for one that passes. One reason each, in this order of precedence.
  ///
  /// - Parameters:
  ///   - score: the last rating, 0 when unrated.
  ///   - isCorrected: a correction stands, and is what `answer` holds.
  ///   - hasPII: a scrub of the stored text by today's rules found something.
  package func reason(score: Int, isCorrected: Bool, question: String, answer: String, hasPII: Bool) -> LeftOut? {
    if score > 0, score < goodScore, !isCorrected { return .lowScore }
    return textReason(question: question, answer: answer, hasPII: hasPII)
  }

  /// The part that depends on the text alone.
  package func textReason(question: String, answer: String, hasPII: Bool) -> LeftOut? {
    if question.isBlank || answer.isBlank { return .blank }
    if answer.trimmedCharacters(countingTo: answerCharactersMin) < answerCharactersMin { return .tooShort }
    return hasPII ? .pii : nil
  }
}

extension String {
  /// Unicode scalars without white space at the ends, at most `limit`.
  package func trimmedCharacters(countingTo limit: Int = .max) -> Int {
    let scalars = unicodeScalars
    guard let start = scalars.firstIndex(where: { !$0.isWhiteSpace }),
      let last = scalars.lastIndex(where: { !$0.isWhiteSpace })
    else { return 0 }
    let count = utf8[start..<scalars.index(after: last)].withContiguousStorageIfAvailable { bytes in
      if limit == .max { return bytes.count - Self.continuationBytes(UnsafeRawBufferPointer(bytes)) }
      var count = 0
      for byte in bytes where byte & 0xC0 != 0x80 {
        count += 1
        // Of a long text no more is read than the answer needs.
        if count == limit { break }
      }
      return count
    }
    return min(limit, count ?? scalars[start...last].count)
  }

  /// Bytes that begin no scalar: upper bit set, the next one not. Eight at a time.
  private static func continuationBytes(_ bytes: UnsafeRawBufferPointer) -> Int {
    var (at, count) = (0, 0)
    // In bounds: eight are left.
    while at + 8 <= bytes.count {
      let word = bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self)
      count &+= (word & ~(word << 1) & 0x8080_8080_8080_8080).nonzeroBitCount
      at += 8
    }
    return bytes[at...].reduce(count) { $0 &+ ($1 & 0xC0 == 0x80 ? 1 : 0) }
  }
}

/// Why an example is not in the dataset; each stands under exactly one, in this order.
package enum LeftOut: String, CaseIterable, Sendable {
  case optedOut = "opted_out"
  case lowScore = "low_score"
  case blank
  case tooShort = "too_short"
  case pii
  case exactDuplicate = "exact_duplicate"
  case nearDuplicate = "near_duplicate"
  case moat
  // Only when switched on.
  case unclosedFence = "unclosed_fence"
  case repetition
  case refusal
  case contaminated
  case overCap = "over_cap"
}
