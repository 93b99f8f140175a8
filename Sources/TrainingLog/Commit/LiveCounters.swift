import Synchronization

/// What readers on other threads may look at without waiting for the writer: the books as of the last commit, and the
/// work done since the start.
package final class LiveCounters: Sendable {
  package struct Work: Equatable, Sendable {
    package var commits = 0
    package var records = 0
    package var syncs = 0
    package var failures = 0
    package var indexFailures = 0
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

  func countFailure() { state.withLock { $0.work.failures += 1 } }
  func countIndexFailure() { state.withLock { $0.work.indexFailures += 1 } }

  func countCommit(works: Int, syncsInAll: Int) {
    state.withLock {
      $0.work.commits += 1
      $0.work.records += works
      $0.work.syncs = syncsInAll
    }
  }
}
