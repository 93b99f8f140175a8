import Dispatch
import Posix
import Privacy
import Records

/// Takes lines of other logs through the door of `POST /v1/log`: scrubbed, under pseudonyms, synced before the report, no
/// refused user's and no erased record. Only the window of time is open: an old record keeps its date, is seen by the next
/// run of the curator, and then expires.
///
/// A line without an id of its own gets a key made of its content, so that the same file can be imported again.
package struct Importer {
  private let log: TrainingLog
  private var logger: ConversationLogger

  package static let linesMax = 1_000

  package init(_ log: TrainingLog) {
    self.log = log
    logger = log.makeLogger()
  }

  /// - Parameter lines: at most `linesMax`.
  package mutating func run(_ lines: [[UInt8]], now: Timestamp) -> ImportReport {
    var report = ImportReport()
    // Every day since 1970.
    let window = AcceptanceWindow(now: now, retentionDays: now.day.number)
    var works: [Work] = []
    var ratings: [[(name: String, value: String)]] = []
    var numbers: [Int] = []
    for (number, line) in lines.enumerated() {
      do {
        let imported = try ImportedLine(JSONDocument(parsing: line).root)
        let submission = try Submission(JSONDocument(parsing: imported.body).root, window: window)
        guard !log.consent.refuses(.logging, userID: submission.userID) else {
          report.optedOut += 1
          continue
        }
        let key = submission.exampleID == nil ? Self.key(imported.body) : nil
        works.append(.conversation(logger.prepare(submission, key: key, now: now)))
        ratings.append(imported.rating)
        numbers.append(number)
      } catch { report.refuse(number, error) }
    }
    var rated: [Work] = []
    for (index, outcome) in log.commitAndWait(works).enumerated() {
      report.count(outcome, line: numbers[index])
      guard !ratings[index].isEmpty, let id = Self.id(outcome),
        let rating = try? Rating(parameters: [("example_id", id.description)] + ratings[index])
      else { continue }
      rated.append(.rating(rating, now: now, unlessRated: true))
    }
    report.rated = log.commitAndWait(rated).count { $0 == .rated }
    return report
  }

  /// Also of a record that an earlier import has stored: it may have ended before it came to the rating.
  private static func id(_ outcome: Outcome?) -> ExampleID? {
    switch outcome {
    case .stored(let id), .replayed(let id): id
    default: nil
    }
  }

  private static func key(_ body: [UInt8]) -> IdempotencyKey? {
    IdempotencyKey(Array("import:\(SHA256.hash(body).hex)".utf8))
  }
}

/// What became of imported lines.
package struct ImportReport {
  package var imported = 0
  /// There already, from an earlier import.
  package var repeated = 0
  package var optedOut = 0
  package var erased = 0
  package var rated = 0
  /// Lines that were not stored: number in the batch from 0, and why, without a word of the line.
  package var refused: [(line: Int, reason: String)] = []
  /// The disk or the queue was full: the rest is not worth trying.
  package var isStopped = false

  package init() {}

  fileprivate mutating func refuse(_ line: Int, _ error: any Error) {
    switch error {
    case let error as InvalidFields:
      let reasons = error.errors.map { $0.pointer.isEmpty ? $0.detail : "\($0.pointer) \($0.detail)" }
      refused.append((line, reasons.joined(separator: "; ")))
    case let error as JSONError: refused.append((line, error.description))
    default: refused.append((line, "cannot be read"))
    }
  }

  fileprivate mutating func count(_ outcome: Outcome?, line: Int) {
    switch outcome {
    case .stored: imported += 1
    case .replayed: repeated += 1
    case .optedOut: optedOut += 1
    case .erased: erased += 1
    case .conflict: refused.append((line, "the example_id is of another record"))
    case .invalid(let fields): refuse(line, fields)
    default:
      isStopped = true
      refused.append((line, "could not be made durable"))
    }
  }
}

extension TrainingLog {
  /// Waits until all is decided; nil for what the queue had no room for.
  fileprivate func commitAndWait(_ works: [Work]) -> [Outcome?] {
    guard !works.isEmpty else { return [] }
    let decided = Mutex<[UInt64: Outcome]>([:])
    let done = DispatchSemaphore(value: 0)
    let items = works.enumerated().map { CommitBatch.Item(token: UInt64($0.offset), work: $0.element) }
    let refused = commit.submit(
      CommitBatch(items: items) { outcomes in
        decided.withLock { for (token, outcome) in outcomes { $0[token] = outcome } }
        done.signal()
      })
    if refused.count < items.count { done.wait() }
    return decided.withLock { decided in works.indices.map { decided[UInt64($0)] } }
  }
}

extension ImportReport {
  /// As the control socket has it.
  package var json: [UInt8] {
    var writer = JSONWriter()
    writer.object { object in
      for (name, count) in [
        ("imported", imported), ("repeated", repeated), ("opted_out", optedOut), ("erased", erased), ("rated", rated),
      ] {
        object.key(name)
        object.integer(count)
      }
      object.key("stopped")
      object.bool(isStopped)
      object.key("refused")
      object.array { list in
        for (line, reason) in refused {
          list.object { object in
            object.key("line")
            object.integer(line)
            object.key("reason")
            object.string(reason)
          }
        }
      }
    }
    return writer.bytes
  }

  package init(_ root: JSONElement) {
    imported = root["imported"]?.integer ?? 0
    repeated = root["repeated"]?.integer ?? 0
    optedOut = root["opted_out"]?.integer ?? 0
    erased = root["erased"]?.integer ?? 0
    rated = root["rated"]?.integer ?? 0
    isStopped = root["stopped"]?.value == .bool(true)
    refused = (root["refused"]?.items ?? []).map { ($0["line"]?.integer ?? 0, $0["reason"]?.string ?? "") }
  }
}
