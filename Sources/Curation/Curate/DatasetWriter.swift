import Posix
import Privacy
import Records
import TrainingLog

/// One file of the dataset as it is written, and what is counted of its rows.
final class DatasetWriter {
  let file: HashedFile
  /// Name → rows; rows without one are not counted.
  private(set) var languages: [String: Int] = [:]
  private(set) var known = KnownRows()
  /// Of the whole content, 64 hexadecimal digits.
  private(set) var sha256 = ""

  private let path: String

  /// - Parameters:
  ///   - old: what stands at the path now.
  ///   - copy: of that, where it is being made already.
  init(_ path: String, over old: PublishedFile, copy: PrefixCopy? = nil) throws(SystemError) {
    self.path = path
    file = try HashedFile(path, over: old, copy: copy)
  }

  /// So many rows are going to come.
  func expect(_ count: Int) { known.reserve(count) }

  func count(_ row: RowSource.Row, _ entry: Entry) {
    if let id = row.id { known.add(row, entry, id: id) }
    if !row.language.isEmpty { languages[row.language, default: 0] += 1 }
  }

  /// No more rows come.
  func finish() throws {
    let (digest, midstates) = try file.finish()
    sha256 = digest.hex
    known.midstates = midstates
  }

  /// Puts the file in the place of the old one.
  func commit(_ folder: SurveyFolder) throws {
    // What is known of a file that stays is known already.
    if try file.commit() { try folder.keep(known, of: path) }
  }
}
