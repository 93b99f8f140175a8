/// Keeps the hold-out from being learnt by heart: finds every training text that shares with a held-out one more than a
/// threshold of all shingles, exactly.
///
/// A text can only reach Jaccard t with another if t of its own shingles stand in it, so one look at a filter of all
/// held-out shingles clears nearly every text, and one at a filter of those suspects nearly every held-out one; what is
/// left is joined by prefixes. What many texts have (a template, a licence) is no leak: a pair that has hardly anything in
/// common beside it is let through.
struct Moat {
  let threshold: Double

  /// A shingle in this share of all texts, and in this many at least, is boilerplate.
  static let boilerplateShare = 0.01
  static let boilerplateMin = 20

  /// - Parameters:
  ///   - train, test: numbers of texts, each once.
  ///   - reader: gives the set of a text, on the thread that asked for it; fastest in the order of their places.
  /// - Returns: text of `train` → the first of `test` that it is too near to.
  func tooNear(
    _ train: [Int], to test: [Int], reader: @Sendable () -> (Int) throws -> ArraySlice<UInt32>
  ) throws -> [Int: Int] {
    guard !train.isEmpty, !test.isEmpty, threshold <= 1 else { return [:] }
    let readHeld = reader()
    let held = try test.map { Suspect(text: $0, set: Array(try readHeld($0))[...]) }
    var frequency = ShingleCounts()
    for held in held { frequency.count(held.set) }
    let filter = Self.filter(of: held)
    let parts = try Cores.map(train[...]) { try part($0, filter, reader()) }
    for part in parts { frequency.add(part.frequency) }
    let suspects = parts.flatMap(\.suspects)
    let common = max(Self.boilerplateMin, Int(Self.boilerplateShare * Double(train.count + test.count)))
    func rare(_ set: ArraySlice<UInt32>) -> [UInt32] { set.filter { frequency[$0] < common } }
    let mirror = Self.filter(of: suspects)
    let near = held.filter { isSuspect($0.set, mirror) }
    var found: [Int: Int] = [:]
    var join = PrefixJoin(threshold: threshold)
    join.pairs(of: near.map { Array($0.set) }, with: suspects.map { Array($0.set) }) { held, suspect in
      let text = suspects[suspect].text
      guard found[text] == nil, Jaccard.of(rare(suspects[suspect].set), rare(near[held].set)) >= threshold / 2 else {
        return
      }
      found[text] = near[held].text
    }
    return found
  }

  private struct Suspect: Sendable {
    let text: Int
    let set: ArraySlice<UInt32>
  }

  private struct Part: Sendable {
    var suspects: [Suspect] = []
    var frequency = ShingleCounts()
  }

  private static func filter(of texts: [Suspect]) -> ShingleFilter {
    var filter = ShingleFilter(expecting: texts.reduce(0) { $0 + $1.set.count })
    for text in texts { filter.insert(text.set) }
    return filter
  }

  private func isSuspect(_ set: ArraySlice<UInt32>, _ filter: ShingleFilter) -> Bool {
    !set.isEmpty && Double(filter.hits(of: set)) >= threshold * Double(set.count)
  }

  /// The texts that the filter does not clear, in their order, and what was seen of all of them.
  private func part(
    _ texts: ArraySlice<Int>, _ filter: ShingleFilter, _ set: (Int) throws -> ArraySlice<UInt32>
  ) throws -> Part {
    var part = Part()
    for text in texts {
      let set = try set(text)
      part.frequency.count(set)
      // A copy, since the slice keeps all alive that was read with it.
      if isSuspect(set, filter) { part.suspects.append(Suspect(text: text, set: Array(set)[...])) }
    }
    return part
  }
}
