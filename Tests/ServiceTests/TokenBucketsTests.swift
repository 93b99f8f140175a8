import TestKit
import Testing

@testable import Service

@Suite("Token buckets")
struct TokenBucketsTests {
  private static let second: UInt64 = 1_000_000_000

  struct Rate: CustomTestStringConvertible, Sendable {
    let perMinute: Int
    let burst: Int
    /// Whole seconds to wait after the burst.
    let wait: Int

    var testDescription: String { "\(perMinute)/min, burst \(burst)" }
  }

  @Test(
    "A full bucket gives its burst at once, then one token an interval",
    arguments: [
      Rate(perMinute: 30, burst: 60, wait: 2), Rate(perMinute: 60, burst: 1, wait: 1),
      Rate(perMinute: 1, burst: 3, wait: 60), Rate(perMinute: 6000, burst: 10, wait: 1),
      Rate(perMinute: 7, burst: 5, wait: 9),
    ])
  func burst(rate: Rate) {
    let buckets = TokenBuckets<String>(perMinute: rate.perMinute, burst: rate.burst)
    // Long after zero: a clock that begins late must not matter.
    var now = 1000 * Self.second
    for _ in 0..<rate.burst { #expect(buckets.take("a", now: now) == nil) }
    #expect(buckets.take("a", now: now) == rate.wait)
    #expect(buckets.take("b", now: now) == nil, "another key has a bucket of its own")
    // What is said to help does help, and gives no more than that.
    now += UInt64(rate.wait) * Self.second
    #expect(buckets.take("a", now: now) == nil)
    let interval = 60 * Self.second / UInt64(rate.perMinute)
    let left = rate.burst == 1 ? 0 : Int(UInt64(rate.wait) * Self.second / interval) - 1
    for _ in 0..<min(left, rate.burst - 1) { #expect(buckets.take("a", now: now) == nil) }
    #expect(buckets.take("a", now: now) != nil)
  }

  @Test("Being refused costs nothing: a token comes when it was due")
  func refusalIsFree() {
    let buckets = TokenBuckets<Int>(perMinute: 30, burst: 2)
    for _ in 0..<2 { #expect(buckets.take(1, now: 0) == nil) }
    for step in 0..<19 { #expect(buckets.take(1, now: UInt64(step) * Self.second / 10) != nil) }
    #expect(buckets.take(1, now: 2 * Self.second) == nil)
  }

  @Test("It does what a bucket counted by hand does", arguments: 0..<20 as Range<UInt64>)
  func model(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let perMinute = Int.random(in: 1...600, using: &generator)
    let burst = Int.random(in: 1...100, using: &generator)
    let buckets = TokenBuckets<Int>(perMinute: perMinute, burst: burst)
    let interval = 60 * Self.second / UInt64(perMinute)
    // Nanoseconds of credit by key, and when it was counted.
    var model: [Int: (credit: UInt64, at: UInt64)] = [:]
    var now: UInt64 = 0
    for step in 0..<5000 {
      now += UInt64.random(in: 0...(interval / 4), using: &generator)
      if generator.isOne(in: 500) { now += interval * UInt64(burst) }
      let key = Int.random(in: 0..<4, using: &generator)
      let (credit, at) = model[key] ?? (interval * UInt64(burst), now)
      let filled = min(interval * UInt64(burst), credit + (now - at))
      let isTaken = filled >= interval
      model[key] = (isTaken ? filled - interval : filled, now)
      #expect((buckets.take(key, now: now) == nil) == isTaken, "seed \(seed), step \(step)")
    }
  }

  @Test("A crowd of keys takes bounded memory")
  func bounded() {
    let buckets = TokenBuckets<Int>(perMinute: 30, burst: 60, keysMax: 1000)
    var most = 0
    for key in 0..<100_000 {
      _ = buckets.take(key, now: UInt64(key))
      most = max(most, buckets.count)
    }
    #expect((500...1000).contains(most), "\(most) keys were held")
  }

  @Test("Full buckets are forgotten, others are not")
  func forgets() {
    let buckets = TokenBuckets<Int>(perMinute: 60, burst: 2)
    var now: UInt64 = 10 * Self.second
    for key in 0..<100 { _ = buckets.take(key, now: now) }
    // Key 0 keeps at it for 4 s, through two changes of generation: the token it has left, and one for each whole second.
    var taken = 0
    for _ in 0..<40 {
      if buckets.take(0, now: now) == nil { taken += 1 }
      now += Self.second / 10
    }
    #expect(taken == 4)
    now += 10 * Self.second
    _ = buckets.take(0, now: now)
    now += 10 * Self.second
    _ = buckets.take(0, now: now)
    #expect(buckets.count <= 2)
  }
}
