import Dispatch
import Posix
import Records

/// Group commit without a timer: while one batch is written and synced, the next one gathers; then all that waits goes in
/// one write and one `fdatasync` per file.
package final class GroupCommit: Sendable {
  private struct Waiting {
    var batches: [CommitBatch] = []
    var count = 0
    var isRunning = false
    var willSave = false
  }

  /// Records that may wait; beyond it the caller answers 503.
  private let waitingMax: Int
  private let waiting = Mutex(Waiting())
  private let queue = DispatchQueue(label: "cerberus.commit", qos: .userInitiated)
  /// See `withWriter`.
  let writer: Mutex<LogWriter>
  /// Whoever wants the writer goes through here first, so that the commit queue, which lets the writer go only to take
  /// it again at once, cannot keep it from the others for ever: a mutex goes to who is awake, not to who came first.
  private let turnstile = DispatchSemaphore(value: 1)

  /// What monitoring asks; kept here, since the writer itself may be waiting for the disk.
  package struct Figures: Sendable {
    /// Of each batch: deciding, writing and syncing.
    package fileprivate(set) var times = DurationHistogram()
    /// Records that the index file does not know of yet.
    package fileprivate(set) var indexLag = 0
    /// Records and ratings that wait or are being written.
    package fileprivate(set) var waiting = 0
  }

  private let kept = Mutex(Figures())
  /// Of the data directory. It goes with the writer: work on the queue may outlive the log, and would otherwise save the
  /// index while the next log is reading it.
  private let lock: Descriptor
  private let saves: SaveQueue

  package var figures: Figures {
    var figures = kept.withLock { $0 }
    figures.waiting = waiting.withLock { $0.count }
    return figures
  }

  /// - Parameter saves: where the index file is written, beside the commits.
  init(writer: sending LogWriter, waitingMax: Int, lock: consuming Descriptor, saves: SaveQueue = .own()) {
    self.saves = saves
    self.writer = Mutex(writer)
    self.waitingMax = waitingMax
    self.lock = lock
  }

  /// Takes the works of the batch for which there is room, in their order; smaller ones may fit behind one that does not.
  ///
  /// - Returns: those refused, of which nothing will be delivered.
  package func submit(_ batch: CommitBatch) -> [CommitBatch.Item] {
    let (refused, mustStart) = waiting.withLock { waiting in
      let (taken, refused) = batch.divided(room: waitingMax - waiting.count)
      guard !taken.items.isEmpty else { return (refused, false) }
      waiting.batches.append(taken)
      waiting.count += taken.count
      defer { waiting.isRunning = true }
      return (refused, !waiting.isRunning)
    }
    if mustStart { queue.async { self.run() } }
    return refused
  }

  /// Nothing is being written: what is handed in now starts at once.
  package var isIdle: Bool { waiting.withLock { !$0.isRunning } }

  /// The log stands still while `body` has its writer: for the commit queue, and for the few who need that.
  func withWriter<Result, E: Error>(
    _ body: (inout sending LogWriter) throws(E) -> sending Result
  ) throws(E) -> sending Result {
    turnstile.wait()
    return try writer.withLock { (writer) throws(E) in
      turnstile.signal()
      return try body(&writer)
    }
  }

  private func run() {
    while true {
      let batches = waiting.withLock { waiting in
        let taken = waiting.batches
        waiting.batches = []
        waiting.isRunning = !taken.isEmpty
        return taken
      }
      if batches.isEmpty { return }
      let begin = Clocks.monotonicNanoseconds()
      var works: [Work] = []
      works.reserveCapacity(batches.reduce(0) { $0 + $1.items.count })
      for batch in batches { for item in batch.items { works.append(item.work) } }
      let outcomes = withWriter { $0.commit(works) }
      let end = Clocks.monotonicNanoseconds()
      kept.withLock { $0.times.record(end - begin) }
      waiting.withLock { waiting in waiting.count -= batches.reduce(0) { $0 + $1.count } }
      var first = 0
      for batch in batches {
        let next = first + batch.items.count
        batch.deliver(zip(batch.items, outcomes[first..<next]).map { ($0.token, $1) })
        first = next
      }
      saveIndex(all: false)
      saveSoon()
    }
  }

  /// What a pause leaves unsaved is saved within a second, so that a later crash costs the next start little.
  private func saveSoon() {
    let mustAsk = waiting.withLock { waiting in
      defer { waiting.willSave = true }
      return !waiting.willSave
    }
    guard mustAsk else { return }
    // Weakly: a log that is let go is not kept from the next one for a second.
    queue.asyncAfter(deadline: .now() + 1) { [weak self] in
      self?.waiting.withLock { $0.willSave = false }
      self?.saveIndex(all: true)
    }
  }

  private func saveIndex(all: Bool) {
    saveIndex { writer in
      // Strongly: the lock outlives what is being written.
      writer.saveIndex(all: all, on: saves) { self.queue.async { [weak self] in self?.saveIndex(all: false) } }
    }
  }

  private func saveIndex(_ save: (LogWriter) -> Void) {
    let lag = withWriter { writer in
      save(writer)
      return writer.completeIndex?.unsavedRows ?? 0
    }
    kept.withLock { $0.indexLag = lag }
  }

  /// What has to be done from time to time, in turn with the commits.
  package func housekeep(now: Timestamp) { queue.async { self.withWriter { $0.housekeep(now: now) } } }

  /// Returns when all that was handed in before has been committed, the index file knows of it, and nobody writes to it.
  package func flush() {
    queue.sync { saveIndex { $0.saveIndex() } }
    saves.wait()
    // What a save has handed in when it was over.
    queue.sync {}
  }
}
