import Curation
import Dispatch
import HTTPWire
import Posix
import Records
import TrainingLog

/// `POST /v1/users/…` and `DELETE /v1/examples/{example_id}`.
extension Routes {
  func eraseUser(_ request: UserRequest) -> Reply {
    privacy { collector in .json(try Eraser(collector.log).erase(userID: request.userID, now: collector.clock.now).json)
    }
  }

  func eraseExample(_ request: Request) -> Reply {
    guard let id = Self.parameter(of: request.path).flatMap({ ExampleID($0) }) else {
      return .now(Problem.unknownExample.response)
    }
    return privacy { collector in
      try Eraser(collector.log).erase(id, now: collector.clock.now).map { .json($0.json) }
        ?? Problem.unknownExample.response
    }
  }

  func exportUser(_ request: UserRequest) -> StreamedAnswer {
    let log = collector.log
    return StreamedAnswer(
      begin: { .lines($0, isCompressed: $1) },
      write: { check, sink in
        try log.exportUser(request.userID) { line in
          try check()
          try sink(line)
        }
      })
  }

  func setConsent(_ request: UserRequest, refused: Bool) -> Reply {
    privacy { collector in
      try collector.log.setConsent(
        ofUser: request.userID, request.purposes, refused: refused, now: collector.clock.now)
      return .json(Array("{\"status\":\"\(refused ? "opted_out" : "opted_in")\"}".utf8))
    }
  }

  /// On a queue of its own: an erasure may have to wait for a curator, and nobody who objects should wait behind it.
  private func privacy(_ work: @escaping @Sendable (Collector) throws -> Response) -> Reply {
    .background(DispatchQueue(label: "cerberus.privacy", qos: .userInitiated)) { [collector] in
      do { return try work(collector) } catch {
        collector.eventLog.privacyFailed(error)
        return Problem(storage: error).response
      }
    }
  }
}

extension Problem {
  /// For work that is begun and goes on by itself when the disk lets it.
  fileprivate init(storage error: any Error) {
    let isFull = (error as? SystemError)?.isOutOfSpace == true
    self = isFull ? .erasureOutOfSpace : .erasureUnfinished
  }

  private static let erasureOutOfSpace = Problem(
    status: 507, code: "insufficient_storage", title: "Insufficient Storage",
    detail: """
      The disk is full. What was to be erased is hidden, if it could be written down; the rest follows when there is \
      room. Ask again to get the receipt.
      """)
  private static let erasureUnfinished = unavailable(
    "The work was not completed; it is taken up again by itself. Ask again to get the receipt.")
}
