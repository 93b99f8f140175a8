import Posix
import Records
import TestKit
import Testing

@testable import TrainingLog

/// Somebody renames, removes, cuts or edits a day file, be it open in the server or not: it is noticed at the next commit,
/// which goes into the file that has the name, and everything else is as if the server had been started on what is there.
@Suite("Files that somebody else changes")
struct MeddlingTests {
  enum Deed: String, CaseIterable {
    case rename, remove, cutAtLine, cutInLine, cutToNothing, append, appendHalfALine, copyOver, copyOverWithoutLast
  }

  /// Of three records in the plain file, how many are left.
  private func left(_ deed: Deed) -> Int {
    switch deed {
    case .rename, .remove, .cutToNothing: 0
    case .cutAtLine, .cutInLine, .copyOverWithoutLast: 2
    case .append, .appendHalfALine, .copyOver: 3
    }
  }

  private func commit(_ deed: Deed, _ path: String, _ fixture: LogFixture, _ foreign: StoredConversation) throws {
    let disk = fixture.disk
    let file = try disk.openLog(path)
    let content = try file.read(at: 0, count: file.size())
    let lastLine = content.dropLast().lastIndex(of: 0x0A) ?? 0
    switch deed {
    case .rename: try disk.rename(path, to: path + ".1")
    case .remove: try disk.remove(path)
    case .cutAtLine: try file.truncate(to: lastLine + 1)
    case .cutInLine: try file.truncate(to: lastLine + 20)
    case .cutToNothing: try file.truncate(to: 0)
    case .append: try file.append(foreign.line + [0x0A])
    case .appendHalfALine: try file.append(Array(foreign.line.prefix(30)))
    case .copyOver: try copy(content, over: path, disk)
    case .copyOverWithoutLast: try copy(Array(content[...lastLine]), over: path, disk)
    }
  }

  private func copy(_ content: [UInt8], over path: String, _ disk: SimulatedDisk) throws {
    try disk.openLog(path + ".copy").append(content)
    try disk.rename(path + ".copy", to: path)
  }

  @Test("A day file", arguments: Deed.allCases, [(false, false), (true, false), (false, true), (true, true)])
  func day(_ deed: Deed, _ state: (isSealed: Bool, isClosed: Bool)) throws {
    let isSealed = state.isSealed
    let fixture = try LogFixture()
    let log = try fixture.open()
    let time = SealingFixture.yesterday
    let name = LogFileName.conversations(time.day)
    let records = try (0..<6).map { try fixture.conversation(log, "\($0)", user: "u\($0)", at: time) }
    _ = log.commitNow(records[..<3].map { .conversation($0) })
    if isSealed { _ = try log.sealDays(before: LogFixture.today) }
    _ = log.commitNow(records[3...].map { .conversation($0) })
    try log.eraseNow(user: "u1")
    try log.eraseNow(user: "u4")
    let more = try fixture.conversation(log, "more", user: "u6", at: time)
    #expect(log.commitNow(.conversation(more)) == [.stored(more.id)])
    let plain = isSealed ? [records[3], records[5], more] : [records[0], records[2], records[3], records[5], more]
    let sealed = isSealed ? [records[0], records[2]] : []
    let faults = log.counters.work.failures

    let foreign = try fixture.conversation(log, "foreign", user: "u7", at: time)
    if state.isClosed { try log.reopenFiles() }
    try commit(deed, fixture.directory.path(of: name), fixture, foreign)
    let next = try fixture.conversation(log, "next", user: "u8", at: time)
    #expect(log.commitNow(.conversation(next)) == [.stored(next.id)])
    // Nobody need notice a copy of what was closed.
    #expect(log.counters.work.failures == faults + (deed == .copyOver && state.isClosed ? 0 : 1))
    let expected =
      sealed + plain.prefix(left(deed) + plain.count - 3).filter { _ in left(deed) > 0 }
      + (deed == .append ? [foreign] : []) + [next]
    func check(_ log: TrainingLog) throws {
      #expect(fixture.lines(name) == expected.map(fixture.text))
      for record in expected { #expect(try log.example(record.id)?.line == record.line) }
      for record in plain where !expected.contains(where: { $0.id == record.id }) {
        #expect(try log.example(record.id) == nil)
      }
      #expect(log.counters.tallies[.total, "all"].conversations == expected.count)
    }
    try check(log)
    // Synced under the name that it has now.
    #expect(
      fixture.disk.syncedContent(name.name)?.suffix(next.line.count + 1).dropLast().elementsEqual(next.line) == true)
    let tallies = log.counters.tallies
    log.saveIndexNow()
    _ = consume log
    let reopened = try fixture.open()
    try check(reopened)
    #expect(reopened.counters.tallies == tallies)
    _ = consume reopened
    #expect(try fixture.rebuiltTallies() == tallies)
  }

  @Test(
    "Ratings: what is said from then on is kept, and the next start goes by what is there", arguments: Deed.allCases,
    [false, true])
  func ratings(_ deed: Deed, isClosed: Bool) throws {
    let fixture = try LogFixture()
    let log = try fixture.open()
    let records = try (0..<4).map { try fixture.conversation(log, "\($0)") }
    _ = log.commitNow(records.map { .conversation($0) })
    for record in records.dropLast() { _ = log.commitNow(try fixture.rating(of: record.id, 5)) }
    let foreign = try fixture.conversation(log, "foreign")
    guard deed != .append else { return }
    if isClosed { try log.reopenFiles() }
    try commit(deed, fixture.directory.path(of: .feedback), fixture, foreign)
    #expect(log.commitNow(try fixture.rating(of: records[3].id, 3)) == [.rated])
    #expect(try log.example(records[3].id)?.score == 3)
    #expect(fixture.lines(.feedback).count == left(deed) + 1)
    log.saveIndexNow()
    _ = consume log
    let reopened = try fixture.open()
    #expect(reopened.counters.tallies[.total, "all"].rated == left(deed) + 1)
    #expect(try reopened.example(records[3].id)?.score == 3)
  }
}
