import Glibc
import Posix
import Records
import TestKit
import Testing

@testable import TrainingLog

/// The data directory: who may open it, and what stands in it (contract, section 1).
@Suite("Opening a data directory")
struct OpeningTests {
  let folder: TemporaryDirectory
  let directory: DataDirectory

  init() throws {
    folder = try TemporaryDirectory()
    directory = DataDirectory(folder("deep/data"))
  }

  private func open(pepperFile: String? = nil) throws(TrainingLog.Failure) -> TrainingLog {
    var configuration = TrainingLog.Configuration(directory: directory)
    configuration.pepperFile = pepperFile
    return try TrainingLog(configuration)
  }

  private func mode(_ path: String) -> mode_t {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & 0o7777 : 0
  }

  private func failure(pepperFile: String? = nil) -> String? {
    do throws(TrainingLog.Failure) {
      _ = try open(pepperFile: pepperFile)
      return nil
    } catch { return error.description }
  }

  private func write(_ bytes: [UInt8], to name: String) throws {
    let file = try Descriptor.writing(folder(name))
    var failure: SystemError?
    bytes.withUnsafeBytes { buffer in do throws(SystemError) { try file.write(buffer) } catch { failure = error } }
    if let failure { throw failure }
  }

  @Test("A first start makes the folders and the secrets, closed to others")
  func firstStart() throws {
    let log = try open()
    #expect(mode(directory.state) == 0o700)
    for secret in [directory.pepper, directory.keys] { #expect(mode(secret) == 0o600, "\(secret)") }
    #expect(mode(directory.state + "/lock") == 0o600)
    for path in [directory.logs, directory.curated] {
      #expect(Directories.exists(path))
      #expect(mode(path) & 0o007 == 0)
    }
    #expect(try readFile(directory.pepper) == log.secrets.pepper)
    #expect(log.secrets.pepper.count == 32)
    #expect(log.secrets.splitKey.count == 32)
    #expect(log.secrets.pepper != log.secrets.splitKey)
    #expect(log.unreadiness(now: LogFixture.now) == nil)
  }

  @Test("A state folder that was open to others is closed")
  func tightened() throws {
    try Directories.make(directory.state, mode: 0o755)
    try Directories.restrict(directory.state, to: 0o755)
    _ = try open()
    #expect(mode(directory.state) == 0o700)
  }

  @Test("A second one is refused while the first lives, and changes nothing; afterwards it may")
  func locked() throws {
    func twice() throws {
      let first = try open()
      let failure = #expect(throws: TrainingLog.Failure.self) { try open() }
      guard case .locked = failure else {
        Issue.record("\(String(describing: failure))")
        return
      }
      #expect(failure?.description.contains("another cerberus holds this data directory") == true)
      withExtendedLifetime(first) {}
    }
    try twice()
    _ = try open()
  }

  @Test("What still has the writer holds the lock, though the log was let go: nothing is saved under another's hands")
  func outlived() throws {
    func letGo() throws -> GroupCommit { try open().commit }
    let commit = try letGo()
    let failure = #expect(throws: TrainingLog.Failure.self) { try open() }
    guard case .locked = failure else {
      Issue.record("\(String(describing: failure))")
      return
    }
    withExtendedLifetime(commit) {}
  }

  @Test("A start that fails leaves no lock behind")
  func failedStart() throws {
    #expect(failure(pepperFile: folder("missing")) == "open: No such file or directory")
    #expect(failure() == nil)
  }

  @Test("The secrets of the first start are those of every later one, and so are the pseudonyms")
  func stable() throws {
    func pseudonyms() throws -> [String] {
      let log = try open()
      let body = #"{"user_id":"u","session_id":"s","user_message":"q","assistant_message":"a"}"#
      let submission = try Submission(
        JSONDocument(parsing: Array(body.utf8)).root, window: log.window(now: LogFixture.now))
      var logger = log.makeLogger()
      let stored = try Conversation(line: logger.prepare(submission, now: LogFixture.now).line)
      #expect(stored.userID != stored.sessionID)
      return [stored.userID, stored.sessionID, "\(log.secrets.pepper)", "\(log.secrets.splitKey)"]
    }
    #expect(try pseudonyms() == pseudonyms())
  }

  @Test("A secret that is missing beside records is not made anew", arguments: ["pepper", "keys"], ["log", "dataset"])
  func lostSecret(secret: String, records: String) throws {
    _ = try open()
    let path = directory.state + "/" + secret
    let before = try #require(try readFile(path))
    try Directories.remove(path)
    #expect(failure() == nil, "nothing depends on it yet")
    try AtomicFile.replace(path, with: before, mode: 0o600)
    #expect(failure() == nil, "nor on the one made meanwhile")
    let file = records == "log" ? directory.path(of: .conversations(LogFixture.today)) : directory.trainingData
    try AtomicFile.replace(file, with: [])
    try Directories.remove(path)
    #expect(failure()?.hasPrefix("state/\(secret) is missing, but there are records that were made with it") == true)
    #expect(!Directories.exists(path))
    if secret == "keys" {
      // What `cerberus keys create` makes has only the keys of clients.
      try KeyFile.update(directory) { $0.apiKeys = [] }
      try AtomicFile.replace(path, with: Array(#"{"api_keys":[]}"#.utf8), mode: 0o600)
      #expect(failure()?.hasPrefix("state/keys is missing") == true)
    }
    try AtomicFile.replace(path, with: before, mode: 0o600)
    #expect(failure() == nil)
  }

  @Test("Records without any state were brought by hand: they get secrets")
  func broughtRecords() throws {
    try directory.create()
    try AtomicFile.replace(directory.path(of: .conversations(LogFixture.today)), with: [])
    try KeyFile.update(directory) { $0.apiKeys = [] }
    #expect(failure() == nil)
    try Directories.remove(directory.pepper)
    #expect(failure()?.hasPrefix("state/pepper is missing") == true)
  }

  @Test("A pepper is given as 32 bytes or 64 hexadecimal digits, with or without a line end")
  func pepperFile() throws {
    let pepper = (0..<32).map { UInt8($0 * 7) }
    let hex = pepper.map { String(UInt8(16) + $0 >> 4, radix: 16).suffix(1) + String($0 & 15, radix: 16) }.joined()
    for (number, content) in [pepper, Array(hex.utf8), Array((hex.uppercased() + "\n").utf8)].enumerated() {
      try write(content, to: "pepper\(number)")
      #expect(try open(pepperFile: folder("pepper\(number)")).secrets.pepper == pepper)
      #expect(!Directories.exists(directory.pepper))
    }
  }

  @Test("Anything else is no pepper, and the message does not repeat it", arguments: [0, 1, 31, 33, 63, 65, 128])
  func badPepper(count: Int) throws {
    try write(Array(repeating: UInt8(ascii: "a"), count: count), to: "pepper")
    #expect(failure(pepperFile: folder("pepper")) == "the pepper must be exactly 32 bytes, or 64 hexadecimal digits")
  }

  @Test(
    "Keys that this program did not write are refused", arguments: ["", "x", "[]", #"{"split":"ab"}"#, #"{"split":1}"#])
  func badKeys(content: String) throws {
    _ = try open()
    let before = try readFile(directory.keys)
    #expect(before?.last == 0x0A)
    try AtomicFile.replace(directory.keys, with: Array(content.utf8), mode: 0o600)
    #expect(failure()?.hasPrefix("state/keys is not what this program wrote") == true)
  }

  @Test("A data directory that is a file cannot be used")
  func notADirectory() throws {
    try write([], to: "deep")
    #expect(failure()?.hasPrefix("the data directory cannot be used: ") == true)
  }

  @Test("A real disk: records and ratings, through a restart")
  func real() throws {
    func live(_ number: Int) throws -> Tallies {
      let log = try open()
      let body = """
        {"user_id":"u","session_id":"s","user_message":"q \(number)","assistant_message":"\(LogFixture.answer)"}
        """
      let submission = try Submission(
        JSONDocument(parsing: Array(body.utf8)).root, window: log.window(now: LogFixture.now))
      var logger = log.makeLogger()
      let stored = logger.prepare(submission, now: LogFixture.now)
      #expect(log.commitNow(.conversation(stored)) == [.stored(stored.id)])
      let rating = try Rating(parameters: [("example_id", stored.id.description), ("score", "5")])
      #expect(log.commitNow(.rating(rating, now: LogFixture.now)) == [.rated])
      return log.counters.tallies
    }
    #expect(try live(1)[.total, "all"] == Tally(conversations: 1, rated: 1, scoreSum: 5, highQuality: 1))
    #expect(try live(2)[.total, "all"] == Tally(conversations: 2, rated: 2, scoreSum: 10, highQuality: 2))
    let path = directory.path(of: .conversations(LogFixture.today))
    #expect(LogFixture.lines(try readFile(path) ?? []).count == 2)
    #expect(mode(path) & 0o007 == 0)
  }

  @Test(
    "Names of log files",
    arguments: [
      ("feedback.jsonl", LogFileName.feedback), ("comments.jsonl", .comments), ("corrections.jsonl", .corrections),
      ("conversations_2025-11-26.jsonl", .conversations(LogFixture.today)), ("conversations_2025-02-30.jsonl", nil),
      ("conversations_2025-11-26.jsonl.tmp", nil), ("conversations_.jsonl", nil), ("Feedback.jsonl", nil), ("", nil),
      ("conversations_2025-11-26x.jsonl", nil), ("xconversations_2025-11-26.jsonl", nil),
    ] as [(String, LogFileName?)])
  func names(text: String, name: LogFileName?) {
    #expect(LogFileName(text) == name)
    if let name { #expect(name.name == text) }
  }
}

@Suite("Files that are replaced whole")
struct AtomicFileTests {
  let folder: TemporaryDirectory

  init() throws { folder = try TemporaryDirectory() }

  @Test("New content takes the name only when it is committed; what is not is removed")
  func replace() throws {
    try AtomicFile.replace(folder("f"), with: Array("old".utf8))
    do {
      let writer = try AtomicFileWriter(folder("f"))
      try writer.write(Array(repeating: 1, count: 3 << 20))
      #expect(try readFile(folder("f")) == Array("old".utf8))
    }
    #expect(try Directories.list(folder.path) == ["f"])
    let writer = try AtomicFileWriter(folder("f"))
    try writer.write(Array("ne".utf8))
    try writer.write(Array("w".utf8))
    try writer.commit()
    #expect(try readFile(folder("f")) == Array("new".utf8))
    #expect(try Directories.list(folder.path) == ["f"])
  }

  @Test("A file that is not there has no content; an empty one has none either, but is")
  func read() throws {
    #expect(try readFile(folder("missing")) == nil)
    try AtomicFile.replace(folder("empty"), with: [])
    #expect(try readFile(folder("empty")) == [])
  }

  @Test("A folder that is not there is an error")
  func missing() {
    #expect(throws: SystemError(call: "open", code: ENOENT)) { try AtomicFile.replace(folder("no/f"), with: []) }
  }
}
