import Posix
import Privacy

/// `pepper_check` in `state/keys`: tells whether a pepper is the one that the records were made with.
///
/// 32 bits of a hash of the pepper, under a key of the directory: enough that another one does not pass by chance, and of
/// no help to whoever guesses, since of the 2²⁵⁶ peppers every 2³²nd gives the same.
struct PepperCheck {
  private static let name = "pepper_check"

  private let directory: DataDirectory
  private let key: [UInt8]

  init(_ directory: DataDirectory, key: [UInt8]) {
    self.directory = directory
    self.key = key
  }

  private func value(_ pepper: [UInt8]) -> String {
    let hash = HMACSHA256(key: key).authenticate {
      $0.update("pepper:check:".utf8)
      $0.update(pepper)
    }
    return String(hash.hex.prefix(8))
  }

  /// Throws where it is another than that of the records. One that has none to be compared with yet is taken, and so is
  /// the first after a rotation: what was before it is kept by then.
  ///
  /// - Parameters:
  ///   - replaced: what it is said to have been before.
  ///   - former: what is kept.
  func admit(_ pepper: [UInt8], replaced: [UInt8]?, former: [FormerPepper]) throws(Secrets.Failure) {
    let present = value(pepper)
    guard let known = try known else { return try note(present) }
    let kept = former.map { value($0.pepper) }
    if let replaced {
      // It is kept next, and noted by the start after that.
      if value(replaced) == known { return }
      guard kept.contains(value(replaced)) else { throw .otherOldPepper }
    }
    guard known != present else { return }
    try require(pepper, former: former)
    try note(present)
  }

  /// Throws where it is another than that of the records; notes nothing.
  func require(_ pepper: [UInt8], former: [FormerPepper]) throws(Secrets.Failure) {
    let present = value(pepper)
    guard let known = try known, known != present else { return }
    let kept = former.map { value($0.pepper) }
    let isRotated = kept.contains(known) && !kept.contains(present)
    if !isRotated, try hasRecords() { throw .otherPepper }
  }

  private var known: String? {
    get throws(Secrets.Failure) { try KeyFile.read(directory)[secret: Self.name] }
  }

  private func note(_ value: String) throws(Secrets.Failure) {
    try KeyFile.update(directory) { $0[secret: Self.name] = value }
  }

  /// The next start takes any pepper.
  static func drop(in directory: DataDirectory) throws(Secrets.Failure) {
    try KeyFile.update(directory) { $0[secret: name] = nil }
  }

  private func hasRecords() throws(Secrets.Failure) -> Bool {
    do throws(SystemError) { return try directory.hasRecords } catch { throw .system(error) }
  }
}
