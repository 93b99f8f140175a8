/// Names the programming language and the framework that a conversation is about.
///
/// The info strings of code fences count most, then what the text says: imports, keywords, decorators, stack traces,
/// and mentions that cannot be taken for plain English ("in Go", never "go"). All of it is read in one pass over the
/// bytes, so the cost is linear and bounded: `bytesMax` bytes in all, shared among the texts.
package enum StackDetector {
  /// How much is read of all texts together, in bytes.
  package static let bytesMax = 16_384

  /// Every language name that `detect` can give.
  package static let languages: [String] = StackLanguage.names

  /// Every framework name that `detect` can give.
  package static let frameworks: [String] = StackFramework.names

  /// The stack that the texts show, usually the question and the answer.
  ///
  /// - Returns: names from `languages` and `frameworks`; `""` rather than a guess.
  package static func detect(in texts: [String]) -> DetectedStack {
    var scores = StackScores()
    let share = bytesMax / max(texts.count, 1)
    for text in texts {
      // Native strings are contiguous; a bridged one is copied once, up to the share.
      let scanned: Void? = text.utf8.withContiguousStorageIfAvailable {
        StackScanner.scan(UnsafeBufferPointer(rebasing: $0.prefix(share)), into: &scores)
      }
      if scanned == nil {
        Array(text.utf8.prefix(share)).withUnsafeBufferPointer { StackScanner.scan($0, into: &scores) }
      }
    }
    return scores.verdict()
  }
}
