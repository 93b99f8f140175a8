import Posix
import Records

/// What of the files cannot be read, for who starts on them.
extension CatchUp {
  /// What an earlier start has found and passed over, which this one, with an index that is in step, does not read.
  func knownDamage(_ index: ExampleIndex) throws -> [DamagedLine] {
    try index.damages.sorted { $0.key < $1.key }.flatMap { file, damages -> [DamagedLine] in
      guard let name = LogFileName(file) else { return [] }
      let text = try texts.text(of: name)
      let removed = index.removed(from: name)
      return damages.filter { !removed.contains($0.offset) }.compactMap { damage in
        let offset = removed.physical(damage.offset)
        // Members are told as such.
        guard !text.damages.contains(where: { $0.text.overlaps(offset..<offset + damage.length) }) else { return nil }
        let place = text.place(of: offset, in: name)
        return DamagedLine(
          file: place.file, offset: place.offset, reason: "\(damage.length) bytes cannot be read, and were passed over")
      }
    }
  }
}

extension Recovery.Report {
  /// Finds out which lines they are, as far as they are in files that are there.
  mutating func numberLines(in directory: DataDirectory, _ fileSystem: any FileSystem) {
    let lines = damagedLines.indices.filter { damagedLines[$0].line == nil }.sorted {
      damagedLines[$0].offset < damagedLines[$1].offset
    }
    for (file, indices) in Dictionary(grouping: lines, by: { damagedLines[$0].file }) {
      guard let text = try? Self.open(file, directory, fileSystem) else { continue }
      var counter = LineCounter(text)
      for index in indices {
        // A ledger as a whole.
        if damagedLines[index].offset == 0, file.hasPrefix("state/") { continue }
        damagedLines[index].line = try? counter.line(at: damagedLines[index].offset)
      }
    }
  }

  private static func open(
    _ file: String, _ directory: DataDirectory, _ fileSystem: any FileSystem
  ) throws -> (any ReadableFile)? {
    if let name = LogFileName(sealed: file) {
      return try LogText.open(name, in: directory, on: fileSystem).text.sealed
    }
    let path = LogFileName(file).map(directory.path(of:)) ?? directory.root + "/" + file
    return fileSystem.exists(path) ? try fileSystem.openLog(path) : nil
  }
}
