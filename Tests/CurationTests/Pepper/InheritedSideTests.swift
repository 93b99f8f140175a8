import Posix
import Privacy
import Records
import TestKit
import Testing
import TrainingLog

@testable import Curation

/// All that a user says stands on one side of the split, whatever pseudonyms the user has had.
@Suite("Sides after a rotation of the pepper")
struct InheritedSideTests {
  private static let names = (0..<40).map { "user \($0)" }

  /// On which sides rows of a user stand.
  private struct Sides {
    private(set) var sides: [String: Set<String>] = [:]
    private var users: [String: String] = [:]

    mutating func note(_ record: StoredConversation, _ user: String) { users[record.id.description] = user }

    mutating func look(at rows: [Row]) {
      for row in rows { if let user = users[row.id] { sides[user, default: []].insert(row.split) } }
    }

    var torn: [String] { sides.filter { $0.value.count > 1 }.keys.sorted() }
    var held: Int { sides.values.count { $0 == ["test"] } }
  }

  /// - Parameter curatesFirst: whether the old records are published before the rotation.
  @Test(arguments: [true, false])
  func `a user stays on the side of the first pseudonym, over two rotations`(curatesFirst: Bool) throws {
    let users = try UserLog()
    var sides = Sides()
    func round(_ names: some Sequence<String>) throws {
      for name in names { sides.note(try users.add(name), name) }
      if curatesFirst { sides.look(at: try users.curate()) }
    }
    try round(Self.names)
    for rotation in 1...2 {
      try users.rotate(at: UserLog.now.advanced(bySeconds: rotation))
      // Some come only after the second.
      try round(Self.names.enumerated().filter { rotation == 2 || $0.offset % 2 == 0 }.map(\.element))
      try users.reopen(rebuilding: true)
    }
    sides.look(at: try users.curate())
    #expect(sides.sides.count == Self.names.count)
    #expect(sides.torn == [])
    // Without inheritance three pseudonyms of 40 users would have torn about ten.
    #expect(try !lines(users).isEmpty)
    #expect(sides.held > 0 && sides.held < Self.names.count / 2)
  }

  @Test func `the side outlives the old records and the old pepper, and links nobody to them`() throws {
    let users = try UserLog()
    var sides = Sides()
    let start = UserLog.now.advanced(bySeconds: -80 * 86_400)
    for name in Self.names { sides.note(try users.add(name, at: start), name) }
    sides.look(at: try users.curate())
    let before = sides.sides
    let old = try users.rotate()
    for name in Self.names { try users.add(name) }
    let pseudonyms = try Self.names.flatMap { try users.open.pseudonyms.users($0).map(\.hex) }
    #expect(Set(pseudonyms).count == 2 * Self.names.count)
    let now = UserLog.now.advanced(bySeconds: 60 * 86_400)
    #expect(try Retainer(users.open, DataCurator(users.open, tool: "test 1")).run(now: now).records == Self.names.count)
    try users.destroy(old)
    for name in Self.names { sides.note(try users.add(name), name) }
    sides.look(at: try users.curate())
    #expect(sides.sides == before)
    let noted = String(decoding: try readFile(users.directory.inheritedSides) ?? [], as: UTF8.self)
    for pseudonym in pseudonyms { #expect(!noted.contains(pseudonym)) }
  }

  @Test func `a line goes with whom it is about, and comes again with them`() throws {
    let users = try UserLog()
    for name in Self.names { try users.add(name) }
    try users.rotate()
    var noted: [String: [String]] = [:]
    var known: Set<String> = []
    for name in Self.names {
      try users.add(name)
      noted[name] = try lines(users).filter { known.insert($0).inserted }
    }
    let (heir, line) = try #require(noted.compactMap { name, lines in lines.first.map { (name, $0) } }.first)
    let count = known.count
    #expect(noted.values.allSatisfy { $0.count < 2 } && count < Self.names.count / 2)
    _ = try Eraser(users.open).erase(userID: heir, now: UserLog.now)
    #expect(try lines(users).count == count - 1)
    #expect(try !lines(users).contains(line))
    try users.add(heir)
    #expect(try lines(users).filter { $0 == line }.count == 1)
    try users.reopen()
    try users.add(heir)
    #expect(try lines(users).filter { $0 == line }.count == 1)
  }

  @Test func `a damaged line is told, and said again`() throws {
    let users = try UserLog()
    for name in Self.names { try users.add(name) }
    try users.rotate()
    for name in Self.names { try users.add(name) }
    let whole = try lines(users)
    try users.reopen {
      let text = whole.enumerated().map { $0.offset == 0 ? "{}" : $0.element }.joined(separator: "\n") + "\n{\"gro"
      try AtomicFile.replace(users.directory.inheritedSides, with: Array(text.utf8), mode: 0o600)
    }
    // By its place, and by the mark of the ledger, which was another.
    #expect(try users.open.damagedLines.map(\.file) == ["state/inherited.jsonl", "state/inherited.jsonl"])
    let faults = try Verification(users.directory).run().faults.filter { $0.file == "state/inherited.jsonl" }
    #expect(faults.count == 2 && faults.compactMap(\.line) == [1])
    for name in Self.names { try users.add(name) }
    #expect(try Set(lines(users)) == Set(whole + ["{}"]))
  }

  /// The curator must not see a record before it can know of the side.
  @Test func `the line is durable before the record is written`() throws {
    let folder = try TemporaryDirectory()
    let directory = DataDirectory(folder("data"))
    let disk = SimulatedDisk(simulating: directory.logs)
    func open() throws -> TrainingLog { try TrainingLog.reopened(.init(directory: directory), fileSystem: disk) }
    _ = try open().rotatePepper(now: UserLog.now)
    let log = try open()
    let holdOut = HoldOut(key: log.secrets.splitKey)
    let heir = try #require(
      (0...).lazy.map { "heir \($0)" }.first {
        let users = log.pseudonyms.users($0)
        return holdOut.side(of: users[0].value) != holdOut.side(of: users[1].value)
      })
    var wasNoted: [Bool] = []
    let noted = Mutex<[Bool]>([])
    disk.onCall { call in
      if call.operation == .append {
        noted.withLock { $0.append((try? readFile(directory.inheritedSides))?.isEmpty == false) }
      }
    }
    var logger = log.makeLogger()
    let submission = try Submission(
      JSONDocument(parsing: LogBody(user: heir).bytes).root,
      window: AcceptanceWindow(now: UserLog.now, retentionDays: 90))
    let record = logger.prepare(submission, now: UserLog.now)
    _ = log.commit.submit(CommitBatch(items: [.init(token: 0, work: .conversation(record))]) { _ in })
    log.commit.flush()
    disk.onCall(nil)
    wasNoted = noted.withLock { $0 }
    #expect(wasNoted == [true])
  }

  private func lines(_ users: UserLog) throws -> [String] {
    String(decoding: try readFile(users.directory.inheritedSides) ?? [], as: UTF8.self).split(separator: "\n").map(
      String.init)
  }
}
