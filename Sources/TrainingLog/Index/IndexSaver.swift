import Dispatch
import Posix

/// Where saves run.
struct SaveQueue: Sendable {
  /// One after the other, each later than this returns.
  let run: @Sendable (@escaping @Sendable () -> Void) -> Void
  /// Returns when all that was handed in before is over and let go.
  let wait: @Sendable () -> Void

  static func own() -> SaveQueue {
    let queue = DispatchQueue(label: "cerberus.saver", qos: .userInitiated)
    return SaveQueue(run: { queue.async(execute: $0) }, wait: { queue.sync {} })
  }
}

/// Writes the index file beside the commits, on a connection of its own.
final class IndexSaver: Sendable {
  /// What there is to do.
  enum Task: Sendable {
    case save(IndexSave)
    /// Pages of the write-ahead log go into the main file.
    case checkpoint
  }

  typealias Result = Swift.Result<IndexSave.Outcome?, DatabaseError>

  private struct State: Sendable {
    var queue: SaveQueue?
    var result: Result?
  }

  private let file: Mutex<IndexFile>
  private let state = Mutex(State())

  init(_ file: sending IndexFile) { self.file = Mutex(file) }

  /// There is one task at a time.
  ///
  /// - Parameter then: called when it is over.
  func begin(_ task: Task, on queue: SaveQueue, then: @escaping @Sendable () -> Void) {
    state.withLock { $0 = State(queue: queue) }
    queue.run { [self] in
      let result = Result { () throws(DatabaseError) in try perform(task) }
      state.withLock { $0.result = result }
      then()
    }
  }

  private func perform(_ task: Task) throws(DatabaseError) -> IndexSave.Outcome? {
    try file.withLock { (file) throws(DatabaseError) in
      switch task {
      case .save(let save): return try save.run(on: file)
      case .checkpoint:
        try file.checkpoint()
        return nil
      }
    }
  }

  /// Of the task, once it is over; nil where there is none or it is not.
  ///
  /// - Parameter waiting: until it is over.
  func takeResult(waiting: Bool) -> Result? {
    if waiting { state.withLock { $0.queue }?.wait() }
    return state.withLock { state in
      guard let result = state.result else { return nil }
      state = State()
      return result
    }
  }

  var isBusy: Bool { state.withLock { $0.queue != nil } }
}
