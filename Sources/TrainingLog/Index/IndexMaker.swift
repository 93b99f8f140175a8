import Posix
import Records

/// One attempt to bring the index in step with the files.
final class IndexMaker {
  private let catchUp: CatchUp
  private let directory: DataDirectory
  private let fileSystem: any FileSystem
  private(set) var index: ExampleIndex
  private(set) var report: Recovery.Report
  /// Where it is made; nil for one that is at its place.
  private var temporary: String?

  /// From the index that is there; nil where it does not tell of the files as they are.
  ///
  /// - Parameter losses: gets what it knows of and the files have not.
  init?(trusting settings: Indexing.Settings, _ catchUp: CatchUp, _ losses: inout [DamagedLine]) throws {
    index = try ExampleIndex(
      path: settings.directory.index, rules: settings.collector.rules, countsGroups: settings.countsGroups)
    guard try catchUp.isTrue(index, &losses) else { return nil }
    // Erased ones that it still had when the process ended.
    if settings.journal.hidesSomething { try index.removeAll(where: settings.journal.hides) }
    self.catchUp = catchUp
    directory = settings.directory
    fileSystem = settings.fileSystem
    report = settings.report
    report.damagedLines += try catchUp.knownDamage(index)
  }

  /// From nothing; the index that is there is set aside.
  ///
  /// - Parameter refusals: bytes of the ledger; rows are made with those from the beginning.
  init(making settings: Indexing.Settings, _ catchUp: CatchUp, refusals: Int) throws {
    self.catchUp = catchUp
    directory = settings.directory
    fileSystem = settings.fileSystem
    report = settings.report
    report.rebuiltIndex = fileSystem.exists(directory.index)
    try Self.setAside(directory, fileSystem)
    let path = directory.index + ".making"
    try fileSystem.remove(path)
    index = try ExampleIndex(making: path, rules: settings.collector.rules, countsGroups: settings.countsGroups)
    if refusals > 0 { index.setBytes(refusals, of: .consent) }
    temporary = path
  }

  /// The write-ahead log goes too, also where it is left alone: SQLite would take it for one of the next file.
  private static func setAside(_ directory: DataDirectory, _ fileSystem: any FileSystem) throws {
    for suffix in ["", "-wal", "-shm"] where fileSystem.exists(directory.index + suffix) {
      try Directories.make(directory.quarantine, mode: 0o700)
      try fileSystem.rename(directory.index + suffix, to: directory.quarantine + "/index.sqlite" + suffix)
    }
  }

  /// Returns the bytes that there were to read.
  func run(
    upTo synced: [LogFileName: Int], _ progress: @Sendable (Double) -> Void = { _ in }
  ) throws -> Int {
    try catchUp.run(index, upTo: synced, &report, progress)
  }

  /// What was made somewhere else takes its place.
  func settle() throws {
    guard let temporary else { return }
    try index.save()
    try index.move(from: temporary, to: directory.index)
    try fileSystem.synchronizeDirectory(directory.state)
    self.temporary = nil
  }
}
