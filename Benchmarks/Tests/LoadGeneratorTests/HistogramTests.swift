import LoadGenerator
import Testing

struct HistogramTests {
  @Test("An empty histogram reports zero")
  func empty() {
    #expect(Histogram().value(at: 0.99) == 0)
  }

  @Test("A single value is every quantile", arguments: [0, 1, 127, 128, 255, 256, 257, 1_000_000, UInt64.max])
  func single(value: UInt64) {
    var histogram = Histogram()
    histogram.record(value)
    #expect(histogram.max == value)
    for quantile in [0, 0.5, 0.99, 1] { #expect(histogram.value(at: quantile) == value) }
  }

  @Test(
    "A quantile lies at most 0.8 % above the sorted truth and never below it", arguments: 1...20 as ClosedRange<UInt64>)
  func quantiles(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var histogram = Histogram()
    var values: [UInt64] = []
    for _ in 0..<5000 {
      let value = random.next() >> UInt64.random(in: 20...63, using: &random)
      values.append(value)
      histogram.record(value)
    }
    values.sort()
    for quantile in [0.01, 0.5, 0.9, 0.99, 0.999, 1] {
      let truth = values[max(0, Int((quantile * 5000).rounded(.up)) - 1)]
      let reported = histogram.value(at: quantile)
      #expect(reported >= truth && reported - truth <= truth / 125, "seed \(seed), quantile \(quantile)")
    }
  }
}
