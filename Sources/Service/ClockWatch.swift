import Records

/// Notices that the clock was set, by one that only runs on. What is too old by a clock that has just jumped forward may not
/// be old at all, and once removed it does not come back: so nothing expires until the new time has lasted.
struct ClockWatch {
  /// Much more than any steering of a clock, and nothing to a retention of days.
  private static let jumpSeconds = 3600
  private static let trustSeconds = 86_400

  private var last: (wall: Timestamp, monotonic: UInt64)?
  private var jumped: UInt64?

  /// Whether dates can be trusted.
  private(set) var isSteady = true

  /// - Parameters:
  ///   - wall: what the clock shows.
  ///   - monotonic: nanoseconds of one that also runs while the machine sleeps.
  /// - Returns: by how many seconds the clock has jumped since the last look; nil where it has not.
  mutating func look(wall: Timestamp, monotonic: UInt64) -> Int? {
    defer { last = (wall, monotonic) }
    var jump: Int?
    if let last {
      let passed = Int64(monotonic - last.monotonic) / 1_000_000
      let seconds = Int((wall.milliseconds - last.wall.milliseconds - passed) / 1000)
      if abs(seconds) >= Self.jumpSeconds { (jump, jumped) = (seconds, monotonic) }
    }
    if let jumped { isSteady = monotonic - jumped >= UInt64(Self.trustSeconds) * 1_000_000_000 }
    return jump
  }
}
