import Dispatch
import Foundation
import Posix

/// Keeps the hold-out from being learnt by heart: finds every training text that shares with a held-out one more than a
/// threshold of all shingles, exactly.
///
/// A text can only reach Jaccard t with another if t of its own shingles stand in it, so one look at a filter of all
/// held-out shingles clears nearly every text; what is left is joined by prefixes. What many texts have (a template, a
/// licence) is no leak: a pair that has hardly anything in common beside it is let through.
struct Moat {
  let threshold: Double

  /// A shingle in this share of all texts, and in this many at least, is boilerplate.
  static let boilerplateShare = 0.01
  static let boilerplateMin = 20

  /// - Parameters:
  ///   - train, test: numbers of texts, each once.
  ///   - set: of a text.
  /// - Returns: text of `train` → the first of `test` that it is too near to.
  func tooNear(
    _ train: [Int], to test: [Int], set: @escaping @Sendable (Int) throws -> [UInt32]
  ) throws -> [Int: Int] {
    guard !train.isEmpty, !test.isEmpty, threshold <= 1 else { return [:] }
    let held = try test.map(set)
    var filter = ShingleFilter(expecting: held.reduce(0) { $0 + $1.count })
    var frequency = ShingleCounts()
    for set in held {
      filter.insert(set)
      frequency.count(set)
    }
    let (suspects, counts) = try suspects(among: train, filter, set: set)
    frequency.add(counts)
    let common = max(Self.boilerplateMin, Int(Self.boilerplateShare * Double(train.count + test.count)))
    func rare(_ set: [UInt32]) -> [UInt32] { set.filter { frequency[$0] < common } }
    var near: [Int: Int] = [:]
    var join = PrefixJoin(threshold: threshold)
    join.pairs(of: suspects.map(\.set), with: held) { suspect, other in
      let text = suspects[suspect].text
      guard near[text] == nil, Jaccard.of(rare(suspects[suspect].set), rare(held[other])) >= threshold / 2 else {
        return
      }
      near[text] = test[other]
    }
    return near
  }

  private struct Suspect: Sendable {
    let text: Int
    let set: [UInt32]
  }

  private struct Part: Sendable {
    var suspects: [Suspect] = []
    var frequency = ShingleCounts()
  }

  /// The texts that the filter does not clear, in their order, and what it has seen of all of them; on all cores.
  private func suspects(
    among train: [Int], _ filter: ShingleFilter, set: @escaping @Sendable (Int) throws -> [UInt32]
  ) throws -> ([Suspect], ShingleCounts) {
    let pieces = min(train.count, ProcessInfo.processInfo.activeProcessorCount)
    let found = Mutex((parts: [Part](repeating: Part(), count: pieces), failure: (any Error)?.none))
    DispatchQueue.concurrentPerform(iterations: pieces) { piece in
      do {
        var part = Part()
        for text in train[train.count * piece / pieces..<train.count * (piece + 1) / pieces] {
          let set = try set(text)
          part.frequency.count(set)
          if !set.isEmpty, Double(filter.hits(of: set)) >= threshold * Double(set.count) {
            part.suspects.append(Suspect(text: text, set: set))
          }
        }
        found.withLock { [part] in $0.parts[piece] = part }
      } catch { found.withLock { $0.failure = error } }
    }
    let parts = try found.withLock { found in
      if let failure = found.failure { throw failure }
      return found.parts
    }
    var frequency = ShingleCounts()
    for part in parts { frequency.add(part.frequency) }
    return (parts.flatMap(\.suspects), frequency)
  }
}
