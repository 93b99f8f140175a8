import LoadGenerator
import Testing

struct ScheduleTests {
  @Test("Requests are due at fixed moments, also those that nobody took in time")
  func moments() {
    var schedule = Schedule(start: 1000, perSecond: 1e8)
    #expect(schedule.take(at: 999) == nil)
    #expect(schedule.take(at: 1000) == 1000)
    #expect(schedule.take(at: 1009) == nil)
    #expect(schedule.take(at: 1035) == 1010)
    #expect(schedule.take(at: 1035) == 1020)
    #expect(schedule.take(at: 1035) == 1030)
    #expect(schedule.take(at: 1035) == nil)
    #expect(schedule.next == 1040)
  }
}

struct WorkloadTests {
  @Test("A batch is so many lines; ratings take the examples in turn; the answers that mean success differ")
  func requests() {
    var random = SplitMix64(seed: 1)
    let batch = Workload.batch(lines: 3).request(0, using: &random)
    #expect(batch.type == "application/x-ndjson")
    #expect(batch.body.split(separator: UInt8(ascii: "\n")).count == 3)
    let rating = Workload.feedback(exampleIDs: ["a", "b"])
    for (number, id) in [(0, "a"), (1, "b"), (2, "a")] {
      let request = rating.request(number, using: &random)
      #expect(request.target == "/v1/feedback")
      #expect(String(decoding: request.body, as: UTF8.self).hasPrefix(#"{"example_id":"\#(id)","score":"#))
    }
  }
}
