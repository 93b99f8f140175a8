import Foundation
import Posix
import Privacy

/// The keys of a data directory: the pepper of the pseudonyms and one key for each other use, made at first start.
package struct Secrets: Sendable {
  package let pepper: [UInt8]
  /// Decides on which side of the split a user stands.
  package let splitKey: [UInt8]
  /// Hashes the keys of requests.
  package let journalKey: [UInt8]

  package enum Failure: Error, CustomStringConvertible {
    case badPepper
    case badKeys
    case system(SystemError)

    package var description: String {
      switch self {
      case .badPepper: "the pepper must be exactly 32 bytes, or 64 hexadecimal digits"
      case .badKeys:
        "state/keys is not what this program wrote: a JSON object of secrets, 64 hexadecimal digits each, and API keys"
      case .system(let error): error.description
      }
    }
  }

  private static let names = ["split", "journal", "receipt", "consent"]

  /// Reads the secrets, making those that are missing. A made secret is durable before this returns, since records that
  /// depend on it may be written right after.
  package init(in directory: DataDirectory, pepperFile: String?) throws(Failure) {
    do throws(SystemError) {
      pepper = try Self.pepper(in: directory, file: pepperFile)
    } catch { throw .system(error) }
    guard pepper.count == 32 else { throw .badPepper }
    var file = try KeyFile.read(directory)
    if Self.names.contains(where: { file[secret: $0] == nil }) {
      file = try KeyFile.update(directory) { file in
        for name in Self.names where file[secret: name] == nil { file[secret: name] = hex(Clocks.randomBytes(32)) }
        return file
      }
    }
    guard let split = file[secret: "split"].flatMap(bytes(ofHex:)), split.count == 32,
      let journal = file[secret: "journal"].flatMap(bytes(ofHex:)), journal.count == 32
    else { throw .badKeys }
    splitKey = split
    journalKey = journal
  }

  private static func pepper(in directory: DataDirectory, file: String?) throws(SystemError) -> [UInt8] {
    if let file {
      guard let content = try readFile(file) else { throw SystemError(call: "open", code: ENOENT) }
      return decodePepper(content)
    }
    if let content = try readFile(directory.pepper) { return decodePepper(content) }
    let pepper = Clocks.randomBytes(32)
    try AtomicFile.replace(directory.pepper, with: pepper, mode: 0o600)
    return pepper
  }

  /// 32 raw bytes, or 64 hexadecimal digits with or without a line end.
  private static func decodePepper(_ content: [UInt8]) -> [UInt8] {
    if content.count == 32 { return content }
    let text = String(decoding: content, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    return bytes(ofHex: text) ?? []
  }
}

func hex(_ bytes: [UInt8]) -> String { bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }

private func bytes(ofHex text: String) -> [UInt8]? {
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
