import Posix
import Records
import TestKit

/// What the server has promised: ids of conversations, and scores of examples, that were answered with a 2xx.
final class Ledger: Sendable {
  private struct Promises {
    var ids: [String] = []
    var ratings: [String] = []
    var remaining: Int
    var isClosed = false
  }

  private let promises: Mutex<Promises>
  private let trigger: @Sendable (Ledger) -> Void

  /// Calls `trigger` once, on the thread that writes down promise number `count`.
  init(after count: Int, trigger: @escaping @Sendable (Ledger) -> Void) {
    promises = Mutex(Promises(remaining: count))
    self.trigger = trigger
  }

  var ids: [String] { promises.withLock { $0.ids } }
  var ratings: [String] { promises.withLock { $0.ratings } }

  func stored(_ id: String) { write { $0.ids.append(id) } }
  func rated(_ id: String) { write { $0.ratings.append(id) } }

  /// Nothing is written down any more.
  func close() { promises.withLock { $0.isClosed = true } }

  private func write(_ change: (inout Promises) -> Void) {
    let isDue = promises.withLock { promises in
      if promises.isClosed { return false }
      change(&promises)
      promises.remaining -= 1
      return promises.remaining == 0
    }
    if isDue { trigger(self) }
  }
}

/// Logs conversations over one connection, rating every third, until the server is gone.
///
/// - Returns: the last answer; nil when there was none.
func logUntilTheEnd(_ client: TestClient, thread: Int, into ledger: Ledger) -> TestResponse? {
  var last: TestResponse?
  var number = 0
  while true {
    number += 1
    let body = LogBody(
      user: "user-\(thread)", session: "session-\(number)",
      answer: LogBody.answer + String(repeating: " More of it.", count: number % 40))
    guard let answer = try? client.post("/v1/log", body.bytes) else { return last }
    last = answer
    guard answer.status == 201, let id = try? answer.json()["example_id"]?.string else { return last }
    ledger.stored(id)
    if answer["Connection"] == "close" { return last }
    guard number % 3 == 0 else { continue }
    let rating = "{\"example_id\":\"\(id)\",\"score\":\(1 + number % 5),\"comment\":\"Comment \(number).\"}"
    guard let answer = try? client.post("/v1/feedback", rating) else { return last }
    last = answer
    guard answer.status == 200 else { return last }
    ledger.rated(id)
    if answer["Connection"] == "close" { return last }
  }
}

/// The ids in lines of JSON, each of which has to be whole.
func ids(in lines: [String]) throws -> [String] {
  try lines.map { line in
    guard let id = try JSONDocument(parsing: Array(line.utf8)).root["example_id"]?.string else {
      throw TestClient.Failure(description: "a line without an id")
    }
    return id
  }
}
