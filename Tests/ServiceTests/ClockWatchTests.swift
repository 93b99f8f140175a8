import Records
import Testing

@testable import Service

@Suite("Clocks that are set")
struct ClockWatchTests {
  /// Seconds that pass by the clock on the wall and by one that only runs on.
  struct Step {
    let wall: Int
    let passed: Int
    let jump: Int?
    let isSteady: Bool
  }

  @Test(
    "Dates are trusted again when the new time has lasted for a day",
    arguments: [
      [Step(wall: 60, passed: 60, jump: nil, isSteady: true), Step(wall: 100, passed: 60, jump: nil, isSteady: true)],
      // A machine that slept: both have gone on.
      [Step(wall: 900_000, passed: 900_000, jump: nil, isSteady: true)],
      [
        Step(wall: 120 * 86_400 + 60, passed: 60, jump: 120 * 86_400, isSteady: false),
        Step(wall: 60, passed: 60, jump: nil, isSteady: false),
        Step(wall: 86_280, passed: 86_280, jump: nil, isSteady: false),
        Step(wall: 60, passed: 60, jump: nil, isSteady: true),
      ],
      [
        Step(wall: 60 - 7200, passed: 60, jump: -7200, isSteady: false),
        Step(wall: 80_000, passed: 80_000, jump: nil, isSteady: false),
        Step(wall: 7200 + 60, passed: 60, jump: 7200, isSteady: false),
        Step(wall: 80_000, passed: 80_000, jump: nil, isSteady: false),
        Step(wall: 6400, passed: 6400, jump: nil, isSteady: true),
      ],
    ])
  func steps(_ steps: [Step]) throws {
    var watch = ClockWatch()
    var wall = try #require(Timestamp(rfc3339: "2026-03-10T12:00:00Z"))
    var monotonic: UInt64 = 5_000_000_000
    #expect(watch.look(wall: wall, monotonic: monotonic) == nil)
    for (number, step) in steps.enumerated() {
      wall = wall.advanced(bySeconds: step.wall)
      monotonic += UInt64(step.passed) * 1_000_000_000
      #expect(watch.look(wall: wall, monotonic: monotonic) == step.jump, "step \(number)")
      #expect(watch.isSteady == step.isSteady, "step \(number)")
    }
  }
}
