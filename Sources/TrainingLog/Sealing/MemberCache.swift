import Posix

/// The texts of the members that were read last, for all sealed days of one reader: it goes from line to line, and the
/// next line mostly stands in the same member.
package final class MemberCache: Sendable {
  private struct State {
    var owners = 0
    var texts: [(owner: Int, member: Int, text: [UInt8])] = []
  }

  /// Texts of at most 1 MiB each.
  private static let textsMax = 4

  private let state = Mutex(State())

  package init() {}

  /// A number for whoever shares the cache.
  func join() -> Int {
    state.withLock { state in
      state.owners += 1
      return state.owners
    }
  }

  func text(_ owner: Int, _ member: Int) -> [UInt8]? {
    state.withLock { $0.texts.last { $0.owner == owner && $0.member == member }?.text }
  }

  func keep(_ text: [UInt8], _ owner: Int, _ member: Int) {
    state.withLock { state in
      if state.texts.count == Self.textsMax { state.texts.removeFirst() }
      state.texts.append((owner, member, text))
    }
  }
}
