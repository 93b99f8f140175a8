/// Python's zlib in a process of its own: compresses for the tests, and says what it thinks of a row of gzip members.
/// One thread at a time.
package final class GzipJudge {
  package enum Verdict: Equatable, Sendable {
    case text([UInt8])
    case corrupt
    case truncated
  }

  private static let script = """
    import sys, zlib
    def verdict(data):
        text = b""
        while True:
            member = zlib.decompressobj(31)
            try: text += member.decompress(data)
            except zlib.error: return "corrupt"
            if not member.eof: return "truncated"
            data = member.unused_data
            if not data: return text.hex()
    for line in sys.stdin:
        verb, _, data = line.rstrip("\\n").partition(" ")
        data = bytes.fromhex(data)
        if verb == "judge": print(verdict(data), flush=True)
        else:
            member = zlib.compressobj(int(verb), zlib.DEFLATED, 31)
            print((member.compress(data) + member.flush()).hex(), flush=True)
    """

  private let python: ChildProcess

  package init() throws {
    python = try ChildProcess(
      "/usr/bin/env", ["python3", "-c", Self.script], environment: ["PATH": "/usr/local/bin:/usr/bin:/bin"])
  }

  /// One member.
  ///
  /// - Parameter level: 0 (stored) to 9.
  package func member(_ text: [UInt8], level: Int = 6) throws -> [UInt8] {
    try Self.bytes(hex: try ask("\(level)", text))
  }

  package func verdict(_ bytes: [UInt8]) throws -> Verdict {
    switch try ask("judge", bytes) {
    case "corrupt": .corrupt
    case "truncated": .truncated
    case let hex: .text(try Self.bytes(hex: hex))
    }
  }

  private func ask(_ verb: String, _ bytes: [UInt8]) throws -> String {
    try python.write("\(verb) \(Self.hex(bytes))\n")
    guard let line = try python.nextOutputLine() else {
      throw ChildProcess.Failure(description: "python3 ended with \(try python.wait()): \(python.error)")
    }
    return line
  }

  private static func hex(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count * 2)
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }

  private static func bytes(hex: String) throws -> [UInt8] {
    func value(_ digit: UInt8) throws -> UInt8 {
      switch digit {
      case 48...57: digit - 48
      case 97...102: digit - 87
      default: throw ChildProcess.Failure(description: "no hex digit from python3")
      }
    }
    let digits = Array(hex.utf8)
    guard digits.count % 2 == 0 else { throw ChildProcess.Failure(description: "odd hex from python3") }
    return try stride(from: 0, to: digits.count, by: 2).map { try value(digits[$0]) << 4 | value(digits[$0 + 1]) }
  }
}
