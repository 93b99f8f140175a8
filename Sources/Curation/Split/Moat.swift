/// Keeps the hold-out from being learnt by heart: finds every training text that shares with a held-out one more than a
/// threshold of all shingles, exactly.
///
/// A text can only reach Jaccard t with another if t of its own shingles stand in it, so one look at a filter of all
/// held-out shingles clears nearly every text, and one at a filter of those suspects nearly every held-out one; what is
/// left is joined by prefixes. What many texts have (a template, a licence) is no leak: a pair that has hardly anything in
/// common beside it is let through. How many have a shingle is only asked of those of suspects.
struct Moat {
  let threshold: Double

  /// A shingle in this share of all texts, and in this many at least, is boilerplate.
  static let boilerplateShare = 0.01
  static let boilerplateMin = 20

  /// - Parameters:
  ///   - train, test: numbers of texts, each once.
  ///   - reader: gives the set of a text, on the thread that asked for it; fastest in the order of their places, and where
  ///     nearly all are asked for if that is said beforehand.
  /// - Returns: text of `train` → the first of `test` that it is too near to.
  func tooNear(
    _ train: [Int], to test: [Int], reader: @Sendable (_ isDense: Bool) -> (Int) throws -> ArraySlice<UInt32>
  ) throws -> [Int: Int] {
    guard !train.isEmpty, !test.isEmpty, threshold <= 1 else { return [:] }
    let held = try Cores.map(test[...]) { try all($0, reader(false)) }.flatMap { $0 }
    let filter = Self.filter(of: held)
    let suspects = try Cores.map(train[...]) { try uncleared($0, filter, reader(true)) }.flatMap { $0 }
    let mirror = Self.filter(of: suspects)
    let near = held.filter { isSuspect($0.set, mirror) }
    guard !near.isEmpty else { return [:] }
    let looked = Self.filter(of: near + suspects)
    var frequency = ShingleCounts()
    for held in held { frequency.count(held.set, in: looked) }
    for part in try Cores.map(train[...], { try counts(of: $0, looked, reader(true)) }) { frequency.add(part) }
    let common = max(Self.boilerplateMin, Int(Self.boilerplateShare * Double(train.count + test.count)))
    func rare(_ set: ArraySlice<UInt32>) -> [UInt32] { set.filter { frequency[$0] < common } }
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

    /// A copy, since the slice keeps all alive that was read with it.
    init(_ text: Int, _ set: ArraySlice<UInt32>) {
      self.text = text
      self.set = Array(set)[...]
    }
  }

  private static func filter(of texts: [Suspect]) -> ShingleFilter {
    var filter = ShingleFilter(expecting: texts.reduce(0) { $0 + $1.set.count })
    for text in texts { filter.insert(text.set) }
    return filter
  }

  private func isSuspect(_ set: ArraySlice<UInt32>, _ filter: ShingleFilter) -> Bool {
    !set.isEmpty && filter.holds(Int((threshold * Double(set.count)).rounded(.up)), of: set)
  }

  private func all(_ texts: ArraySlice<Int>, _ set: (Int) throws -> ArraySlice<UInt32>) throws -> [Suspect] {
    try texts.map { Suspect($0, try set($0)) }
  }

  /// The texts that the filter does not clear, in their order.
  private func uncleared(
    _ texts: ArraySlice<Int>, _ filter: ShingleFilter, _ set: (Int) throws -> ArraySlice<UInt32>
  ) throws -> [Suspect] {
    var suspects: [Suspect] = []
    for text in texts {
      let set = try set(text)
      if isSuspect(set, filter) { suspects.append(Suspect(text, set)) }
    }
    return suspects
  }

  private func counts(
    of texts: ArraySlice<Int>, _ filter: ShingleFilter, _ set: (Int) throws -> ArraySlice<UInt32>
  ) throws -> ShingleCounts {
    var counts = ShingleCounts()
    for text in texts { counts.count(try set(text), in: filter) }
    return counts
  }
}
