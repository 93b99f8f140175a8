import Curation
import Dispatch
import HTTPWire
import Posix
import Records
import TrainingLog

/// `POST /v1/users/…` and `DELETE /v1/examples/{example_id}`.
extension Routes {
  func eraseUser(_ request: UserRequest, by actor: String) -> Reply {
    privacy { collector in
      let receipt = try Eraser(collector.log).erase(userID: request.userID, now: collector.clock.now)
      collector.audit(.eraseUser, receipt, by: actor)
      return .json(receipt.json)
    }
  }

  func eraseExample(_ request: Request, by actor: String) -> Reply {
    guard let id = Self.parameter(of: request.path).flatMap({ ExampleID($0) }) else {
      return .now(Problem.unknownExample.response)
    }
    return privacy { collector in
      guard let receipt = try Eraser(collector.log).erase(id, now: collector.clock.now) else {
        return Problem.unknownExample.response
      }
      collector.audit(.eraseExample, receipt, by: actor)
      return .json(receipt.json)
    }
  }

  func exportUser(_ request: UserRequest, by actor: String) -> StreamedAnswer {
    StreamedAnswer(
      begin: { .lines($0, isCompressed: $1) },
      write: { [collector] check, sink in
        var lines = 0
        try collector.log.exportUser(request.userID) { line in
          try check()
          try sink(line)
          lines += 1
        }
        collector.audit(.exportUser, by: actor, counts: [("lines", lines)])
      })
  }

  func setConsent(_ request: UserRequest, refused: Bool, by actor: String) -> Reply {
    privacy { collector in
      try collector.log.setConsent(
        ofUser: request.userID, request.purposes, refused: refused, now: collector.clock.now)
      collector.audit(refused ? .optOut : .optIn, by: actor, counts: request.purposes.map { ($0.rawValue, 1) })
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

extension Collector {
  func audit(_ name: AuditAct.Name, _ receipt: ErasureReceipt, by actor: String) {
    audit(name, by: actor, counts: receipt.counts.named, reference: receipt.id)
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
