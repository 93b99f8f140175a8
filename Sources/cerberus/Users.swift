import ArgumentParser
import Curation
import Posix
import Records
import TrainingLog

/// Whom a command is about.
struct UserOption: ParsableArguments {
  @Option(help: "The id that the backend has for the user; - reads it from stdin, out of sight of other processes.")
  var userID: String

  private static let idCharactersMax = Submission.idCharactersMax

  func read() throws -> String {
    var id = userID
    if id == "-" {
      guard let text = try Self.standardInput() else { throw fail(.badData, "there is no user id on stdin") }
      id = text
      if id.contains("\n") { say("cerberus: stdin has more than one line; all of it is taken as one user id") }
    }
    guard !id.isEmpty, id.unicodeScalars.count <= Self.idCharactersMax else {
      throw ValidationError("--user-id must have 1 to \(Self.idCharactersMax) characters.")
    }
    return id
  }

  /// All of it but for one line end at its end: an id may have others, and would be another without them. From a terminal
  /// one line. nil for nothing, and for what is no UTF-8.
  private static func standardInput() throws -> String? {
    if StandardStreams.inputIsTerminal { return readLine() }
    var bytes = try StandardStreams.readInput()
    guard let last = bytes.last else { return nil }
    if last == UInt8(ascii: "\n") { bytes.removeLast() }
    return String(validating: bytes, as: UTF8.self)
  }

  static func body(_ id: String, purpose: Purpose? = nil) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { object in
      object.key("user_id")
      object.string(id)
      guard let purpose else { return }
      object.key("purpose")
      object.string(purpose.rawValue)
    }
    return writer.bytes
  }
}

struct Erase: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Erases all that is held on a user, and prints the signed receipt.",
    discussion: """
      Keep the receipt: `cerberus verify --receipt FILE` shows later that this service has signed it. Files that were \
      exported to places outside of the data directory are not reached: the receipt names the versions of the dataset \
      that held rows of the user, so that copies of those can be found.
      """)

  @OptionGroup var data: DataOptions
  @OptionGroup var user: UserOption
  @Flag(help: "The receipt as JSON, which is what can be verified.") var json = false

  func run() throws {
    let id = try user.read()
    var isShown = false
    let receipt = try data.answer("POST", "/v1/users/erase", UserOption.body(id)) { log in
      do {
        let eraser = Eraser(log)
        for (act, receipt) in try log.unnotedErasures() {
          data.audit(act, by: "unknown", counts: receipt.counts.named, reference: receipt.id)
        }
        try eraser.resume(now: SystemClock().now) {
          data.audit(.resumeErasure, counts: $0.counts.named, reference: $0.id)
        }
        var completed: Set<String> = []
        let receipt = try eraser.erase(userID: id, now: SystemClock().now) { done in
          completed.insert(done.id)
          data.audit(.eraseUser, counts: done.counts.named, reference: done.id)
        }
        for (act, part) in eraser.further(receipt, .eraseUser, completed: completed) {
          data.audit(act, counts: act == .giveReceipt ? [] : part.counts.named, reference: part.id)
        }
        // It is owed until it is out.
        try show(receipt.json, asJSON: json)
        isShown = true
        // Where that cannot be noted, whoever asks again gets the same receipt once more.
        try? eraser.noteReceived(receipt, now: SystemClock().now)
        return receipt.json
      } catch let error as ExitCode { throw error } catch {
        throw fail(
          .inputOutput,
          "the erasure was not completed (\(StorageFault.reason(error))); it goes on at the next start or attempt")
      }
    }
    if !isShown { try show(receipt, asJSON: json) }
    let root = try? JSONDocument(parsing: receipt).root
    if ["records", "feedback", "comments", "corrections", "curated"].allSatisfy({ root?[$0]?.integer == 0 }) {
      say("cerberus: nothing was held on that user id; it has to be the one that the backend sends")
    }
    let versions = root?["versions"]?.items.count ?? 0
    if versions > 0 {
      let which = versions == 1 ? "this version" : "these \(versions) versions"
      say("files exported from \(which), outside of the data directory, still hold rows")
    }
  }
}

extension Purpose: ExpressibleByArgument {}

struct OptOut: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "opt-out", abstract: "Notes that a user refuses to be logged, to be trained on, or both.")

  @OptionGroup var data: DataOptions
  @OptionGroup var user: UserOption
  @Option(help: "What is refused: logging or training; both when absent.") var purpose: Purpose?
  @Flag(help: "The answer as JSON.") var json = false

  func run() throws { try setConsent(data, user, purpose, refused: true, asJSON: json) }
}

struct OptIn: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "opt-in", abstract: "Takes a refusal back.")

  @OptionGroup var data: DataOptions
  @OptionGroup var user: UserOption
  @Option(help: "What is allowed again: logging or training; both when absent.") var purpose: Purpose?
  @Flag(help: "The answer as JSON.") var json = false

  func run() throws { try setConsent(data, user, purpose, refused: false, asJSON: json) }
}

private func setConsent(
  _ data: DataOptions, _ user: UserOption, _ purpose: Purpose?, refused: Bool, asJSON: Bool
) throws {
  let id = try user.read()
  let path = "/v1/users/" + (refused ? "opt-out" : "opt-in")
  let answer = try data.answer("POST", path, UserOption.body(id, purpose: purpose)) { log in
    do {
      let purposes = purpose.map { [$0] } ?? Purpose.allCases
      try log.setConsent(ofUser: id, purposes, refused: refused, now: SystemClock().now)
      data.audit(refused ? .optOut : .optIn, counts: purposes.map { ($0.rawValue, 1) })
    } catch { throw fail(.inputOutput, "the refusal could not be noted: \(StorageFault.reason(error))") }
    return Array("{\"status\":\"\(refused ? "opted_out" : "opted_in")\"}".utf8)
  }
  try show(answer, asJSON: asJSON)
}

struct UserExport: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "user-export",
    abstract: "Writes everything that is held on a user to stdout, a JSON object a line.")

  @OptionGroup var data: DataOptions
  @OptionGroup var user: UserOption

  func run() throws {
    let id = try user.read()
    let lines = try data.answer("POST", "/v1/users/export", UserOption.body(id)) { log in
      do {
        let audit = data.auditedExport(.exportUser, counting: "lines")
        try audit.run {
          try log.exportUser(id) {
            audit.begin()
            try output($0)
            audit.count()
          }
        }
      } catch let error as ExitCode { throw error } catch {
        throw fail(.inputOutput, "the export stopped: \(StorageFault.reason(error))")
      }
      return []
    }
    try output(lines)
  }
}
