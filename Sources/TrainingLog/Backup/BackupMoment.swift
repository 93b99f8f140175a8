import Posix

/// The files of a data directory as of one moment, held open: appending goes on behind what is copied, and what takes the
/// place of a file does not change the one that is open.
///
/// The order of opening makes it one moment for whoever reads the copy. Ratings that wait come before those that have
/// joined, ratings before records, the dataset before the ledger of its split, and the other ledgers last: so a rating
/// has its record, and what a ledger promises may be ahead of the files, never behind.
struct BackupMoment {
  struct File {
    /// Below the data directory.
    let name: String
    let file: any ReadableFile
    /// Bytes to copy: of lines up to the last line end.
    let size: Int
    /// What it is the compressed form of.
    var text: SealedText?
  }

  private(set) var files: [File] = []
  private let directory: DataDirectory
  private let erasures: FileStamp?

  init(_ directory: DataDirectory) throws(SystemError) {
    self.directory = directory
    erasures = FileStamp(directory.erasures)
    try add("state", [LogFileName.pending.name])
    let ratings = [LogFileName.feedback, .comments, .corrections]
    try add("training_logs", ratings.map(\.name))
    // After them: a rating may be of a record whose day has just begun.
    for name in LogFileName.present(in: try Self.names(directory.logs)) where !ratings.contains(name) { try add(name) }
    let curating = try directory.lockCuration()
    try add("curated", try Self.names(directory.curated).filter { !$0.hasSuffix(".tmp") })
    try add("state", ["lineage"])
    _ = consume curating
    let ledgers = try Self.names(directory.state).filter { $0.hasSuffix(".jsonl") && $0 != LogFileName.pending.name }
    try add("state", ledgers + ["keys"])
  }

  private static func names(_ path: String) throws(SystemError) -> [String] {
    Directories.exists(path) ? try Directories.list(path) : []
  }

  private mutating func add(_ folder: String, _ names: [String]) throws(SystemError) {
    for name in names {
      // One that is gone by now has expired or was emptied by an erasure.
      guard let file = try ReadOnlyFile.open(ifPresent: directory.root + "/\(folder)/\(name)") else { continue }
      let size = try name.hasSuffix(".jsonl") ? Self.endOfLines(file) : file.size()
      files.append(File(name: folder + "/" + name, file: file, size: size))
    }
  }

  /// A day, plain and sealed.
  private mutating func add(_ name: LogFileName) throws(SystemError) {
    guard let text = try LogText.open(name, in: directory) else { return }
    if let sealed = text.sealed, let sealedName = name.sealedName {
      let size = try sealed.file.size()
      files.append(File(name: "training_logs/" + sealedName, file: sealed.file, size: size, text: sealed))
    }
    if let plain = text.plain {
      files.append(File(name: "training_logs/" + name.name, file: plain, size: try Self.endOfLines(plain)))
    }
  }

  /// The offset behind the last LF.
  private static func endOfLines(_ file: any ReadableFile) throws(SystemError) -> Int {
    try TornTail.endOfLines(file, before: file.size())
  }

  /// Whether the copy may be kept: nothing was erased meanwhile that would live on in it, and no file was cut back.
  func holds() throws(SystemError) -> Bool {
    for file in files where try file.file.size() < file.size { return false }
    return FileStamp(directory.erasures) == erasures
  }
}
