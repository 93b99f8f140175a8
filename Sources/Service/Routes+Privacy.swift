import Curation
import Dispatch
import HTTPWire
import Posix
import Records
import TrainingLog

/// `POST /v1/users/…` and `DELETE /v1/examples/{example_id}`.
extension Routes {
  func eraseUser(_ request: UserRequest, by actor: String) -> Reply {
    erase(.eraseUser, by: actor) {
      try $0.begin(userID: request.userID, now: $1)
    } complete: {
      try $0.complete($1, now: $2, completed: $3)
    }
  }

  func eraseExample(_ request: Request, by actor: String) -> Reply {
    guard let id = Self.parameter(of: request.path).flatMap({ ExampleID($0) }) else {
      return .now(Problem.unknownExample.response)
    }
    return erase(.eraseExample, by: actor) {
      try $0.begin(id, now: $1)
    } complete: {
      try $0.complete($1, of: id, now: $2, completed: $3)
    }
  }

  /// Hides at once, whatever erasures are waiting, and then waits in turn with them.
  private func erase(
    _ name: AuditAct.Name, by actor: String, _ begin: @escaping @Sendable (Eraser, Timestamp) throws -> [Erasure]?,
    complete: @escaping @Sendable (Eraser, [Erasure], Timestamp, (ErasureReceipt) -> Void) throws -> ErasureReceipt
  ) -> Reply {
    let eraser = Eraser(collector.log)
    let handover = BegunErasures()
    collector.privacy.async { [clock = collector.clock] in
      handover.put(Result { try begin(eraser, clock.now) })
    }
    return .background(collector.erasing) { [collector] in
      // It was begun before this, or is being begun: the queue is in order.
      collector.privacy.sync {}
      do {
        guard let erasures = try handover.take()?.get() else { return Problem.unknownExample.response }
        var completed: Set<String> = []
        let receipt = try complete(eraser, erasures, collector.clock.now) { done in
          completed.insert(done.id)
          collector.audit(name, done, by: actor)
        }
        handover.keep(receipt)
        for (name, part) in eraser.further(receipt, name, completed: completed) {
          collector.audit(name, part, by: actor)
        }
        return .json(receipt.json)
      } catch {
        collector.eventLog.privacyFailed(error)
        return Problem.erasure(error).response
      }
    } answered: { [collector] isReceived in
      guard let receipt = handover.receipt else { return }
      guard isReceived else { return eraser.owe(receipt) }
      collector.privacy.async {
        // Where it cannot be noted, whoever asks again gets the same receipt once more.
        do { try eraser.noteReceived(receipt, now: collector.clock.now) } catch {
          collector.eventLog.privacyFailed(error)
        }
      }
    }
  }

  func exportUser(_ request: UserRequest, by actor: String) -> StreamedAnswer {
    StreamedAnswer(
      begin: { .lines($0, isCompressed: $1) },
      write: { [collector] check, sink in
        let audit = collector.auditedExport(.exportUser, counting: "lines", by: actor)
        try audit.run {
          try collector.log.exportUser(request.userID) { line in
            try check()
            audit.begin()
            try sink(line)
            audit.count()
          }
        }
      })
  }

  func setConsent(_ request: UserRequest, refused: Bool, by actor: String) -> Reply {
    .background(collector.privacy) { [collector] in
      do {
        try collector.log.setConsent(
          ofUser: request.userID, request.purposes, refused: refused, now: collector.clock.now)
      } catch {
        collector.eventLog.privacyFailed(error)
        return Problem.consent(error).response
      }
      collector.audit(refused ? .optOut : .optIn, by: actor, counts: request.purposes.map { ($0.rawValue, 1) })
      return .json(Array("{\"status\":\"\(refused ? "opted_out" : "opted_in")\"}".utf8))
    }
  }
}

/// What was begun on one queue, for the other that completes it, and the receipt for who learns whether it got through.
private final class BegunErasures: Sendable {
  private let erasures = Mutex<Result<[Erasure]?, any Error>?>(nil)
  private let completed = Mutex<ErasureReceipt?>(nil)

  var receipt: ErasureReceipt? { completed.withLock { $0 } }

  func keep(_ receipt: ErasureReceipt) { completed.withLock { $0 = receipt } }
  func put(_ result: Result<[Erasure]?, any Error>) { erasures.withLock { $0 = result } }
  func take() -> Result<[Erasure]?, any Error>? { erasures.withLock { $0 } }
}

extension Collector {
  func audit(_ name: AuditAct.Name, _ receipt: ErasureReceipt, by actor: String) {
    audit(name, by: actor, counts: name == .giveReceipt ? [] : receipt.counts.named, reference: receipt.id)
  }

  func auditedExport(_ name: AuditAct.Name, counting unit: String, by actor: String) -> ExportAudit {
    ExportAudit(name, counting: unit) { [self] in audit($0, by: actor, counts: $1, reference: $2) }
  }

  /// What an earlier process had no time for.
  func auditUnnotedErasures() {
    do {
      for (name, receipt) in try log.unnotedErasures() { audit(name, receipt, by: "unknown") }
    } catch { eventLog.privacyFailed(error) }
  }
}

extension Problem {
  /// Of a file, or of the index, whose pages need room too before anything goes.
  static func isFull(_ error: any Error) -> Bool {
    (error as? SystemError)?.isOutOfSpace == true || (error as? DatabaseError)?.isOutOfSpace == true
  }

  /// It is begun, as a rule, and goes on by itself when the disk lets it.
  static func erasure(_ error: any Error) -> Problem {
    if error is StateFileWasChanged { return ledgerChanged }
    return isFull(error) ? erasureOutOfSpace : erasureUnfinished
  }

  static func consent(_ error: any Error) -> Problem {
    if error is StateFileWasChanged { return ledgerChanged }
    return isFull(error) ? outOfSpace : unavailable("It could not be made durable. Send it again.")
  }

  /// Of a run of the curator, or of what it is a part of.
  static func curation(_ error: any Error, otherwise: Problem) -> Problem {
    if let error = error as? CurationError { return curationStopped(error) }
    return isFull(error) ? curationOutOfSpace : otherwise
  }

  /// It names files alone, and tells what to do.
  private static func curationStopped(_ error: CurationError) -> Problem {
    let detail = "The curator has stopped. \(error)"
    return error.isOfConfiguration
      ? curationBlocked(detail)
      : Problem(status: 500, code: "curation_stopped", title: "Curation Stopped", detail: detail)
  }

  static func curationBlocked(_ detail: String) -> Problem {
    Problem(status: 500, code: "curation_blocked", title: "Curation Blocked", detail: detail)
  }

  private static let curationOutOfSpace = Problem(
    status: 507, code: "insufficient_storage", title: "Insufficient Storage",
    detail: "The disk is full. Run it again when there is room.")
  private static let erasureOutOfSpace = Problem(
    status: 507, code: "insufficient_storage", title: "Insufficient Storage",
    detail: """
      The disk is full. What was to be erased is hidden, if it could be written down; the rest follows when there is \
      room. Ask again to get the receipt.
      """)
  private static let ledgerChanged = unavailable(
    """
    Somebody else has changed a ledger under the running server. Nothing can be noted before it is put back: see the log.
    """)
  private static let erasureUnfinished = unavailable(
    "The erasure was not completed; it is taken up again by itself. Ask again to get the receipt.")
}
