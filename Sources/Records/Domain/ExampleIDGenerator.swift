/// Mints ids that are unique and, from one generator, strictly ascending, whatever the clock does.
///
/// RFC 9562, section 6.2, method 1: within one millisecond a 12-bit counter is raised; when it is full, or when the clock
/// has gone back, the last millisecond goes on being used or is raised by one.
package struct ExampleIDGenerator: Sendable {
  private var millisecond: Int64 = -1
  private var sequence: UInt16 = 0

  package init() {}

  package mutating func next(now: Timestamp, using random: inout some RandomNumberGenerator) -> ExampleID {
    if now.milliseconds > millisecond {
      millisecond = now.milliseconds
      // Starting low leaves room to count within the millisecond.
      sequence = UInt16(truncatingIfNeeded: random.next()) & 0x00FF
    } else if sequence < 0x0FFF {
      sequence += 1
    } else {
      millisecond += 1
      sequence = 0
    }
    return ExampleID(milliseconds: millisecond, sequence: sequence, random: random.next())
  }
}
