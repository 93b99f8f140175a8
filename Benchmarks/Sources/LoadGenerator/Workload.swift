/// What the requests of a run ask for.
package enum Workload: Sendable, Equatable {
  /// `POST /v1/log`, one conversation of about 2 KB a request.
  case log
  /// `POST /v1/log` as `application/x-ndjson`, so many conversations a request.
  case batch(lines: Int)
  /// `POST /v1/feedback`, one rating a request, of these examples in turn.
  case feedback(exampleIDs: [String])

  /// Request `number`: its media type, its target and its body.
  package func request(_ number: Int, using random: inout SplitMix64) -> (type: String, target: String, body: [UInt8]) {
    switch self {
    case .log:
      return ("application/json", "/v1/log", DeveloperChat.conversation(using: &random).json)
    case .batch(let lines):
      let body = (0..<lines).flatMap { _ in DeveloperChat.conversation(using: &random).json + [UInt8(ascii: "\n")] }
      return ("application/x-ndjson", "/v1/log", body)
    case .feedback(let ids):
      let score = Int.random(in: 1...5, using: &random)
      let body = #"{"example_id":"\#(ids[number % ids.count])","score":\#(score)}"#
      return ("application/json", "/v1/feedback", Array(body.utf8))
    }
  }
}
