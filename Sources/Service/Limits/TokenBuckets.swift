import Posix

/// Token buckets by key, in memory alone and bounded. A bucket is one number: the time at which it will be full again
/// (the generic cell rate algorithm, ITU-T I.371), so that a full bucket and an unknown key are the same.
///
/// Two generations hold them. When the newer one is half the bound, or as old as the longest refill, it becomes the older
/// one, and what nobody has asked for since the last change goes: O(1), without sweeps. A crowd of more keys than the
/// bound can thus make buckets be forgotten early, which gives each of them at most one more burst.
final class TokenBuckets<Key: Hashable & Sendable>: Sendable {
  private struct State {
    var new: [Key: UInt64] = [:]
    var old: [Key: UInt64] = [:]
    var changed: UInt64 = 0
  }

  /// Nanoseconds for one token.
  private let interval: UInt64
  /// Nanoseconds for all tokens.
  private let refill: UInt64
  private let keysMax: Int
  private let state = Mutex(State())

  /// - Parameters:
  ///   - perMinute: tokens a minute, at least 1.
  ///   - burst: tokens of a full bucket, at least 1.
  init(perMinute: Int, burst: Int, keysMax: Int = 65_536) {
    interval = 60_000_000_000 / UInt64(max(1, perMinute))
    refill = interval * UInt64(max(1, burst))
    self.keysMax = max(2, keysMax)
  }

  /// Takes a token.
  ///
  /// - Parameter now: monotonic nanoseconds.
  /// - Returns: nil when there was one, else whole seconds, at least 1, after which there will be one.
  func take(_ key: Key, now: UInt64) -> Int? {
    state.withLock { state in
      if state.new.count >= keysMax / 2 || now &- state.changed >= refill {
        state.old = state.new
        state.new = [:]
        state.changed = now
      }
      let full = max(state.new[key] ?? state.old[key] ?? 0, now)
      // Kept among the new ones, also when refused: whoever hammers on is not forgotten.
      guard full + interval <= now + refill else {
        state.new[key] = full
        return Int((full + interval - now - refill + 999_999_999) / 1_000_000_000)
      }
      state.new[key] = full + interval
      return nil
    }
  }

  /// Keys held now, of both generations.
  var count: Int { state.withLock { $0.new.count + $0.old.count } }
}
