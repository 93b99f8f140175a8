/// Private keys in PEM (RFC 7468), OpenSSH and PGP armour: the body goes, the BEGIN and END lines stay.
extension Scan {
  func pemKey(at index: Int) -> Bool {
    guard matches("-----BEGIN ", at: index) else { return false }
    var position = index + 11
    while position < index + 48, Ascii.isUpper(at(position)) || Ascii.isDigit(at(position)) || at(position) == 0x20 {
      position += 1
    }
    guard matches("-----", at: position),
      matches("PRIVATE KEY", at: position - 11) || matches("PRIVATE KEY BLOCK", at: position - 17)
    else { return false }
    var start = afterGlue(position + 5)
    var end = start
    var line = start
    var hidden = false
    while line < bytes.count {
      let stop = endOfBody(line)
      let next = afterGlue(stop)
      if stop - line < 16, !isHeader(line) {
        // A short line is a body's last, or the text that follows a key cut short.
        if stop > line, matches("-----END", at: next) || at(line) == 0x3D || stop == bytes.count {
          // Quotes and signs between the lines stay: each piece is a value of its own.
          if hasSigns(end, line) {
            hidden = end - start >= 8 && claim(start, end, .privateKey) || hidden
            start = line
          }
          end = stop
        }
        break
      }
      if line > start, hasSigns(end, line) {
        hidden = end - start >= 8 && claim(start, end, .privateKey) || hidden
        start = line
      }
      end = isHeader(line) ? endOfLine(line) : stop
      line = afterGlue(end)
      if line == end { break }
    }
    // A header is no body: without one nothing is worth hiding.
    return (end - start >= 8 || hidden && end > start) && claim(start, end, .privateKey) || hidden
  }

  /// Past what stands between two lines of a body: breaks, and the quotes, commas, plus signs and `>` of source code
  /// and mail.
  private func afterGlue(_ index: Int) -> Int {
    var position = afterBreaks(index)
    let limit = position + 48
    while position < limit, position < bytes.count {
      let byte = bytes[position]
      let isSign = Ascii.isQuote(byte) || byte == 0x2C || byte == 0x3E || byte == 0x2B && at(position + 1) <= 0x20
      guard isSign else { break }
      position = afterBreaks(position + 1)
    }
    // Signs that no line of a body follows belong to the text.
    return endOfBody(position) - position >= 16 || matches("-----END", at: position) ? position : afterBreaks(index)
  }

  private func hasSigns(_ start: Int, _ end: Int) -> Bool {
    (start..<end).contains { Ascii.isQuote(bytes[$0]) || bytes[$0] == 0x2C || bytes[$0] == 0x3E }
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
