/// Texts with planted similarities, for comparisons with brute force.
struct Texts {
  private var random: Seeded

  init(_ seed: UInt64) { random = Seeded(seed) }

  /// Words from a small stock, so that shingles meet by chance too.
  mutating func words(_ count: Int) -> [String] {
    (0..<count).map { _ in "w\(Int.random(in: 0..<400, using: &random))" }
  }

  /// The same words with a share of them replaced, wherever it falls, or in one stretch.
  mutating func changed(_ words: [String], share: Double) -> [String] {
    let count = Int(Double(words.count) * share)
    guard count > 0 else { return words }
    var words = words
    if Bool.random(using: &random) {
      let start = Int.random(in: 0...(words.count - count), using: &random)
      words.replaceSubrange(start..<start + count, with: self.words(count))
    } else {
      for _ in 0..<count {
        words[Int.random(in: 0..<words.count, using: &random)] = self.words(1)[0]
      }
    }
    return words
  }

  /// Families of texts of all sizes, whose members are from equal to hardly alike.
  mutating func corpus(_ count: Int, template: [String] = []) -> [[String]] {
    var texts: [[String]] = []
    while texts.count < count {
      let founder = words([3, 6, 12, 40, 120, 300].randomElement(using: &random) ?? 40)
      texts.append(template + founder)
      for _ in 0..<Int.random(in: 0..<4, using: &random) {
        texts.append(template + changed(founder, share: Double.random(in: 0..<0.3, using: &random)))
      }
    }
    return texts.shuffled(using: &random)
  }
}

/// The definition, word for word, with sets of Strings.
func plainShingles(_ text: String) -> Set<[String]> {
  let tokens = text.lowercased().split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
  guard !tokens.isEmpty else { return [] }
  let words = min(5, tokens.count)
  return Set((0...tokens.count - words).map { Array(tokens[$0..<$0 + words]) })
}

func plainJaccard(_ a: Set<[String]>, _ b: Set<[String]>) -> Double {
  let all = a.union(b).count
  return all == 0 ? 0 : Double(a.intersection(b).count) / Double(all)
}
