import HTTPWire
import TrainingLog

extension Routes {
  /// The answer to what the committer decided.
  static func response(_ outcome: Outcome) -> Response {
    switch outcome {
    case .stored(let id): return .json(Array("{\"status\":\"success\",\"example_id\":\"\(id)\"}".utf8), status: 201)
    case .rated: return .json(Array("{\"status\":\"success\"}".utf8))
    case .unknownExample: return Problem.unknownExample.response
    case .storageFailed:
      return Problem.unavailable("The record could not be made durable. Send it again.").response
    case .outOfSpace: return Problem.outOfSpace.response
    }
  }
}
