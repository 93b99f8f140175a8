/// Lets so many lines a second through and counts the rest: a flood of bad requests must not become a flood of lines.
struct LinePacer {
  private static let second: UInt64 = 1_000_000_000

  let perSecond: Int
  private var begun: UInt64 = 0
  private var passed = 0
  private var held = 0

  init(perSecond: Int) { self.perSecond = perSecond }

  /// Whether the line may be written. `now` in monotonic nanoseconds.
  mutating func allows(now: UInt64) -> Bool {
    if now &- begun >= Self.second {
      begun = now
      passed = 0
    }
    guard passed < perSecond else {
      held += 1
      return false
    }
    passed += 1
    return true
  }

  /// Lines held back in a second that is over, once; 0 when there is nothing to tell.
  mutating func takeHeld(now: UInt64) -> Int {
    guard held > 0, now &- begun >= Self.second else { return 0 }
    defer { held = 0 }
    return held
  }
}
