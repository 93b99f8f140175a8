import Posix

/// What readers on other threads may look at without waiting for the writer: the books as of the last commit, and the
/// work done since the start.
package final class LiveCounters: Sendable {
  package struct Work: Equatable, Sendable {
    package var commits = 0
    package var records = 0
    package var syncs = 0
    package var failures = 0
    package var indexFailures = 0
    /// Conversations that were not stored since their user refuses it.
    package var refused = 0
  }

  private let state = Mutex((tallies: Tallies(), work: Work()))

  package init() {}

  package var tallies: Tallies { state.withLock { $0.tallies } }
  package var work: Work { state.withLock { $0.work } }

  /// Puts in place what `body` returns. Readers wait meanwhile; the old books are let go first, so that changing them in
  /// `body` copies nothing.
  func publish(_ body: () -> Tallies) {
    state.withLock {
      $0.tallies = Tallies()
      $0.tallies = body()
    }
  }

  func countFailure(_ error: any Error, in work: StorageFault.Work = .commit) {
    state.withLock { $0.work.failures += 1 }
    tell(StorageFault(work: work, reason: StorageFault.reason(error)))
  }

  func countIndexFailure(_ error: any Error) {
    state.withLock { $0.work.indexFailures += 1 }
    tell(StorageFault(work: .index, reason: StorageFault.reason(error)))
  }

  package func countRefused() { state.withLock { $0.work.refused += 1 } }

  private let observer = Mutex<(@Sendable (StorageFault) -> Void)?>(nil)

  /// `body` is told of every failure from now on, on the committer's queue; it must not wait for anything.
  package func observeFaults(_ body: @escaping @Sendable (StorageFault) -> Void) { observer.withLock { $0 = body } }

  private let disuse = Mutex((isUnusable: false, body: (@Sendable () -> Void)?.none))

  /// A log file could be neither synced nor replaced by a copy of its synced part. Nothing more can be made durable.
  package var isUnusable: Bool { disuse.withLock { $0.isUnusable } }

  /// `body` is called when that is so for the first time, on the committer's queue.
  package func whenUnusable(_ body: @escaping @Sendable () -> Void) { disuse.withLock { $0.body = body } }

  func declareUnusable(_ error: SystemError) {
    let body = disuse.withLock { disuse in
      defer { disuse.isUnusable = true }
      return disuse.isUnusable ? nil : disuse.body
    }
    tell(StorageFault(work: .replacement, reason: StorageFault.reason(error)))
    body?()
  }

  /// What counts as no failure of the disk, too.
  func tell(_ fault: StorageFault) { observer.withLock { $0 }?(fault) }

  func countCommit(works: Int, syncsInAll: Int) {
    state.withLock {
      $0.work.commits += 1
      $0.work.records += works
      $0.work.syncs = syncsInAll
    }
  }
}
