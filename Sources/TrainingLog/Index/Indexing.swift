import Dispatch
import Posix
import Records

/// Brings the index in step with the files and hands it to the writer, which commits meanwhile what needs no index. Where
/// it is missing, or cannot be trusted, it is made anew from the files.
final class Indexing: Sendable {
  struct Settings: Sendable {
    let directory: DataDirectory
    let fileSystem: any FileSystem
    let collector: FeedbackCollector
    let journal: ErasureJournal
    let consent: ConsentLedger
    /// Whether the index counts users of groups (`Tallies.users`).
    let countsGroups: Bool
    /// Not even a good index is kept.
    let rebuilds: Bool
    /// What the start has found before.
    let report: Recovery.Report
  }

  private struct State {
    var report: Recovery.Report
    var isComplete = false
    var waiting: [@Sendable () -> Void] = []
    /// What an index knew of that is not in the files any more. The one that is made anew does not know.
    var losses: [DamagedLine] = []
  }

  /// Files that commits add less to than this, bytes, while the rest is read, are read to the end between two commits.
  private static let pauseBytes = 256 << 10
  /// As often they are read beside the commits; somebody may log faster than they can be read.
  private static let attemptsMax = 16
  private static let retrySeconds = 2.0

  private let settings: Settings
  private let commit: GroupCommit
  private let live: LiveCounters
  private let clock: any WallClock
  private let state: Mutex<State>
  private let isCancelled = Mutex(false)
  private let isDone = DispatchSemaphore(value: 0)
  private let queue = DispatchQueue(label: "cerberus.index", qos: .utility)

  init(_ settings: Settings, _ commit: GroupCommit, _ live: LiveCounters, clock: any WallClock) {
    self.settings = settings
    self.commit = commit
    self.live = live
    self.clock = clock
    state = Mutex(State(report: settings.report))
  }

  var isComplete: Bool { state.withLock { $0.isComplete } }
  /// Complete with the index.
  var report: Recovery.Report { state.withLock { $0.report } }

  /// `body` is called when the writer has the index, or now where it has it.
  func whenComplete(_ body: @escaping @Sendable () -> Void) {
    let isComplete = state.withLock { state in
      if !state.isComplete { state.waiting.append(body) }
      return state.isComplete
    }
    if isComplete { body() }
  }

  /// The writer has it when this returns.
  func run(_ progress: @Sendable (Double) -> Void) throws {
    var isAnew = try settings.rebuilds || isMissing()
    while true {
      do {
        if try attempt(isAnew: isAnew, progress) {
          numberLines()
          return complete()
        }
      } catch is DatabaseError where !isAnew {}  // It is damaged, of another version, or somebody keeps it locked.
      isAnew = true
    }
  }

  /// The same on another thread, again and again until it has worked. Returns when it has, or after so many seconds.
  func begin(waiting seconds: Double) {
    work()
    _ = isDone.wait(timeout: .now() + seconds)
  }

  private func work() {
    queue.async { [self] in
      do { try run { _ in } } catch is CatchUp.Cancelled {} catch {
        live.countIndexFailure(error)
        queue.asyncAfter(deadline: .now() + Self.retrySeconds) { [weak self] in self?.work() }
      }
    }
  }

  /// What is under way ends soon, and nothing begins any more.
  func cancel() { isCancelled.withLock { $0 = true } }

  /// Returns when nothing is under way any more.
  func end() {
    cancel()
    queue.sync {}
  }

  /// There is none, and something to make it of.
  private func isMissing() throws -> Bool {
    guard !settings.fileSystem.exists(settings.directory.index) else { return false }
    return try !LogFileName.present(in: settings.fileSystem.list(settings.directory.logs)).isEmpty
  }

  /// False where the index that is there is none to go on from, or where the files were changed meanwhile by somebody
  /// else: then it is to be made anew.
  private func attempt(isAnew: Bool, _ progress: @Sendable (Double) -> Void) throws -> Bool {
    if isCancelled.withLock({ $0 }) { throw CatchUp.Cancelled() }
    let catchUp = CatchUp(
      directory: settings.directory, fileSystem: settings.fileSystem, collector: settings.collector,
      journal: settings.journal, consent: settings.consent
    ) { [self] in isCancelled.withLock { $0 } }
    let (synced, meddlings) = try commit.withWriter { (try $0.syncedSizes(), $0.meddlings) }
    let maker: IndexMaker
    if isAnew {
      maker = try IndexMaker(making: settings, catchUp, refusals: synced[.consent] ?? 0)
    } else {
      var losses: [DamagedLine] = []
      guard let trusting = try IndexMaker(trusting: settings, catchUp, &losses) else {
        state.withLock { [losses] in $0.losses = losses }
        return false
      }
      maker = trusting
    }
    _ = try maker.run(upTo: synced, progress)
    try maker.settle()
    for _ in 0..<Self.attemptsMax {
      let synced = try commit.withWriter { try $0.syncedSizes() }
      if try maker.run(upTo: synced) < Self.pauseBytes { break }
    }
    let handover = Handover(maker)
    return try commit.withWriter { writer in
      guard writer.meddlings == meddlings, let maker = handover.take() else { return false }
      _ = try maker.run(upTo: writer.syncedSizes())
      try writer.take(maker.index, now: clock.now)
      state.withLock { state in
        state.report = maker.report
        state.report.damagedLines += state.losses
      }
      return true
    }
  }

  /// Beside the commits, which have the index by now.
  private func numberLines() {
    var report = report
    report.numberLines(in: settings.directory, settings.fileSystem)
    state.withLock { [report] in $0.report = report }
  }

  private func complete() {
    let waiting = state.withLock { state in
      state.isComplete = true
      defer { state.waiting = [] }
      return state.waiting
    }
    isDone.signal()
    for body in waiting { body() }
  }
}

/// An index on its way to the writer.
private final class Handover: Sendable {
  private let maker: Mutex<IndexMaker?>

  init(_ maker: sending IndexMaker) { self.maker = Mutex(maker) }

  func take() -> sending IndexMaker? {
    maker.withLock { maker in
      defer { maker = nil }
      return maker
    }
  }
}
