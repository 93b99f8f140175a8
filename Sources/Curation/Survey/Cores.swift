import Dispatch
import FoundationEssentials
import Posix

/// Work on all cores at once.
enum Cores {
  static var count: Int { ProcessInfo.processInfo.activeProcessorCount }

  /// What `body` gives for each number below `count`, in their order. When all have ended, throws what one has thrown.
  static func map<Value: Sendable, Failure: Error>(
    _ count: Int, _ body: @Sendable (Int) throws(Failure) -> Value
  ) throws(Failure) -> [Value] {
    let found = Mutex((values: [Value?](repeating: nil, count: count), failure: Failure?.none))
    DispatchQueue.concurrentPerform(iterations: count) { number in
      do throws(Failure) {
        let value = try body(number)
        found.withLock { $0.values[number] = value }
      } catch { found.withLock { $0.failure = error } }
    }
    let (values, failure) = found.withLock { $0 }
    if let failure { throw failure }
    return values.compactMap { $0 }
  }

  /// The same for consecutive parts of a list, `each` for a core: more where some take longer than others.
  static func map<Element: Sendable, Value: Sendable>(
    _ list: ArraySlice<Element>, each: Int = 1, _ body: @Sendable (ArraySlice<Element>) throws -> Value
  ) throws -> [Value] {
    let pieces = min(list.count, count * each)
    return try map(pieces) { piece in
      let (start, length) = (list.startIndex, list.count)
      return try body(list[start + length * piece / pieces..<start + length * (piece + 1) / pieces])
    }
  }

  /// Both at once, the second on another thread.
  static func both<A, B: Sendable>(
    _ here: () throws -> A, _ there: @escaping @Sendable () throws -> B
  ) throws -> (A, B) {
    let found = Found<B>()
    let group = DispatchGroup()
    // A queue of its own always gets a thread; the shared ones have no more than there are cores, and others wait on them.
    DispatchQueue(label: "cerberus.both").async(group: group) { found.run(there) }
    // Whatever comes of the first, the second ends before this does.
    let value = Result { try here() }
    group.wait()
    return (try value.get(), try found.value())
  }

  /// What comes back from another thread.
  private final class Found<Value: Sendable>: Sendable {
    private let result = Mutex((value: Value?.none, failure: (any Error)?.none))

    func run(_ body: () throws -> Value) {
      do {
        let value = try body()
        result.withLock { $0.value = value }
      } catch { result.withLock { $0.failure = error } }
    }

    func value() throws -> Value {
      let (value, failure) = result.withLock { $0 }
      if let failure { throw failure }
      guard let value else { preconditionFailure("asked before it ran") }
      return value
    }
  }
}
