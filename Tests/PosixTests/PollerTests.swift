import Dispatch
import Glibc
import Posix
import TestKit
import Testing

@Suite("Waiting for many descriptors")
struct PollerTests {
  private func events(_ poller: inout Poller, timeoutMilliseconds: Int32 = 5000) throws -> [Poller.Event] {
    var events: [Poller.Event] = []
    try poller.wait(timeoutMilliseconds: timeoutMilliseconds) { events.append($0) }
    return events
  }

  @Test("Nothing to do: the wait ends with its time")
  func timeout() throws {
    var poller = try Poller()
    #expect(try events(&poller, timeoutMilliseconds: 0).isEmpty)
    let start = Clocks.monotonicNanoseconds()
    #expect(try events(&poller, timeoutMilliseconds: 30).isEmpty)
    #expect(Clocks.monotonicNanoseconds() - start >= 29_000_000)
  }

  @Test("Level-triggered: told again until it is dealt with; the token comes back as it was given")
  func level() throws {
    var poller = try Poller()
    let wakeup = try Wakeup()
    try poller.add(wakeup.raw, token: .max)
    wakeup.signal()
    wakeup.signal()
    for _ in 0..<2 {
      let told = try events(&poller)
      #expect(told.map(\.token) == [.max])
      #expect(told.first?.isReadable == true)
      #expect(told.first?.isWritable == false)
    }
    wakeup.clear()
    #expect(try events(&poller, timeoutMilliseconds: 0).isEmpty)
    // Clearing what is clear blocks nobody.
    wakeup.clear()
  }

  @Test("Another thread wakes a wait without end")
  func wake() throws {
    var poller = try Poller()
    let wakeup = try Wakeup()
    try poller.add(wakeup.raw, token: 7)
    DispatchQueue.global().async { wakeup.signal() }
    #expect(try events(&poller, timeoutMilliseconds: -1).map(\.token) == [7])
  }

  @Test("Interest is what was asked for last")
  func interest() throws {
    var poller = try Poller()
    let pair = try Loopback.pair()
    try poller.add(pair.near.raw, token: 1, reading: true, writing: true)
    var told = try events(&poller)
    #expect(told.map(\.isWritable) == [true])
    #expect(told.map(\.isReadable) == [false])
    try poller.modify(pair.near.raw, token: 2, reading: true, writing: false)
    #expect(try events(&poller, timeoutMilliseconds: 0).isEmpty)
    _ = try pair.far.send("x")
    told = try events(&poller)
    #expect(told.map(\.token) == [2])
    #expect(told.map(\.isReadable) == [true])
    try poller.modify(pair.near.raw, token: 3, reading: false, writing: false)
    #expect(try events(&poller, timeoutMilliseconds: 0).isEmpty)
    try poller.remove(pair.near.raw)
    let error = #expect(throws: SystemError.self) { try poller.remove(pair.near.raw) }
    #expect(error == SystemError(call: "epoll_ctl", code: ENOENT))
  }

  @Test("A peer that hangs up makes the socket readable, even when nothing was asked for")
  func hangUp() throws {
    var poller = try Poller()
    let near = try Loopback.half()
    try poller.add(near.raw, token: 5, reading: false)
    #expect(try events(&poller).map(\.isReadable) == [true])
  }

  @Test("More events than one call returns come in the next ones")
  func many() throws {
    var poller = try Poller()
    let wakeups = try (0..<300).map { _ in try Wakeup() }
    for (index, wakeup) in wakeups.enumerated() {
      try poller.add(wakeup.raw, token: UInt64(index))
      wakeup.signal()
    }
    var seen: Set<UInt64> = []
    for _ in 0..<10 where seen.count < 300 {
      for event in try events(&poller) {
        seen.insert(event.token)
        wakeups[Int(event.token)].clear()
      }
    }
    #expect(seen == Set(0..<300))
  }

  @Test("Adding twice, and what is no descriptor, are errors")
  func errors() throws {
    let poller = try Poller()
    let wakeup = try Wakeup()
    try poller.add(wakeup.raw, token: 1)
    let twice = #expect(throws: SystemError.self) { try poller.add(wakeup.raw, token: 2) }
    #expect(twice == SystemError(call: "epoll_ctl", code: EEXIST))
    let bad = #expect(throws: SystemError.self) { try poller.add(-1, token: 3) }
    #expect(bad == SystemError(call: "epoll_ctl", code: EBADF))
  }
}

@Suite("Clocks and randomness")
struct ClocksTests {
  @Test("The monotonic clock never goes back; the wall clock is past 2024")
  func clocks() {
    var last = Clocks.monotonicNanoseconds()
    for _ in 0..<1000 {
      let now = Clocks.monotonicNanoseconds()
      #expect(now >= last)
      last = now
    }
    #expect(Clocks.unixMilliseconds() > 1_704_067_200_000)
  }

  @Test("Random bytes: as many as asked for, and not the same twice")
  func random() {
    #expect(Clocks.randomBytes(0) == [])
    #expect(Clocks.randomBytes(33).count == 33)
    #expect(Clocks.randomBytes(32) != Clocks.randomBytes(32))
    // The chance that one value of 256 is missing in 16 KiB is 256 · (255/256)^16384, below 10^-25.
    #expect(Set(Clocks.randomBytes(16_384)).count == 256)
  }
}
