import Posix
import Privacy
import Records
import TrainingLog

/// One file of the dataset as it is written, and what is counted of its rows.
final class DatasetWriter {
  let file: HashedFile
  private(set) var train = 0
  private(set) var test = 0
  private(set) var expired = 0
  /// Name → rows; rows without one are not counted.
  private(set) var languages: [String: Int] = [:]
  /// Of all rows.
  private(set) var ids: [Lineage.RowID] = []
  /// Of the whole content, 64 hexadecimal digits.
  private(set) var sha256 = ""

  init(_ path: String) throws(SystemError) { file = try HashedFile(path) }

  var rows: Int { train + test }

  func count(_ row: RowSource.Row, _ entry: Entry) {
    if let id = row.id { ids.append(id) }
    switch entry.side {
    case .train: train += 1
    case .test: test += 1
    }
    if !entry.isLive { expired += 1 }
    if !row.language.isEmpty { languages[row.language, default: 0] += 1 }
  }

  /// No more rows come.
  func finish() { sha256 = file.finish().hex }

  /// Puts the file in the place of the old one.
  func commit() throws(SystemError) { try file.commit() }
}
