import Dispatch
import Posix
import TrainingLog

/// Copies a file of the dataset ahead, on another thread, while it is being decided how much of it stays: new records come
/// at its end, as a rule, so that only what is behind them is thrown away again, and the disk is done with most of it when
/// the sync asks for it.
final class PrefixCopy: Sendable {
  private struct State {
    var old: ReadOnlyFile?
    var writer: AtomicFileWriter?
    var copied = 0
    var isWanted = true
    var failure: (any Error)?
  }

  private let path: String
  private let state = Mutex(State())
  private let work = DispatchGroup()

  /// - Parameter path: of the old file, and of the new one.
  init(_ path: String) { self.path = path }

  func begin(of old: ReadOnlyFile) throws {
    let writer = try AtomicFileWriter(path)
    state.withLock { ($0.old, $0.writer) = (old, writer) }
    DispatchQueue(label: "cerberus.copy").async(group: work) { self.run() }
  }

  private static let copyBytes = 1 << 20

  private func run() {
    var isMore = true
    while isMore { isMore = state.withLock { step(&$0) } }
  }

  private func step(_ state: inout State) -> Bool {
    guard state.isWanted, let old = state.old, let writer = state.writer else { return false }
    do {
      let bytes = try old.read(at: state.copied, count: Self.copyBytes)
      try writer.write(bytes)
      state.copied += bytes.count
      return !bytes.isEmpty
    } catch {
      state.failure = error
      return false
    }
  }

  /// The new file with so many bytes of the old one in it; nil where none was begun.
  func take(_ count: Int) throws -> AtomicFileWriter? {
    stop()
    return try state.withLock { state in
      guard let old = state.old, let writer = state.writer else { return nil }
      if let failure = state.failure { throw failure }
      if state.copied > count {
        try writer.cut(to: count)
      } else {
        try Self.copy(old, state.copied..<count, to: writer)
      }
      state.writer = nil
      return writer
    }
  }

  /// What was copied and not taken goes.
  func discard() {
    stop()
    state.withLock { $0.writer = nil }
  }

  private func stop() {
    state.withLock { $0.isWanted = false }
    work.wait()
  }

  /// What stands there in a file.
  static func copy(_ file: ReadOnlyFile, _ range: Range<Int>, to writer: AtomicFileWriter) throws {
    var at = range.lowerBound
    while at < range.upperBound {
      let bytes = try file.read(at: at, count: min(copyBytes, range.upperBound - at))
      guard !bytes.isEmpty else { throw CurationError.derivedFileDamaged }
      try writer.write(bytes)
      at += bytes.count
    }
  }
}
