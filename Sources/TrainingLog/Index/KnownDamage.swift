import Records

/// What a start has found damaged in a file, and has no rows of: where it is (logical offset, bytes), and the CRC-32 of
/// what was there to be read. Where something else is read there later, somebody has put the file right, and the index
/// lacks what was in it.
struct KnownDamage: Equatable {
  let offset: Int
  let length: Int
  let crc: UInt32
}

extension IndexFile {
  /// The table came later than the version of the schema, and most files are without anything in it.
  private static let table = """
    CREATE TABLE IF NOT EXISTS damages(
      file TEXT NOT NULL, offset INTEGER NOT NULL, length INTEGER NOT NULL, crc INTEGER NOT NULL,
      PRIMARY KEY(file, offset)) WITHOUT ROWID
    """

  /// Within a transaction: all that is known of each of these files, by their names.
  func write(_ damages: [String: [KnownDamage]]) throws(DatabaseError) {
    guard !damages.isEmpty else { return }
    try database.execute(Self.table)
    for (name, list) in damages {
      try database.statement("DELETE FROM damages WHERE file = ?").bind(1, name).run()
      for damage in list {
        try database.statement("INSERT OR REPLACE INTO damages VALUES(?, ?, ?, ?)")
          .bind(1, name).bind(2, damage.offset).bind(3, damage.length).bind(4, Int(damage.crc)).run()
      }
    }
  }

  func damages() throws(DatabaseError) -> [String: [KnownDamage]] {
    try database.execute(Self.table)
    var damages: [String: [KnownDamage]] = [:]
    let rows = try database.statement("SELECT file, offset, length, crc FROM damages")
    while try rows.step() {
      damages[rows.text(0), default: []].append(
        KnownDamage(
          offset: rows.integer(1), length: rows.integer(2), crc: UInt32(truncatingIfNeeded: rows.integer(3))))
    }
    return damages
  }
}

extension CatchUp {
  /// Whether the index tells of the files as they are: nothing of which it tells is gone or has moved, and nothing is
  /// whole again that it had found damaged.
  ///
  /// - Parameter losses: gets the days that have lost something.
  func isTrue(_ index: ExampleIndex, _ losses: inout [DamagedLine]) throws -> Bool {
    try !hasShrunk(index, &losses) && areInPlace(index) && !isRepaired(index)
  }

  /// A file shorter than what the index has seen, or gone, means that the index tells of records that are not there.
  private func hasShrunk(_ index: ExampleIndex, _ losses: inout [DamagedLine]) throws -> Bool {
    var hasShrunk = false
    for known in index.knownFiles.sorted() where known != LogFileName.consent.name {
      guard let name = LogFileName(known) else { return true }
      let isThere = directory.holds(name, on: fileSystem)
      let (size, seen) = (isThere ? try texts.text(of: name).size() : 0, index.bytes(of: name))
      guard size < seen else { continue }
      hasShrunk = true
      // Lines of an erasure that was interrupted are gone for good reason, as are those of ratings that expire.
      guard case .conversations = name, journal.unfinished.isEmpty else { continue }
      losses.append(
        DamagedLine(
          file: name.name, offset: size,
          reason: isThere
            ? "the text ends here; \(seen - size) bytes more were stored"
            : "the file is gone, with \(seen) bytes of text"))
    }
    return hasShrunk
  }

  private func areInPlace(_ index: ExampleIndex) throws -> Bool {
    try index.knownFiles.compactMap { LogFileName($0) }.allSatisfy { try isInPlace($0, index) }
  }

  /// Whether somebody has put right what an earlier start could not read.
  private func isRepaired(_ index: ExampleIndex) throws -> Bool {
    for (file, damages) in index.damages {
      guard let name = LogFileName(file) else { continue }
      let text = try texts.text(of: name)
      let removed = index.removed(from: name)
      for damage in damages where !removed.contains(damage.offset) {
        let bytes = try text.read(at: removed.physical(damage.offset), count: damage.length)
        if checksum(bytes) != damage.crc { return true }
      }
    }
    return false
  }
}
