import Posix
import Records
import TestKit
import Testing

@testable import TrainingLog

/// Somebody removes, cuts or packs anew a sealed day: it is noticed while the server runs, and at the next start; nothing
/// else is touched by it.
@Suite("Sealed days that somebody else changes")
struct MeddledDayTests {
  enum Deed: CaseIterable {
    case remove, cut, cutToNothing, packAnew, copyOver

    /// The texts of the day can still be read.
    var isHarmless: Bool { [.copyOver, .packAnew].contains(self) }
  }

  private let sealing: SealingFixture
  private var fixture: LogFixture { sealing.fixture }
  private let name = LogFileName.conversations(SealingFixture.yesterday.day)

  /// Three days, two of them sealed.
  init() throws {
    sealing = try SealingFixture()
    let log = try sealing.fixture.open()
    _ = try log.sealDays(before: LogFixture.today)
    log.saveIndexNow()
  }

  private var isOfDay: (StoredConversation) -> Bool { { $0.day == SealingFixture.yesterday.day } }

  /// As gzip(1) does it: one member that tells nothing of its place.
  private func packedAnew(_ text: [UInt8]) -> [UInt8] {
    func little(_ number: UInt32, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(number >> (8 * $0) & 0xFF) } }
    let size = UInt32(text.count)
    return [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF, 1] + little(size, 2) + little(~size, 2) + text
      + little(checksum(text), 4) + little(size, 4)
  }

  private func commit(_ deed: Deed) throws {
    let path = try #require(fixture.directory.sealedPath(of: name))
    let file = try fixture.disk.openLog(path)
    let content = try file.read(at: 0, count: file.size())
    switch deed {
    case .remove: try fixture.disk.remove(path)
    case .cut: try file.truncate(to: content.count - 9)
    case .cutToNothing: try file.truncate(to: 0)
    case .packAnew: try put(packedAnew(GzipReader.decompress(content, limit: 1 << 20)), at: path)
    case .copyOver: try put(content, at: path)
    }
  }

  private func put(_ content: [UInt8], at path: String) throws {
    try fixture.disk.openLog(path + ".copy").append(content)
    try fixture.disk.rename(path + ".copy", to: path)
  }

  private func expectOthers(_ log: TrainingLog) throws {
    for record in sealing.records where !isOfDay(record) { #expect(try log.example(record.id)?.line == record.line) }
    #expect(log.counters.tallies[.total, "all"].conversations >= sealing.records.count { !isOfDay($0) })
  }

  @Test("While the server runs, be the day open or not", arguments: Deed.allCases, [false, true])
  func running(_ deed: Deed, isOpen: Bool) throws {
    let log = try fixture.open()
    let told = Told()
    log.counters.observeFaults { fault in told.faults.withLock { $0.append(fault) } }
    func look() throws { try log.commit.withWriter { try $0.takeUpMeddledDays() } }
    let whole = log.counters.tallies
    try look()
    try log.reopenFiles()
    if isOpen { for record in sealing.records { _ = try log.example(record.id) } }
    #expect(told.faults.withLock { $0.count } == 0)
    try commit(deed)
    try look()
    let faults = told.faults.withLock { $0 }
    #expect(faults.isEmpty == (deed.isHarmless && !isOpen), "\(faults)")
    #expect(faults.first.map { $0.work == .reading || $0.reason.contains(name.name) } ?? true, "\(faults)")
    // Once.
    try look()
    #expect(told.faults.withLock { $0.count } == faults.count)
    try expectOthers(log)
    for record in sealing.records where isOfDay(record) {
      #expect((try? log.example(record.id)?.line) == (deed.isHarmless ? record.line : nil))
    }
    if deed.isHarmless { #expect(log.counters.tallies == whole) }
    let late = try fixture.conversation(log, "late", at: SealingFixture.yesterday)
    #expect(log.commitNow(.conversation(late)) == [.stored(late.id)])
    #expect(try log.example(late.id)?.line == late.line)
    let tallies = log.counters.tallies
    log.saveIndexNow()
    _ = consume log
    let next = try fixture.open()
    #expect(next.counters.tallies == tallies)
    #expect(try next.example(late.id)?.line == late.line)
    try expectOthers(next)
  }

  @Test("While no server runs: the next start tells of the day", arguments: Deed.allCases)
  func stopped(_ deed: Deed) throws {
    try commit(deed)
    let log = try fixture.open()
    let files = Set(log.damagedLines.map(\.file))
    let wanted: Set<String> = [name.name, name.sealedName ?? ""]
    #expect(files.isEmpty == deed.isHarmless && files.isSubset(of: wanted), "\(log.damagedLines)")
    try expectOthers(log)
  }

  @Test("Put back while the server runs, all of it is there again", arguments: [Deed.remove, .cutToNothing, .cut])
  func putBack(_ deed: Deed) throws {
    let path = try #require(fixture.directory.sealedPath(of: name))
    let whole = try #require(fixture.disk.content(name.sealedName ?? ""))
    let log = try fixture.open()
    let tallies = log.counters.tallies
    for record in sealing.records { _ = try log.example(record.id) }
    try commit(deed)
    try log.reopenFiles()
    #expect(log.counters.tallies != tallies)
    try put(whole, at: path)
    try log.reopenFiles()
    #expect(log.counters.tallies[.total, "all"] == tallies[.total, "all"])
    for record in sealing.records { #expect(try log.example(record.id)?.line == record.line) }
  }

  private final class Told: Sendable { let faults = Mutex<[StorageFault]>([]) }
}
