import Posix
import Records

/// Taking lines out of the files of the log, in two steps: what is found can be written down before anything goes.
extension TrainingLog {
  /// Looks for the lines of a file that `isGone`, beside the commits; nil where there is no such file.
  ///
  /// - Parameters:
  ///   - isPlainlyOther: `LineReader.read`'s `skipping`.
  ///   - isDamageGone: whether a damaged member with this part of the text goes, but for what can be rescued.
  func find(
    in name: LogFileName, skipping isPlainlyOther: (([UInt8], Range<Int>) -> Bool)? = nil,
    orDamaged isDamageGone: (Range<Int>) throws -> Bool = { _ in false },
    _ isGone: ([UInt8]) throws -> Bool
  ) throws -> FoundLines.File? {
    guard configuration.directory.holds(name, on: fileSystem) else { return nil }
    let (text, synced) = try commit.withWriter { writer in
      (try writer.files.file(name), try writer.files.size(of: name))
    }
    var sieve = try LineSieve(text, upTo: synced, skipping: isPlainlyOther, removing: isGone)
    var lost: [ExampleID] = []
    for member in text.damages.joined where try isDamageGone(member.text) {
      for part in text.damages where part.bytes == member.bytes {
        let rescued = try rescue(from: part, of: text, name)
        sieve.remove(rescued.removed)
        lost += rescued.lost
      }
    }
    return FoundLines.File(name: name, text: text, synced: synced, sieve: sieve, lost: lost)
  }

  /// Writes a file anew without what was found in it, beside the commits. No line that comes later may be one of those.
  /// Of a sealed day only the members are made anew that hold such lines.
  func remove(_ found: FoundLines.File) throws {
    let (name, text, synced) = (found.name, found.text, found.synced)
    let gone = try commit.withWriter { try $0.index.removed(from: name) }
    let border = text.sealedBytes
    let (sealedRanges, plainRanges) = found.sieve.split(at: border)
    let logical = { (ranges: [Range<Int>], shift: Int) in
      ranges.flatMap { gone.logical($0.lowerBound + shift..<$0.upperBound + shift) }
    }
    if let sealed = text.sealed, !sealedRanges.isEmpty {
      try replace(name, .sealed, logical(sealedRanges, 0), copied: 0, lost: found.lost) { copy in
        var writer = SealedWriter(copy)
        try sealed.write(without: sealedRanges, to: &writer)
        try writer.finish()
      }
    }
    if let plain = text.plain, !plainRanges.isEmpty {
      try replace(name, .plain, logical(plainRanges, border), copied: synced - border) { copy in
        try LineSieve.copy(plain, upTo: synced - border, without: plainRanges, to: copy)
        try copy.synchronizeData()
      }
    }
  }

  private func replace(
    _ name: LogFileName, _ part: LogText.Part, _ removed: [RemovedRanges.Range], copied: Int,
    lost: [ExampleID] = [], _ write: (any LogFile) throws -> Void
  ) throws {
    guard let path = configuration.directory.path(of: name, part) else { return }
    let temporary = path + Self.copySuffix
    try fileSystem.remove(temporary)
    do {
      let copy = try fileSystem.openLog(temporary)
      try write(copy)
      try commit.withWriter {
        try $0.replace(name, part, by: copy, at: temporary, copied: copied, removed, lost: lost)
      }
    } catch {
      try? fileSystem.remove(temporary)
      throw error
    }
  }

  /// Of a copy that is going to replace a log file; one that a crash has left is removed at the next start.
  static let copySuffix = ".erasing"
}
