import Records
import TrainingLog

/// One file of the last run, row by row.
struct PublishedFile {
  let file: ReadOnlyFile?
  private(set) var rows: [PublishedRow] = []
  private(set) var damaged = 0

  init(_ path: String) throws {
    file = try ReadOnlyFile.open(ifPresent: path)
    guard let file else { return }
    try LineReader().read(file) { line, offset in
      if let row = PublishedRow(line, at: offset) { rows.append(row) } else { damaged += 1 }
    }
  }

  func line(of row: PublishedRow) throws -> [UInt8] {
    try file?.read(at: row.place.offset, count: row.place.length) ?? []
  }
}
