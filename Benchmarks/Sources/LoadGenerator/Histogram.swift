/// Latencies in nanoseconds, in log-linear buckets: exact below 256 ns, then 128 buckets for each power of two, so that
/// a reported value is at most 0.8 % above the true one. The scheme of HdrHistogram, in 58 KiB whatever the count.
package struct Histogram {
  /// How many values were recorded.
  package private(set) var count = 0
  /// The largest value, exact.
  package private(set) var max: UInt64 = 0
  private var buckets: [Int]

  private static let halfBits = 7
  private static let half = 1 << halfBits
  private static let bucketCount = (64 - halfBits + 1) * half

  package init() {
    buckets = [Int](repeating: 0, count: Self.bucketCount)
  }

  package mutating func record(_ nanoseconds: UInt64) {
    buckets[Self.bucket(of: nanoseconds)] += 1
    count += 1
    if nanoseconds > max { max = nanoseconds }
  }

  package mutating func reset() {
    self = Histogram()
  }

  /// The value that a fraction `quantile` (0...1) of all values do not exceed, in nanoseconds; 0 when empty.
  package func value(at quantile: Double) -> UInt64 {
    guard count > 0 else { return 0 }
    let rank = Swift.max(1, Int((quantile * Double(count)).rounded(.up)))
    var seen = 0
    for (index, inBucket) in buckets.enumerated() {
      seen += inBucket
      if seen >= rank { return min(Self.upperBound(of: index), max) }
    }
    return max
  }

  /// Values below 2 × 128 are their own bucket; above, the leading 8 bits choose the bucket within their power of two.
  private static func bucket(of value: UInt64) -> Int {
    let shift = Swift.max(0, 64 - halfBits - 1 - value.leadingZeroBitCount)
    return (shift << halfBits) + Int(value >> UInt64(shift))
  }

  private static func upperBound(of bucket: Int) -> UInt64 {
    let shift = Swift.max(0, (bucket >> halfBits) - 1)
    let lead = UInt64(bucket - (shift << halfBits))
    return (lead << UInt64(shift)) | ((1 << UInt64(shift)) - 1)
  }
}
