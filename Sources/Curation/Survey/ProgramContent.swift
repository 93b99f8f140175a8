import Posix
import Records
import TrainingLog

/// A number for the content of the program that runs: what one build has found out another must not take over, even of the
/// same version, since rules may differ between them. The content, and not place and times of its file: a copy or a link
/// of it is the same program, and so is the one of an image in a container that was started anew.
enum ProgramContent {
  private static let path = "/proc/self/exe"
  private static let chunkBytes = 1 << 20
  /// Of this process, which stays the program that it is.
  private static let own = Mutex<UInt64?>(nil)

  /// - Parameter memo: where the number stands from the last time, with the stamp of the file that it was made of; nil
  ///   where nothing may be read or written.
  static func number(memo: String?) throws -> UInt64 {
    try own.withLock { own in
      if let own { return own }
      let stamp = FileStamp(path)?.numbers ?? []
      let number = try known(stamp, memo) ?? content()
      own = number
      if let memo, try known(stamp, memo) != number {
        let file = try AtomicFileWriter(memo, mode: 0o600)
        try file.write([UInt8](raw: stamp + [number]))
        try file.commit(isDurable: false)
      }
      return number
    }
  }

  private static func known(_ stamp: [UInt64], _ memo: String?) throws -> UInt64? {
    guard let memo, !stamp.isEmpty, let file = try ReadOnlyFile.open(ifPresent: memo),
      let numbers = try [UInt64](file, at: 0, count: stamp.count + 1)
    else { return nil }
    return Array(numbers.dropLast()) == stamp ? numbers[stamp.count] : nil
  }

  /// Checksums of its pieces, one behind the other, hashed.
  private static func content() throws -> UInt64 {
    let file = try ReadOnlyFile(path)
    var checksums: [UInt8] = []
    var offset = 0
    while true {
      let bytes = try file.read(at: offset, count: chunkBytes)
      if bytes.isEmpty { break }
      checksums += [UInt8](raw: [checksum(bytes)])
      offset += bytes.count
    }
    return ContentHash(question: "\(offset)", answer: checksums.map { "\($0)" }.joined(separator: " ")).high
  }
}
