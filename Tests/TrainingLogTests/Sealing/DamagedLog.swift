import Foundation
import Posix
import Records
import TestKit
import Testing

@testable import TrainingLog

/// A day of two sealed members with records of six users in turn, and one of today each; on the real disk, and closed.
struct DamagedLog {
  static let users = (0..<6).map { "user\($0)" }
  static let perMember = 60

  let fixture: LogFixture
  /// In the order of the text, those of today last.
  let records: [StoredConversation]
  let whole: [UInt8]
  let members: [SealedMember]

  init() throws {
    let fixture = try LogFixture()
    let log = try TrainingLog.reopened(.init(directory: fixture.directory))
    var random = SeededGenerator(seed: 5)
    var records: [StoredConversation] = []
    for number in 0..<2 * Self.perMember + Self.users.count {
      if number > 0, number.isMultiple(of: Self.perMember) { _ = try log.sealDays(before: LogFixture.today) }
      // Words that hardly shrink, so that damage has records before and behind it.
      let words = (0..<60).map { _ in String(UInt32.random(in: .min ... .max, using: &random), radix: 36) }
      let record = try fixture.conversation(
        log, "\(number) " + words.joined(separator: " "), user: Self.users[number % Self.users.count],
        at: number < 2 * Self.perMember ? SealingFixture.yesterday : LogFixture.now)
      #expect(log.commitNow(.conversation(record)) == [.stored(record.id)])
      records.append(record)
    }
    #expect(log.commitNow(try fixture.rating(of: records[9].id, 4, comment: "Good.")) == [.rated])
    log.saveIndexNow()
    self.fixture = fixture
    self.records = records
    whole = try readFile(Self.path(fixture)) ?? []
    members = try SealedText(try ReadOnlyFile(Self.path(fixture))).table.members
    #expect(members.count == 2)
  }

  private static func path(_ fixture: LogFixture) -> String {
    fixture.directory.sealedPath(of: .conversations(SealingFixture.yesterday.day)) ?? ""
  }

  var path: String { Self.path(fixture) }

  func put(_ bytes: [UInt8]) throws { try Data(bytes).write(to: URL(fileURLWithPath: path)) }

  func flip(_ offset: Int) throws {
    var bytes = whole
    bytes[offset] ^= 0x10
    try put(bytes)
  }

  func open() throws -> TrainingLog { try TrainingLog.reopened(.init(directory: fixture.directory)) }

  func removeIndex() throws {
    for suffix in ["", "-wal", "-shm"] { try Directories.remove(fixture.directory.index + suffix) }
  }

  /// Records of users other than this one.
  func others(than user: String) -> [(number: Int, record: StoredConversation)] {
    records.enumerated().filter { Self.users[$0.offset % Self.users.count] != user }.map { ($0.offset, $0.element) }
  }
}
