import Glibc

/// Random numbers of the kernel, fetched 32 at a time for all threads: a call for each number costs more than ten numbers.
///
/// Has no state of its own, so copies never give the same numbers.
package struct KernelRandom: RandomNumberGenerator, Sendable {
  private struct Pool {
    /// getentropy(3) gives at most 256 bytes a call.
    var words = [UInt64](repeating: 0, count: 32)
    var left = 0
  }

  private static let pool = Mutex(Pool())

  package init() {}

  package func next() -> UInt64 {
    Self.pool.withLock { pool in
      if pool.left == 0 { Self.fill(&pool) }
      pool.left -= 1
      defer { pool.words[pool.left] = 0 }
      return pool.words[pool.left]
    }
  }

  private static func fill(_ pool: inout Pool) {
    let isFilled = pool.words.withUnsafeMutableBytes { getentropy($0.baseAddress!, $0.count) == 0 }
    // Only a kernel without getrandom(2) fails here.
    if !isFilled {
      var generator = SystemRandomNumberGenerator()
      for index in pool.words.indices { pool.words[index] = generator.next() }
    }
    pool.left = pool.words.count
  }
}
