import Posix
import Records

/// The wall clock: one of three seams for tests.
package protocol WallClock: Sendable {
  var now: Timestamp { get }
}

package struct SystemClock: WallClock {
  package init() {}
  package var now: Timestamp { Timestamp(milliseconds: Clocks.unixMilliseconds()) }
}
