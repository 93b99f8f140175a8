import Posix
import Records
import TestKit
import Testing

@testable import TrainingLog

/// What a crash leaves at the end of a file, again and again, and whatever it ends with.
@Suite("Torn tails")
struct TornTailTests {
  let fixture: LogFixture
  let day = LogFileName.conversations(LogFixture.today)
  let lines: [String]

  init() throws {
    let fixture = try LogFixture()
    let log = try fixture.open()
    lines = try (0..<2).map { fixture.text(try fixture.conversation(log, "\($0)")) }
    self.fixture = fixture
  }

  private func quarantined() throws -> [[UInt8]] {
    let folder = fixture.directory.quarantine
    guard Directories.exists(folder) else { return [] }
    return try Directories.list(folder).filter { $0.hasSuffix(".tail") }.compactMap { try readFile(folder + "/" + $0) }
  }

  @Test("A second one at the same place does not take the place of the first; the same one is kept once")
  func twice() throws {
    let tails = ["{\"example_id\":\"1", "{\"example_id\":\"22", "{\"example_id\":\"1"].map { Array($0.utf8) }
    for tail in tails {
      fixture.disk.put(day.name, .line(lines[0]) + tail)
      let log = try fixture.open()
      #expect(log.repairs.cutBytes == tail.count)
    }
    #expect(Set(try quarantined()) == Set(tails))
    #expect(try quarantined().count == 2)
    #expect(fixture.syncedLines(day) == [lines[0]])
  }

  private static let garbage: [[UInt8]] = [
    Array("garbage\n".utf8), Array("{\"example_id\":\"01\n".utf8), Array("x\ny\nz\n".utf8), [0, 0, 0, 0x0A],
    [0xFF, 0x0A],
    Array("ends with\n\na torn li".utf8), Array("{}{}\n".utf8), [0x0A, 0, 0, 0],
  ]

  @Test("Garbage that ends with a line end was not acknowledged either", arguments: garbage)
  func garbageWithLineEnd(tail: [UInt8]) throws {
    let log = try fixture.open()
    let first = try fixture.conversation(log, "first")
    #expect(log.commitNow(.conversation(first)) == [.stored(first.id)])
    log.saveIndexNow()
    _ = consume log
    let whole = try #require(fixture.disk.content(day.name))
    fixture.disk.put(day.name, whole + .line(lines[0]) + tail)
    let next = try fixture.open()
    #expect(fixture.syncedLines(day) == [fixture.text(first), lines[0]])
    #expect(try quarantined() == [tail.first == 0x0A ? Array(tail.dropFirst()) : tail])
    #expect(next.repairs.cutBytes == (tail.first == 0x0A ? tail.count - 1 : tail.count))
    #expect(next.damagedLines == [])
    #expect(next.counters.tallies[.total, "all"].conversations == 2)
  }

  @Test("What the index has seen was acknowledged, and stays where it is, whatever has become of it")
  func acknowledged() throws {
    let log = try fixture.open()
    let first = try fixture.conversation(log, "first")
    _ = log.commitNow(.conversation(first))
    log.saveIndexNow()
    _ = consume log
    var content = try #require(fixture.disk.content(day.name))
    content[3] = 0xFF
    fixture.disk.put(day.name, content)
    #expect(try fixture.open().repairs.cutBytes == 0)
    #expect(fixture.disk.content(day.name) == content)
  }

  @Test("A last line that is JSON and breaks a rule is damage: it is told, and stays")
  func damaged() throws {
    fixture.disk.put(day.name, .line(lines[0]) + .line("{\"a\":1}"))
    let log = try fixture.open()
    #expect(log.repairs.cutBytes == 0)
    #expect(log.damagedLines.count == 1)
    #expect(fixture.lines(day).count == 2)
  }
}
