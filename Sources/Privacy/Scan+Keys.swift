/// Private keys in PEM (RFC 7468), OpenSSH and PGP armour: the body goes, the BEGIN and END lines stay.
extension Scan {
  mutating func pemKey(at index: Int) -> Bool {
    guard matches("-----BEGIN ", at: index) else { return false }
    var position = index + 11
    while position < index + 48, Ascii.isUpper(at(position)) || Ascii.isDigit(at(position)) || at(position) == 0x20 {
      position += 1
    }
    guard matches("-----", at: position),
      matches("PRIVATE KEY", at: position - 11) || matches("PRIVATE KEY BLOCK", at: position - 17)
    else { return false }
    let start = afterBreaks(position + 5)
    var end = start
    var line = start
    while line < bytes.count {
      let stop = endOfBody(line)
      let next = afterBreaks(stop)
      if stop - line < 16, !isHeader(line) {
        // A short line is a body's last, or the text that follows a key cut short.
        if stop > line, matches("-----END", at: next) || at(line) == 0x3D || stop == bytes.count { end = stop }
        break
      }
      end = isHeader(line) ? endOfLine(line) : stop
      line = afterBreaks(end)
      if line == end { break }
    }
    // A header is no body: without one nothing is worth hiding.
    return end - start >= 8 && claim(start, end, .privateKey)
  }

  /// Past spaces, line ends and escaped line ends of any depth.
  private func afterBreaks(_ index: Int) -> Int {
    var position = index
    while position < bytes.count {
      let byte = bytes[position]
      if byte == 0x0A || byte == 0x0D || Ascii.isBlank(byte) {
        position += 1
      } else if byte == 0x5C {
        let end = endOfEscape(position)
        guard end < bytes.count || end == bytes.count, isBreakLetter(at(end - 1)), at(end - 1) != 0x5C else { break }
        position = end
      } else {
        break
      }
    }
    return position
  }

  private func isBreakLetter(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "n") || byte == UInt8(ascii: "r") || byte == UInt8(ascii: "t")
  }

  private func endOfBody(_ start: Int) -> Int {
    var end = start
    while end < bytes.count, Ascii.isAlnum(bytes[end]) || bytes[end] == 0x2B || bytes[end] == 0x2F || bytes[end] == 0x3D
    {
      end += 1
    }
    return end
  }

  private func isHeader(_ start: Int) -> Bool {
    matches("Proc-Type: ", at: start) || matches("DEK-Info: ", at: start) || matches("Version: ", at: start)
      || matches("Comment: ", at: start)
  }

  /// Headers are short; 128 bytes bound the search.
  private func endOfLine(_ start: Int) -> Int {
    var end = start
    while end < bytes.count, end - start < 128, bytes[end] >= 0x20, bytes[end] != 0x5C, !Ascii.isQuote(bytes[end]) {
      end += 1
    }
    return end
  }
}
