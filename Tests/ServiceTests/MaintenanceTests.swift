import Glibc
import Posix
import Records
import TestKit
import Testing
import TrainingLog

@testable import Service

@Suite("Daily maintenance")
struct MaintenanceTests {
  private static let schedule = MaintenanceSchedule(key: [1, 2, 3])
  private static let midnight = Timestamp(rfc3339: "2026-03-10T00:00:00Z")!

  private static func time(_ hours: Double, day: Int = 0) -> Timestamp {
    midnight.advanced(bySeconds: day * 86_400 + Int(hours * 3600))
  }

  /// Now and the last time in hours, and whether it is due. The time of the day lies between 2:00 and 4:00.
  static let cases: [(now: Double, last: Double, isDue: Bool)] = [
    (4, 1, true), (4, -19, true), (1, -19, false), (1, -21, false), (1, -23, true), (23, 4, false), (28, 4, true),
    (4, 4, false), (24 * 30, 4, true), (24 * 30 + 1, 24 * 30 - 1, false),
  ]

  @Test(arguments: cases)
  func `once a day, and at once where that was missed`(_ row: (now: Double, last: Double, isDue: Bool)) {
    #expect(Self.schedule.isDue(now: Self.time(row.now), last: Self.time(row.last)) == row.isDue)
  }

  @Test func `each directory has a time of its own in the early hours`() {
    let offsets = (0..<200).map { MaintenanceSchedule(key: [UInt8($0)]).offset / 1000 }
    #expect(offsets.allSatisfy { (7200..<14_400).contains($0) })
    #expect(Set(offsets).count > 150)
  }

  @Test func `time travel: a year of days, with restarts and a gap, runs once a day and catches up once`() throws {
    let home = try TestServer.Home()
    let clock = ManualClock(Self.midnight)
    var runs = 0
    var fixture: LogFixture? = try LogFixture(home)
    var maintenance: Maintenance? = try Maintenance(#require(fixture).collector(clock: clock))
    for hour in 0..<(24 * 30) {
      clock.set(Self.time(Double(hour)))
      // Ten days in which the server is down.
      if (24 * 12..<24 * 22).contains(hour) { continue }
      if hour.isMultiple(of: 31) {
        (fixture, maintenance) = (nil, nil)
        fixture = try LogFixture(home)
        maintenance = try Maintenance(#require(fixture).collector(clock: clock))
      }
      let before = try readFile(DataDirectory(home.path).maintenance)
      maintenance?.runIfDue(now: clock.now)
      if let before, try readFile(DataDirectory(home.path).maintenance) != before { runs += 1 }
    }
    // Once on each of 30 days but the ten, and once for those.
    #expect(runs == 21 || runs == 20)
    #expect(home.lines("curated/versions.jsonl").count == runs)
  }

  /// What a restore leaves of the note, a torn one, and one of a clock that was wrong.
  @Test(arguments: [nil, "{\"compl", "{\"completed\":\"2999-01-01T00:00:00.000Z\"}"])
  func `where it is not known when it was last done, all of it is made up for`(_ note: String?) throws {
    let server = try TestServer()
    let home = server.home
    #expect(try server.connect().post("/v1/log", LogBody().bytes).status == 201)
    #expect(try server.stop() == .code(0))
    let path = DataDirectory(home.path).maintenance
    if let note { try AtomicFile.replace(path, with: Array(note.utf8)) } else { try Directories.remove(path) }
    let clock = ManualClock(SystemClock().now.advanced(bySeconds: 100 * 86_400))
    let fixture = try LogFixture(home)
    for _ in 0..<2 { try Maintenance(fixture.collector(clock: clock)).runIfDue(now: clock.now) }
    #expect(home.conversations.isEmpty)
    #expect(home.lines("state/audit.jsonl").count { $0.contains("\"act\":\"curate\"") } == 1)
  }

  @Test func `from a failure until it is done the metrics say so`() throws {
    let home = try TestServer.Home()
    let clock = ManualClock(Self.midnight)
    let collector = try LogFixture(home).collector(clock: clock)
    let maintenance = Maintenance(collector)
    func run(_ hours: Double, failed: Int) {
      clock.set(Self.time(hours))
      maintenance.runIfDue(now: clock.now)
      #expect(collector.metrics().contains("\ncerberus_maintenance_failed \(failed)\n"), "hour \(hours)")
    }
    run(0, failed: 0)
    let obstacle = DataDirectory(home.path).manifest + AtomicFile.suffix
    try Directories.make(obstacle)
    run(5, failed: 1)
    try #require(rmdir(obstacle) == 0)
    run(5.5, failed: 1)
    run(6.1, failed: 0)
  }

  @Test func `old records go by themselves`() throws {
    let server = try TestServer()
    let home = server.home
    #expect(try server.connect().post("/v1/log", LogBody().bytes).status == 201)
    #expect(try server.stop() == .code(0))
    let clock = ManualClock(SystemClock().now)
    let fixture = try LogFixture(home)
    let maintenance = try Maintenance(fixture.collector(clock: clock))
    maintenance.runIfDue(now: clock.now)
    for day in [1, 89, 90] {
      clock.set(SystemClock().now.advanced(bySeconds: day * 86_400))
      maintenance.runIfDue(now: clock.now)
      #expect(home.conversations.count == 1, "day \(day)")
    }
    clock.set(SystemClock().now.advanced(bySeconds: 92 * 86_400))
    maintenance.runIfDue(now: clock.now)
    #expect(home.conversations.isEmpty)
    #expect(home.lines("curated/training_data.jsonl").count == 1)
    #expect(home.lines("state/audit.jsonl").contains { $0.contains("\"act\":\"retain\"") })
  }
}
