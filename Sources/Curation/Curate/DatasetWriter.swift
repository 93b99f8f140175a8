import Posix
import Privacy
import Records
import TrainingLog

/// The second pass: writes the chosen rows of one file into a temporary file, counting and hashing them on the way.
final class DatasetWriter {
  private let file: AtomicFileWriter
  private var hash = SHA256()
  private(set) var train = 0
  private(set) var test = 0
  private(set) var expired = 0
  /// Name → rows; rows without one are not counted.
  private(set) var languages: [String: Int] = [:]
  /// Of all rows.
  private(set) var ids: [Lineage.RowID] = []
  /// Of the whole content, 64 hexadecimal digits.
  private(set) var sha256 = ""

  init(_ path: String) throws(SystemError) { file = try AtomicFileWriter(path) }

  var rows: Int { train + test }

  func write(_ line: [UInt8], _ entry: Entry, language: String) throws(SystemError) {
    if let id = CuratedLine.uuid(of: line) { ids.append(id) }
    let line = line + [UInt8(ascii: "\n")]
    hash.update(line)
    try file.write(line)
    switch entry.side {
    case .train: train += 1
    case .test: test += 1
    }
    if !entry.isLive { expired += 1 }
    if !language.isEmpty { languages[language, default: 0] += 1 }
  }

  /// No more rows come.
  func finish() { sha256 = hash.finalize().hex }

  /// Puts the file in the place of the old one.
  func commit() throws(SystemError) { try file.commit() }
}
