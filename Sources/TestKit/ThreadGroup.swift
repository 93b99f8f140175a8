import Foundation
import Posix

/// Threads of their own for blocking clients: the pool of Swift tasks has one thread a core, and Dispatch adds one a
/// second.
package enum ThreadGroup {
  /// Runs `body` on `count` threads at once and `meanwhile` on the calling one, and waits for all.
  ///
  /// - Returns: the results by index. The first error of a thread is thrown when all have ended.
  package static func run<Result: Sendable>(
    _ count: Int, _ body: @escaping @Sendable (Int) throws -> Result, meanwhile: () throws -> Void = {}
  ) throws -> [Result] {
    let shared = Shared<Result>()
    let done = DispatchGroup()
    for index in 0..<count {
      done.enter()
      let thread = Thread {
        let result = Swift.Result { try body(index) }
        shared.results.withLock { $0[index] = result }
        done.leave()
      }
      thread.stackSize = 1 << 20
      thread.start()
    }
    let own = Swift.Result { try meanwhile() }
    done.wait()
    try own.get()
    return try shared.results.withLock { all in try (0..<count).compactMap { try all[$0]?.get() } }
  }

  private final class Shared<Result: Sendable>: Sendable {
    let results = Mutex<[Int: Swift.Result<Result, any Error>]>([:])
  }
}
