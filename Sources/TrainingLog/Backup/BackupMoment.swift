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
  /// The same files of lines, to be verified; days first.
  var verified: [VerifiedFile] { days + others }
  private var days: [VerifiedFile] = []
  private var others: [VerifiedFile] = []
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
      let size = try name.hasSuffix(".jsonl") ? file.endOfLines() : file.size()
      files.append(File(name: folder + "/" + name, file: file, size: size))
      guard name.hasSuffix(".jsonl") else { continue }
      others.append(
        VerifiedFile(
          name: folder + "/" + name,
          kind: folder == "training_logs"
            ? LogFileName(name).map(VerifiedFile.Kind.log) ?? .objects : VerifiedFile.Kind(folder: folder, name: name),
          file: LogText(sealed: nil, plain: file), size: size))
    }
  }

  /// A day, plain and sealed.
  private mutating func add(_ name: LogFileName) throws(SystemError) {
    guard let text = try LogText.open(name, in: directory) else { return }
    if let sealed = text.sealed, let sealedName = name.sealedName {
      let size = try sealed.file.size()
      files.append(File(name: "training_logs/" + sealedName, file: sealed.file, size: size, text: sealed))
    }
    let plainSize = try text.plain?.endOfLines() ?? 0
    if let plain = text.plain {
      files.append(File(name: "training_logs/" + name.name, file: plain, size: plainSize))
    }
    days.append(
      VerifiedFile(
        name: "training_logs/" + name.name, kind: .log(name), file: text, size: text.sealedBytes + plainSize))
  }

  /// Whether the copy may be kept: nothing was erased meanwhile that would live on in it, and no file was cut back.
  func holds() throws(SystemError) -> Bool {
    for file in files where try file.file.size() < file.size { return false }
    return FileStamp(directory.erasures) == erasures
  }
}
