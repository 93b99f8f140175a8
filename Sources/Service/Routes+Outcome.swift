import HTTPWire
import TrainingLog

extension Routes {
  /// The answer to what the committer decided.
  static func response(_ outcome: Outcome) -> Response {
    switch outcome {
    case .stored(let id): return .json(Array("{\"status\":\"success\",\"example_id\":\"\(id)\"}".utf8), status: 201)
    case .replayed(let id):
      var response = Response.json(Array("{\"status\":\"success\",\"example_id\":\"\(id)\"}".utf8))
      response.fields.append(("Idempotency-Replayed", "true"))
      return response
    case .conflict: return Problem.conflict.response
    case .invalid(let fields): return Problem.invalid(fields).response
    case .several: return Problem.internalError.response
    case .pending: return .json(Array("{\"status\":\"pending\"}".utf8), status: 202)
    case .rated: return .json(Array("{\"status\":\"success\"}".utf8))
    case .optedOut: return .refusedConversation
    case .ratingOptedOut: return .json(Array("{\"status\":\"opted_out\"}".utf8))
    case .erased: return Problem.erased.response
    case .unknownExample: return Problem.unknownExample.response
    case .notIndexed: return Problem.notIndexed.response
    case .storageFailed:
      return Problem.notDurable.response
    case .outOfSpace: return Problem.outOfSpace.response
    }
  }
}
