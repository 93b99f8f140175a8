import Posix
import Privacy
import Records

/// The keys of a data directory: the pepper of the pseudonyms and one key for each other use, made at first start.
package struct Secrets: Sendable {
  package let pepper: [UInt8]
  /// Those that were replaced and live, the oldest first, without the present one.
  package let formerPeppers: [FormerPepper]
  /// Decides on which side of the split a user stands.
  package let splitKey: [UInt8]
  /// Hashes the keys of requests.
  package let journalKey: [UInt8]
  /// Signs the receipts of erasures.
  package let receiptKey: [UInt8]
  /// Hashes who has refused what.
  package let consentKey: [UInt8]

  package enum Failure: Error, CustomStringConvertible {
    case badPepper
    case badKeys
    case badFormerPeppers
    /// Not the one that the records were made with.
    case otherPepper
    /// The same of the one that it is said to have been before.
    case otherOldPepper
    /// A secret that stored records depend on is gone; the name of its file.
    case missing(String)
    case system(SystemError)

    package var description: String {
      switch self {
      case .badPepper: "the pepper must be exactly 32 bytes, or 64 hexadecimal digits"
      case .badKeys:
        "state/keys is not what this program wrote: a JSON object of secrets, 64 hexadecimal digits each, and API keys"
      case .badFormerPeppers:
        """
        state/pepper.old is not what this program wrote: a line for each pepper that was replaced. Put it back from a \
        backup that was made with --with-pepper, or from where the peppers are kept
        """
      case .otherPepper:
        """
        this is not the pepper that the records here were made with: new ones would get other pseudonyms, and users \
        could not be found. Put the right one back (CERBERUS_PEPPER_FILE, or state/pepper from a backup). If it was \
        replaced on purpose, say what it was before: cerberus keys rotate-pepper --old-pepper-file FILE
        """
      case .otherOldPepper:
        "--old-pepper-file is not the pepper that the records here were made with; name the file of that one"
      case .missing(let name):
        """
        \(name) is missing, but there are records that were made with it: new ones would get other pseudonyms, users \
        could not be found and the split would change. Put \(name) back from a backup (a pepper of your own: name it by \
        CERBERUS_PEPPER_FILE). If it is lost for good, move the data directory away and begin a new one.
        """
      case .system(let error): error.description
      }
    }
  }

  private static let names = ["split", "journal", "receipt", "consent"]
  /// Those that the first version made too: without them beside records the file was lost.
  private static let oldest = ["split", "journal"]

  /// Reads the secrets, making those that are missing, unless records depend on a lost one. A made secret is durable
  /// before this returns, since records that depend on it may be written right after.
  ///
  /// One is lost where it is missing beside records and beside anything else that an earlier start has made. Records
  /// alone, brought here by hand, have no secrets yet.
  ///
  /// - Parameter replaced: what the present pepper has replaced, where it is about to be kept (`keepFormerPepper`).
  package init(in directory: DataDirectory, pepperFile: String?, replaced: [UInt8]? = nil) throws(Failure) {
    var file = try KeyFile.read(directory)
    let hasKeys = Self.oldest.allSatisfy { file[secret: $0] != nil }
    let hasPepper = pepperFile != nil || Directories.exists(directory.pepper)
    let wasStarted = hasKeys || Directories.exists(directory.pepper) || Directories.exists(directory.index)
    if wasStarted, !hasKeys || !hasPepper {
      let hasRecords: Bool
      do throws(SystemError) { hasRecords = try directory.hasRecords } catch { throw .system(error) }
      if hasRecords { throw .missing(hasPepper ? "state/keys" : "state/pepper") }
    }
    if let stored = try Self.storedPepper(in: directory, file: pepperFile) {
      pepper = stored
    } else {
      do throws(SystemError) { pepper = try Self.makePepper(in: directory) } catch { throw .system(error) }
    }
    let (kept, present) = (try FormerPepper.read(directory.formerPeppers), pepper)
    // A rotation that was interrupted has kept it and not replaced it yet.
    formerPeppers = kept.filter { $0.pepper != present }
    if Self.names.contains(where: { file[secret: $0] == nil }) {
      file = try KeyFile.update(directory) { file in
        for name in Self.names where file[secret: name] == nil { file[secret: name] = hex(Clocks.randomBytes(32)) }
        return file
      }
    }
    func key(_ name: String) throws(Failure) -> [UInt8] {
      guard let key = file[secret: name].flatMap(bytes(ofHex:)), key.count == 32 else { throw .badKeys }
      return key
    }
    splitKey = try key("split")
    journalKey = try key("journal")
    receiptKey = try key("receipt")
    consentKey = try key("consent")
    try PepperCheck(directory, key: journalKey).admit(pepper, replaced: replaced, former: kept)
  }

  /// The key that signs receipts, without the rest; nil where none was made yet.
  package static func receiptKey(in directory: DataDirectory) throws(Failure) -> [UInt8]? {
    try KeyFile.read(directory)[secret: "receipt"].flatMap(bytes(ofHex:))
  }

  /// The same of the key of the erasure journal.
  package static func journalKey(in directory: DataDirectory) throws(Failure) -> [UInt8]? {
    try KeyFile.read(directory)[secret: "journal"].flatMap(bytes(ofHex:))
  }

  /// The pepper that is there; nil where none was made yet.
  package static func storedPepper(in directory: DataDirectory, file: String?) throws(Failure) -> [UInt8]? {
    let content: [UInt8]?
    do throws(SystemError) {
      content = try readFile(file ?? directory.pepper)
      if content == nil, file != nil { throw SystemError(call: "open", code: SystemError.notFound) }
    } catch { throw .system(error) }
    guard let content else { return nil }
    let pepper = decodePepper(content)
    guard pepper.count == 32 else { throw .badPepper }
    return pepper
  }

  static func makePepper(in directory: DataDirectory) throws(SystemError) -> [UInt8] {
    let pepper = Clocks.randomBytes(32)
    try AtomicFile.replace(directory.pepper, with: pepper, mode: 0o600)
    return pepper
  }

  /// 32 raw bytes, or 64 hexadecimal digits with or without a line end.
  private static func decodePepper(_ content: [UInt8]) -> [UInt8] {
    if content.count == 32 { return content }
    let text = String(decoding: content, as: UTF8.self).trimmed
    return bytes(ofHex: text) ?? []
  }
}

func hex(_ bytes: [UInt8]) -> String { bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }

func bytes(ofHex text: String) -> [UInt8]? {
  let digits = Array(text.utf8)
  guard digits.count.isMultiple(of: 2) else { return nil }
  var bytes: [UInt8] = []
  for at in stride(from: 0, to: digits.count, by: 2) {
    guard let high = Character(Unicode.Scalar(digits[at])).hexDigitValue,
      let low = Character(Unicode.Scalar(digits[at + 1])).hexDigitValue
    else { return nil }
    bytes.append(UInt8(high << 4 | low))
  }
  return bytes
}
