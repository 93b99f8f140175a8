import Curation
import Logging
import Posix
import TrainingLog

/// The event log of the service: what may be said, and at which level. One JSON line an event, on stderr.
///
/// Every value that gets in is a number, a text of the program or a member of a bounded set. There is no way in for an
/// address, a path, a header, a query, an id or any other text of a client: the methods have no parameter for it.
package struct EventLog: Sendable {
  private let logger: Logger
  private let buffer: LogBuffer
  package let sink: LogSink

  /// Each line goes out at once, until a loop asks for its own.
  package init(level: Logger.Level, sink: LogSink) {
    self.init(level: level, sink: sink, buffer: LogBuffer(sink, keepsNothing: true))
  }

  private init(level: Logger.Level, sink: LogSink, buffer: LogBuffer) {
    self.sink = sink
    self.buffer = buffer
    logger = Logger(label: "cerberus") { _ in JSONLogHandler(buffer, level: level) }
  }

  /// For one event loop: its lines gather until `flush` at the end of a turn.
  func forLoop() -> EventLog { EventLog(level: logger.logLevel, sink: sink, buffer: LogBuffer(sink)) }

  func flush() { buffer.flush() }

  func isEnabled(_ level: Logger.Level) -> Bool { level >= logger.logLevel }

  package func started(port: UInt16) {
    logger.info("started", metadata: ["version": "0.1.0", "port": number(Int(port))])
  }

  /// What a start has put right.
  package func repaired(_ repairs: Repairs) {
    logger.warning(
      "repaired",
      metadata: ["cut_bytes": number(repairs.cutBytes), "index_rebuilt": .stringConvertible(repairs.rebuiltIndex)])
  }

  /// Secrets that others could read: by names of our files and of options, never by paths.
  package func secretsOpen(_ secrets: OpenSecrets) {
    func tell(_ event: Logger.Message, _ names: [String]) {
      guard !names.isEmpty else { return }
      logger.warning(event, metadata: ["files": .array(names.map { .string($0) })])
    }
    tell("secrets_closed", secrets.closed)
    tell("secrets_open", secrets.open)
  }

  /// The index is not in step with the files yet; what needs it is answered 503 until `indexed`.
  package func indexing() { logger.warning("indexing") }
  package func indexed() { logger.info("indexed") }

  /// The log files are open anew.
  func reopened() { logger.info("reopened") }

  /// What is there now under their names cannot be taken up.
  func reopenFailed(_ error: any Error) {
    logger.error("reopen_failed", metadata: ["reason": .string(StorageFault.reason(error))])
  }

  /// The clock is not where it was before plus the time that has passed.
  func clockJumped(seconds: Int) { logger.warning("clock_jumped", metadata: ["seconds": number(seconds)]) }

  package func stopping() { logger.info("stopping") }
  package func stopped() { logger.info("stopped") }

  /// A stored line that cannot be read. The file is one of ours, the reason names a field and never its content.
  package func damagedLine(_ line: DamagedLine) {
    var metadata: Logger.Metadata = [
      "file": .string(line.file), "offset": number(line.offset), "reason": .string(line.reason),
    ]
    if let count = line.line { metadata["line"] = number(count) }
    logger.warning("damaged_line", metadata: metadata)
  }

  package func storageFault(_ fault: StorageFault) {
    logger.error(
      "storage_fault", metadata: ["work": .string(fault.work.rawValue), "reason": .string(fault.reason)])
  }

  /// The curator stopped. Of the error only its kind: paths do not belong here.
  func curationFailed(_ error: any Error) {
    logger.error("curation_failed", metadata: ["reason": .string(Self.reason(error))])
  }

  /// What stops the curator tells of names of files alone.
  private static func reason(_ error: any Error) -> String {
    (error as? CurationError)?.description ?? StorageFault.reason(error)
  }

  /// The daily work is done.
  func maintained(_ counts: ExpiryCounts, _ sealed: SealingCounts) {
    logger.info(
      "maintained",
      metadata: [
        "days": number(counts.days), "records": number(counts.records), "sealed_days": number(sealed.days),
        "sealed_from_bytes": number(sealed.bytes), "sealed_to_bytes": number(sealed.sealedBytes),
      ])
  }

  func maintenanceFailed(_ error: any Error) {
    logger.error("maintenance_failed", metadata: ["reason": .string(Self.reason(error))])
  }

  /// An erasure, or a change of consent, was not completed.
  func privacyFailed(_ error: any Error) {
    logger.error("privacy_work_failed", metadata: ["reason": .string(StorageFault.reason(error))])
  }

  /// A connection or a request that was refused before anything was known of it.
  func refused(_ reason: Refusal) {
    logger.log(level: reason == .connections ? .warning : .info, "refused", metadata: ["reason": .string(reason.name)])
  }

  /// A request and its answer.
  func answered(_ exchange: Exchange, _ answer: Exchange.Answer, at level: Logger.Level) {
    var metadata: Logger.Metadata = [
      "request": .string(exchange.id), "route": .string(exchange.route), "method": .string(exchange.method.name),
      "status": number(answer.status), "bytes_in": number(exchange.bytesIn), "bytes_out": number(answer.bytesOut),
      "ms": .stringConvertible(exchange.milliseconds(until: answer.at)),
    ]
    if let id = exchange.refusedKeyID { metadata["key_id"] = .string(id) }
    if let reason = answer.refusal { metadata["reason"] = .string(reason.name) }
    logger.log(level: level, "request", metadata: metadata)
  }

  /// So many lines of requests were left out, because there were too many in a second.
  func unlogged(_ lines: Int) { logger.warning("requests_not_logged", metadata: ["lines": number(lines)]) }

  private func number(_ value: Int) -> Logger.MetadataValue { .stringConvertible(value) }
}

extension EventLog {
  /// The levels by name, for `--log-level`.
  package static let levels = ["trace", "debug", "info", "notice", "warning", "error"]

  /// - Parameter level: one of `levels`; nil for any other.
  package init?(level: String, sink: LogSink) {
    guard Self.levels.contains(level), let level = Logger.Level(rawValue: level) else { return nil }
    self.init(level: level, sink: sink)
  }
}
