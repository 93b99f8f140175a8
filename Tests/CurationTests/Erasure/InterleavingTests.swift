import Foundation
import Posix
import Records
import TestKit
import Testing
import TrainingLog

@testable import Curation

/// Any order of logging, rating, refusing, erasing, curating, sealing, expiring, restoring, changing the pepper,
/// crashing and starting anew: what was erased is nowhere and never comes back, what was acknowledged and not erased is there once, and
/// nothing is curated that may not.
@Suite("Interleavings")
struct InterleavingTests {
  @Test(arguments: Array(UInt64(0)..<24))
  func invariants(_ seed: UInt64) throws {
    var life = try Life(seed: seed)
    for step in 0..<40 {
      let act = try life.act()
      try life.check("seed \(seed), step \(step), \(act)")
    }
  }
}

/// A data directory with all that happens to it, and what has to be true of it.
private struct Life {
  private struct Known {
    let record: StoredConversation
    let user: String
    /// Under which pepper it came.
    let pepper: String
    let marker: String
    let at: Timestamp
  }

  private struct Pseudonymous: Hashable {
    let user: String
    let pepper: String
  }

  private static let users = ["ann", "bob", "cyd", "dan"]
  private let folder: TemporaryDirectory
  private var directory: DataDirectory
  private var log: TrainingLog?
  private var random: SeededGenerator
  private var now = moment("2026-01-10T12:00:00Z")
  private var numbers = 0
  private var restores = 0
  private var crashes = 0
  private var live: [Known] = []
  private var erased: [Known] = []
  /// The peppers that find records, the present one last.
  private var peppers = ["0"]
  private var rotations = 0
  private var refusing: [Purpose: Set<String>] = [:]
  /// Whom the ledger knows to refuse: the user under that pepper.
  private var refused: [Purpose: Set<Pseudonymous>] = [:]
  /// Whose rows the last run of the curator may have taken.
  private var curatedFrom: Set<ExampleID> = []

  init(seed: UInt64) throws {
    folder = try TemporaryDirectory()
    directory = DataDirectory(folder("data"))
    random = SeededGenerator(seed: seed)
    log = try TrainingLog.reopened(.init(directory: directory))
  }

  private var open: TrainingLog {
    get throws { try #require(log) }
  }

  mutating func act() throws -> String {
    let acts: [(String, (inout Life) throws -> Void)] = [
      ("log", { try $0.logSome() }), ("log", { try $0.logSome() }), ("log", { try $0.logSome() }),
      ("rate", { try $0.rate() }), ("refuse", { try $0.refuse() }), ("erase user", { try $0.eraseUser() }),
      ("erase example", { try $0.eraseExample() }), ("curate", { try $0.curate() }), ("retain", { try $0.retain() }),
      ("seal", { try $0.seal() }), ("restart", { try $0.restart() }), ("restore", { try $0.restore() }),
      ("crash", { try $0.crash() }), ("rotate", { try $0.rotate() }), ("destroy", { try $0.destroy() }),
    ]
    let (name, act) = try #require(acts.randomElement(using: &random))
    try act(&self)
    return name
  }

  private mutating func logSome() throws {
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      numbers += 1
      let user = try #require(Self.users.randomElement(using: &random))
      let marker = "marker\(numbers)x"
      let at = now.advanced(bySeconds: -Int.random(in: 0...60, using: &random) * 86_400)
      var writer = JSONWriter()
      writer.object { body in
        for (key, value) in [
          ("user_id", user), ("session_id", "s"), ("user_message", "Question \(marker)?"),
          ("assistant_message", LogBody.answer(about: numbers) + marker), ("timestamp", at.description),
        ] {
          body.key(key)
          body.string(value)
        }
      }
      let submission = try Submission(
        JSONDocument(parsing: writer.bytes).root, window: AcceptanceWindow(now: now, retentionDays: 90))
      var logger = try open.makeLogger()
      let record = logger.prepare(submission, now: now)
      let outcome = try commit(.conversation(record))
      if refusing[.logging]?.contains(user) == true {
        #expect(outcome == .optedOut)
      } else {
        #expect(outcome == .stored(record.id))
        let pepper = try #require(peppers.last)
        live.append(Known(record: record, user: user, pepper: pepper, marker: marker, at: at))
        if refusing[.training]?.contains(user) == true { refuse(user, .training, under: [pepper]) }
      }
      now = now.advanced(bySeconds: 1)
    }
  }

  private func commit(_ work: Work) throws -> Outcome? {
    let outcomes = Mutex<[Outcome]>([])
    let refused = try open.commit.submit(
      CommitBatch(items: [.init(token: 0, work: work)]) { done in outcomes.withLock { $0 = done.map(\.outcome) } })
    #expect(refused.isEmpty)
    try open.commit.flush()
    return outcomes.withLock { $0.first }
  }

  private mutating func rate() throws {
    guard let known = (live + erased).randomElement(using: &random) else { return }
    let score = Int.random(in: 1...5, using: &random)
    let rating = try Rating(parameters: [
      (name: "example_id", value: known.record.id.description), (name: "score", value: "\(score)"),
      (name: "comment", value: "\(known.marker) comment"),
      (name: "corrected_message", value: LogBody.answer(about: numbers) + known.marker),
    ])
    let outcome = try commit(.rating(rating, now: now))
    if erased.contains(where: { $0.record.id == known.record.id }) {
      #expect(outcome == .unknownExample)
    } else {
      #expect(outcome == (refuses(.logging, known) ? .ratingOptedOut : .rated))
    }
  }

  private mutating func refuse() throws {
    let user = try #require(Self.users.randomElement(using: &random))
    let purpose = Bool.random(using: &random) ? Purpose.training : .logging
    let refused = Bool.random(using: &random)
    try open.setConsent(ofUser: user, [purpose], refused: refused, now: now)
    if refused {
      refusing[purpose, default: []].insert(user)
      refuse(user, purpose, under: peppers)
    } else if refusing[purpose]?.remove(user) != nil {
      // Nobody knows any more whose the records under a destroyed pepper are.
      self.refused[purpose] = self.refused[purpose]?.filter { $0.user != user || !peppers.contains($0.pepper) }
    }
  }

  private mutating func refuse(_ user: String, _ purpose: Purpose, under peppers: [String]) {
    for pepper in peppers { refused[purpose, default: []].insert(Pseudonymous(user: user, pepper: pepper)) }
  }

  private func refuses(_ purpose: Purpose, _ known: Known) -> Bool {
    refused[purpose]?.contains(Pseudonymous(user: known.user, pepper: known.pepper)) ?? false
  }

  private mutating func rotate() throws {
    _ = try open.rotatePepper(now: now)
    rotations += 1
    peppers.append("\(rotations)")
    try restart()
  }

  /// Of the oldest.
  private mutating func destroy() throws {
    guard let oldest = try open.secrets.formerPeppers.first else { return }
    try open.destroyPeppers([oldest.id], now: now)
    peppers.removeFirst()
    try restart()
  }

  private mutating func eraseUser() throws {
    let user = try #require(Self.users.randomElement(using: &random))
    let receipt = try Eraser(open).erase(userID: user, now: now)
    try Eraser(open).noteReceived(receipt, now: now)
    let gone = live.filter { $0.user == user && peppers.contains($0.pepper) }
    #expect(receipt.counts.records == gone.count)
    forget(gone)
  }

  private mutating func eraseExample() throws {
    guard let known = live.randomElement(using: &random) else { return }
    #expect(try Eraser(open).erase(known.record.id, now: now)?.counts.records == 1)
    forget([known])
  }

  private mutating func forget(_ gone: [Known]) {
    erased += gone
    live.removeAll { known in gone.contains { $0.record.id == known.record.id } }
  }

  private mutating func curate() throws {
    _ = try DataCurator(open, tool: "test 1").run(now: now) { _ in }
    noteCurated()
  }

  private mutating func noteCurated() {
    curatedFrom = Set(live.filter { !refuses(.training, $0) }.map(\.record.id))
  }

  private mutating func retain() throws {
    now = now.advanced(bySeconds: Int.random(in: 0...30, using: &random) * 86_400)
    let counts = try Retainer(open, DataCurator(open, tool: "test 1")).run(now: now)
    let limit = now.advanced(bySeconds: -90 * 86_400).day
    let expired = live.filter { $0.at.day < limit }
    #expect(counts.records == expired.count)
    live.removeAll { $0.at.day < limit }
    if counts.days > 0 { noteCurated() }
  }

  private mutating func seal() throws { _ = try open.sealDays(before: now.day) }

  private mutating func restart() throws {
    log = nil
    if Bool.random(using: &random) {
      for suffix in ["", "-wal", "-shm"] { try Directories.remove(directory.index + suffix) }
    }
    log = try TrainingLog.reopened(.init(directory: directory))
    try Eraser(open).resume(now: now)
  }

  /// What a process that was killed leaves: all its files as they are, with an index that is behind or has a log of its own.
  private mutating func crash() throws {
    crashes += 1
    let left = DataDirectory(folder("crashed-\(crashes)"))
    try FileManager.default.copyItem(atPath: directory.root, toPath: left.root)
    log = nil
    directory = left
    log = try TrainingLog.reopened(.init(directory: directory))
    try Eraser(open).resume(now: now)
  }

  /// A backup, more of everything but logging, and the backup back in the place of the directory.
  private mutating func restore() throws {
    restores += 1
    let archive = folder("backup-\(restores).tar")
    _ = try Backup(directory, pepperFile: nil, tool: "test 1").write(to: archive, withPepper: true, now: now)
    // As the command does: a restore asks the log whether a ledger has to be there.
    try AuditLog(directory).append(AuditAct(.backup, by: "command", at: now))
    let curated = curatedFrom
    if Bool.random(using: &random) { try eraseUser() }
    if Bool.random(using: &random) { try refuse() }
    log = nil
    let restored = DataDirectory(folder("data-\(restores)"))
    let report = try Restoration(reading: archive).run(into: restored, .ofBackup, .live(directory.state))
    #expect(report.isClean)
    directory = restored
    log = try TrainingLog.reopened(.init(directory: directory))
    try Eraser(open).resume(now: now)
    curatedFrom = curated.subtracting(erased.map(\.record.id))
  }

  func check(_ comment: Testing.Comment) throws {
    let log = try open
    log.commit.flush()
    #expect(log.counters.tallies[.total, "all"].conversations == live.count, comment)
    #expect(
      log.counters.tallies[.leftOut, "opted_out"].conversations == live.count { refuses(.training, $0) },
      comment)
    for known in live { #expect(try log.example(known.record.id) != nil, comment) }
    for known in erased { #expect(try log.example(known.record.id) == nil, comment) }
    var contents = try FileManager.default.subpathsOfDirectory(atPath: directory.root).compactMap { name in
      (try? readFile(directory.root + "/" + name)).flatMap { $0 }.map { (name, $0) }
    }
    for (name, content) in contents where name.hasSuffix(".gz") {
      contents.append((String(name.dropLast(3)), try GzipReader.decompress(content, limit: 1 << 24)))
    }
    for known in erased {
      for needle in [Array(known.marker.utf8), Array(known.record.id.description.utf8), known.record.id.bytes] {
        for (name, content) in contents where content.holds(needle) {
          Issue.record("erased, and still in \(name), \(comment)")
        }
      }
    }
    let days = contents.filter { $0.0.hasPrefix("training_logs/conversations_") && $0.0.hasSuffix(".jsonl") }.map {
      String(decoding: $0.1, as: UTF8.self)
    }
    let lines = days.flatMap { $0.split(separator: "\n") }
    #expect(lines.count == live.count, comment)
    for name in ["curated/training_data.jsonl", "curated/preferences.jsonl"] {
      for line in contents.first(where: { $0.0 == name })?.1.split(separator: 10) ?? [] {
        guard let id = CuratedLine.id(of: Array(line)) else { continue }
        #expect(curatedFrom.contains(id), "\(name), \(comment)")
      }
    }
    #expect(try Verification(directory).run().faults.map(\.description) == [], comment)
  }
}
