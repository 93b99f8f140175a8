import Posix
import Records
import TestKit
import Testing
import TrainingLog

@testable import Curation

/// What comes between the hiding of records and their removal takes nothing from the receipt.
@Suite("Erasures that wait")
struct WaitingErasureTests {
  enum Between: CaseIterable { case nothing, run, runs, restart, expiry, restartAndExpiry }

  @Test(arguments: Between.allCases)
  func counted(_ between: Between) throws {
    let users = try UserLog()
    let first = try users.add("ann")
    try users.add("bob")
    let before = try curate(users)
    let second = try users.add("ann")
    #expect(try rateDown(second, in: users) == .rated)
    // Negatives alone make no new version.
    try users.add("bob")
    let last = try curate(users)
    var expected = try held(of: [first.id, second.id], in: users.directory)
    #expect(expected.curated == 2)
    expected.versions = [before, last]
    _ = try Eraser(users.open).begin(userID: "ann", now: UserLog.now)
    switch between {
    case .nothing: break
    case .run: _ = try curate(users)
    case .runs: for _ in 0..<2 { _ = try curate(users) }
    case .restart:
      try users.reopen()
      _ = try curate(users)
      try users.reopen()
    case .expiry: try expire(users)
    case .restartAndExpiry:
      try users.reopen()
      try expire(users)
    }
    let counts = try Eraser(users.open).erase(userID: "ann", now: UserLog.now).counts
    #expect(counts == expected)
    #expect(try held(of: [first.id, second.id], in: users.directory) == ErasureCounts())
  }

  @Test("Versions that held a row which has left the dataset are named, too")
  func left() throws {
    let users = try UserLog()
    try users.add("ann")
    let version = try curate(users)
    try users.open.setConsent(ofUser: "ann", [.training], refused: true, now: UserLog.now)
    #expect(try curate(users) != version)
    _ = try Eraser(users.open).begin(userID: "ann", now: UserLog.now)
    _ = try curate(users)
    let receipt = try Eraser(users.open).erase(userID: "ann", now: UserLog.now)
    #expect(receipt.counts.versions == [version])
    #expect(receipt.counts.curated == 0)
  }

  private func curate(_ users: UserLog) throws -> String {
    let manifest = try DataCurator(users.open, tool: "test 1").run(now: UserLog.now) { _ in }
    return DatasetSummary(manifest).version
  }

  private func expire(_ users: UserLog) throws {
    let later = UserLog.now.advanced(bySeconds: 100 * 86_400)
    #expect(try Retainer(users.open, DataCurator(users.open, tool: "test 1")).run(now: later).days == 1)
  }

  private func rateDown(_ record: StoredConversation, in users: UserLog) throws -> Outcome? {
    let rating = try Rating(parameters: [
      (name: "example_id", value: record.id.description), (name: "score", value: "1"), (name: "comment", value: "No."),
    ])
    return try users.commit(.rating(rating, now: UserLog.now))
  }

  /// What stands in the files of these records.
  private func held(of ids: [ExampleID], in directory: DataDirectory) throws -> ErasureCounts {
    var counts = ErasureCounts()
    func count(_ path: String, _ member: WritableKeyPath<ErasureCounts, Int>) throws {
      for line in try (readFile(path) ?? []).split(separator: 0x0A) {
        guard ids.contains(where: { Array(line).holds(Array($0.description.utf8)) }) else { continue }
        counts[keyPath: member] += 1
        counts.bytes += line.count + 1
      }
    }
    try count(directory.path(of: .conversations(UserLog.now.day)), \.records)
    try count(directory.path(of: .feedback), \.feedback)
    try count(directory.path(of: .comments), \.comments)
    try count(directory.path(of: .corrections), \.corrections)
    for path in [directory.trainingData, directory.preferences] { try count(path, \.curated) }
    return counts
  }
}
