import Dispatch
import Records
import TestKit
import Testing

@testable import Curation
@testable import TrainingLog

/// The live books and the curator judge the same records by two roads: they must come to the same numbers.
@Suite("Statistics and curator agree")
struct AgreementTests {
  @Test("Over random records and ratings, live and after a start", arguments: [11, 12, 13, 14] as [UInt64])
  func agree(seed: UInt64) throws {
    var random = Seeded(seed)
    let folder = try DataFolder()
    var ids = try addRecordsOfOlderRules(to: folder)
    do {
      let log = try TrainingLog.reopened(.init(directory: folder.directory))
      var logger = log.makeLogger()
      for _ in 0..<20 {
        var works: [Work] = []
        for _ in 0..<20 {
          let stored = logger.prepare(try submission(using: &random), now: DataFolder.now)
          ids.append(stored.id)
          works.append(.conversation(stored))
        }
        commit(works, to: log)
        commit(try (0..<15).map { _ in try rating(of: ids, using: &random) }, to: log)
      }
      try compare(log, folder, "live, seed \(seed)")
    }
    let log = try TrainingLog.reopened(.init(directory: folder.directory))
    try compare(log, folder, "after a start, seed \(seed)")
  }

  private func compare(_ log: TrainingLog, _ folder: DataFolder, _ moment: String) throws {
    let tallies = log.counters.tallies
    let manifest = try JSONDocument(
      parsing: DataCurator(
        directory: folder.directory, splitKey: log.secrets.splitKey, scrubber: log.scrubber, tool: "test"
      ).run(now: DataFolder.now) { _ in }
    ).root
    let all = tallies[.total, "all"]
    #expect(all.conversations == 480, "\(moment)")
    // What needs the text of other records is the curator's alone.
    let alone = ["near_duplicate", "moat"].reduce(0) { sum, reason in
      sum + (manifest["rejected"]?.members.first { $0.key.string == reason }?.value.integer ?? 0)
    }
    #expect(manifest["examples"]?.integer == all.highQuality - alone, "\(moment)")
    var rejected = RejectionCounts()
    for reason in RejectionCounts.live {
      rejected[reason] =
        manifest["rejected"]?.members.first { $0.key.string == reason.rawValue }?.value.integer ?? -1
    }
    #expect(rejected == StatisticsReport.rejected(tallies), "\(moment)")
    // All reasons but the one that needs a ledger are met, or the test shows nothing.
    #expect(RejectionCounts.live.dropFirst().allSatisfy { rejected[$0] > 0 }, "\(moment)")
    var days = Tally()
    for (_, tally) in tallies.all(.day) { days += tally }
    #expect(days.highQuality == all.highQuality, "\(moment)")
  }

  /// Lines that no logger of today writes: personal data that earlier rules did not know, and blank messages.
  private func addRecordsOfOlderRules(to folder: DataFolder) throws -> [ExampleID] {
    try (0..<80).map { number in
      let mail = "Write to jane\(number)@nordwind-it.de, who knows the whole story about this question."
      let record =
        switch number % 4 {
        case 0: conversation(number, answer: " ")
        case 1: conversation(number, answer: mail)
        case 2: conversation(number, question: mail)
        default: conversation(number)
        }
      try folder.add(record)
      return record.exampleID
    }
  }

  private func submission(using random: inout Seeded) throws -> Submission {
    let text = Int.random(in: 0..<150, using: &random)
    let answer =
      switch Int.random(in: 0..<8, using: &random) {
      case 0: "Too short."
      case 1: "Write to jane\(text)@nordwind-it.de, who knows the whole story about this question."
      default: goodAnswer(text)
      }
    var body = JSONWriter()
    body.object { object in
      for (name, value) in [
        ("user_id", "user \(Int.random(in: 0..<40, using: &random))"), ("session_id", "s"),
        ("user_message", "Question \(text)?"), ("assistant_message", answer),
      ] {
        object.key(name)
        object.string(value)
      }
    }
    return try Submission(JSONDocument(parsing: body.bytes).root, window: window)
  }

  private var window: AcceptanceWindow { AcceptanceWindow(now: DataFolder.now, retentionDays: 90) }

  private func rating(of ids: [ExampleID], using random: inout Seeded) throws -> Work {
    let id = ids[Int.random(in: 0..<ids.count, using: &random)]
    var parameters = [
      (name: "example_id", value: id.description), (name: "score", value: "\(Int.random(in: 1...5, using: &random))"),
    ]
    let correction =
      switch Int.random(in: 0..<10, using: &random) {
      case 0: "No."
      case 1: goodAnswer(Int.random(in: 0..<150, using: &random))
      case 2: "Call jane@nordwind-it.de and ask her, she has written the code that this is about."
      default: ""
      }
    if !correction.isEmpty { parameters.append((name: "corrected_message", value: correction)) }
    return .rating(try Rating(parameters: parameters), now: DataFolder.now)
  }

  private func commit(_ works: [Work], to log: TrainingLog) {
    let done = DispatchSemaphore(value: 0)
    let items = works.map { CommitBatch.Item(token: 0, work: $0) }
    #expect(log.commit.submit(CommitBatch(items: items) { _ in done.signal() }).isEmpty)
    done.wait()
  }
}
