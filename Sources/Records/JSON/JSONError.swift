/// Why a text is not JSON as RFC 8259 and the contract allow it. Carries a position, never any of the text.
package struct JSONError: Error, Equatable, Sendable, CustomStringConvertible {
  package enum Code: String, Sendable {
    case emptyInput = "is empty"
    case unexpectedEnd = "ends in the middle of a value"
    case unexpectedByte = "has a byte that no JSON value allows there"
    case trailingInput = "has more after the first value"
    case invalidUTF8 = "is not valid UTF-8"
    case loneSurrogate = "has an escaped surrogate without its partner"
    case badEscape = "has an unknown escape in a string"
    case controlCharacter = "has an unescaped control character in a string"
    case badNumber = "has a malformed number"
    case numberOutOfRange = "has a number beyond the range of a double"
    case duplicateKey = "has the same key twice in one object"
    case tooDeep = "is nested more than 32 levels deep"
    case tooLong = "is longer than 2 GiB"
  }

  package let code: Code
  /// Byte offset from the start of the text, where the fault was noticed.
  package let offset: Int

  package var description: String { "the JSON text \(code.rawValue) (byte \(offset))" }
}
