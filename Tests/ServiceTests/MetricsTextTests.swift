import Testing
import TrainingLog

@testable import Service

struct MetricsTextTests {
  @Test func `a family has its help, its type and one line for each set of labels`() {
    var metrics = MetricsText()
    metrics.add("a_total", .counter, "All.", 3)
    metrics.add("b_total", .counter, "Some.", [([("x", "1"), ("y", "2")], 4), ([], 5)])
    #expect(
      metrics.text == """
        # HELP a_total All.
        # TYPE a_total counter
        a_total 3
        # HELP b_total Some.
        # TYPE b_total counter
        b_total{x="1",y="2"} 4
        b_total 5

        """)
  }

  @Test func `a histogram's classes hold all below them, in seconds`() {
    var times = DurationHistogram()
    for nanoseconds: UInt64 in [1, 50_000, 50_001, 3_000_000, 20_000_000_000] { times.record(nanoseconds) }
    var metrics = MetricsText()
    metrics.add("d_seconds", "Durations.", [([("route", "/x")], times)])
    let lines = metrics.text.split(separator: "\n")
    #expect(lines.count == 2 + DurationHistogram.bounds.count + 3)
    #expect(lines.contains("d_seconds_bucket{route=\"/x\",le=\"5e-05\"} 2"))
    #expect(lines.contains("d_seconds_bucket{route=\"/x\",le=\"0.0001\"} 3"))
    #expect(lines.contains("d_seconds_bucket{route=\"/x\",le=\"0.0025\"} 3"))
    #expect(lines.contains("d_seconds_bucket{route=\"/x\",le=\"10.0\"} 4"))
    #expect(lines.contains("d_seconds_bucket{route=\"/x\",le=\"+Inf\"} 5"))
    #expect(lines.contains("d_seconds_sum{route=\"/x\"} 20.003100002"))
    #expect(lines.contains("d_seconds_count{route=\"/x\"} 5"))
  }
}
