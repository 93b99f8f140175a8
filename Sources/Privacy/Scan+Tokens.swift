/// Tokens of fixed shape.
extension Scan {
  /// Tries the rows of the candidates `numbers`, which dispatch saw at `index`.
  func matchTokens(_ numbers: Range<Int>, at index: Int) -> Bool {
    let word = bytes.quad(at: index)
    for number in numbers {
      let candidate = rules.pointee.candidates[number]
      guard word & candidate.mask == candidate.value else { continue }
      let token = rules.pointee.tokens[candidate.row]
      let start = index - token.lead
      guard start >= claimed, start + token.minimumLength <= bytes.count, token.lead == 0 || beginsWord(start),
        let range = match(token, at: start)
      else { continue }
      // Letters and digits alone also occur in the middle of base64.
      if token.check == .mixed, isInsideBase64(start, range.end) { continue }
      if let context = token.context, !announces(rules.pointee.contexts[context], range.start, range.end) { continue }
      if passes(token.check, range.start, range.end) {
        guard claim(range.start, range.end, token.type) else { return false }
        if token.paired { pairedSecret(after: range.end) }
        return true
      }
    }
    return false
  }

  private func isInsideBase64(_ start: Int, _ end: Int) -> Bool {
    let (before, after) = (at(start - 1), at(end))
    return before == 0x2B || before == 0x2F && Ascii.isAlnum(at(start - 2)) || after == 0x2B || after == 0x2F
      // An integrity hash.
      || before == 0x2D && (matches("sha512-", at: start - 7) || matches("sha384-", at: start - 7))
  }

  /// The 40 characters that belong to an AWS key id stand within 160 bytes behind it, between quotes, blanks or breaks.
  /// What lies between is scanned first: spans are claimed in order.
  private func pairedSecret(after end: Int) {
    var position = end
    while position < end + 160, position < bytes.count {
      guard isBase64(position) else {
        position += 1
        continue
      }
      let start = afterEscape(position)
      position = max(position, start)
      while isBase64(position), position - start < 64 { position += 1 }
      guard position - start == 40, !isPlaceholder(position), at(position) != 0x3D, isSecretKey(start, position) else {
        continue
      }
      run(from: end, to: start)
      _ = claim(start, position, .secret)
      return
    }
  }

  @inline(__always)
  private func isBase64(_ index: Int) -> Bool {
    index < bytes.count && (Ascii.isAlnum(bytes[index]) || bytes[index] == 0x2F || bytes[index] == 0x2B)
  }

  /// Forty random characters of base64 have capitals, small letters and digits; a hash or a path has not.
  private func isSecretKey(_ start: Int, _ end: Int) -> Bool {
    var (upper, lower, digits, slashes) = (0, 0, 0, 0)
    for index in start..<end {
      let byte = bytes[index]
      if Ascii.isUpper(byte) {
        upper += 1
      } else if Ascii.isLower(byte) {
        lower += 1
      } else if Ascii.isDigit(byte) {
        digits += 1
      } else {
        slashes += 1
      }
    }
    return upper >= 4 && lower >= 4 && digits >= 1 && slashes <= 6 && isMade(start, end)
  }

  /// A token of any row begins at `index`.
  func tokenBegins(at index: Int) -> Bool {
    let word = bytes.quad(at: index)
    if let entry = rules.pointee.heads.entry(HeadTable.fold(word)),
      begins(Int(entry.tokens.lowerBound)..<Int(entry.tokens.upperBound), word, at: index)
    {
      return true
    }
    // The same tables that dispatch in the scan, with a boundary before.
    let table = rules.pointee.dispatch
    var rest = table[0x20] & table[256 + Int(at(index))]
    rest &= table[512 + Int(at(index + 1))] & table[768 + Int(at(index + 2))] & Bucket.wideBits
    while rest != 0 {
      if begins(rules.pointee.wide[rest.trailingZeroBitCount - Bucket.wide.lowerBound], word, at: index) { return true }
      rest &= rest - 1
    }
    return false
  }

  private func begins(_ numbers: Range<Int>, _ word: UInt32, at index: Int) -> Bool {
    for number in numbers {
      let candidate = rules.pointee.candidates[number]
      guard word & candidate.mask == candidate.value else { continue }
      let token = rules.pointee.tokens[candidate.row]
      guard token.lead == 0, index + token.minimumLength <= bytes.count, let range = match(token, at: index) else {
        continue
      }
      if passes(token.check, range.start, range.end) { return true }
    }
    return false
  }

  private func match(_ token: CompiledRules.Token, at index: Int) -> (start: Int, end: Int)? {
    var position = index
    var start = index
    var end: Int?
    var lastSet: Int?
    for number in token.steps {
      switch rules.pointee.steps[number] {
      case .open: start = position
      case .close: end = position
      case .literal(let byte):
        guard at(position) == byte, position < bytes.count else { return nil }
        position += 1
        lastSet = nil
      case .run(let set, let least, let most):
        let length = min(runEnd(set, from: position) - position, most)
        guard length >= least else { return nil }
        position += length
        lastSet = set
      }
    }
    // The token must be over: neither its own alphabet nor a word goes on.
    let next = at(position)
    if position < bytes.count {
      if continuesWord(position) && Ascii.isWord(at(position - 1)) { return nil }
      if let lastSet, rules.pointee.members[Int(next)] >> UInt64(lastSet) & 1 == 1 { return nil }
    }
    var stop = end ?? position
    // A full stop at the end belongs to the sentence.
    while stop > start, at(stop - 1) == UInt8(ascii: ".") { stop -= 1 }
    return stop > start ? (start, stop) : nil
  }

  private func passes(_ check: Rule.Check, _ start: Int, _ end: Int) -> Bool {
    switch check {
    case .none: return true
    case .made: return isMade(start, end)
    case .luhn: return passesLuhn(start, end)
    case .mixed:
      guard isMade(start, end) else { return false }
      var letters = false
      var digits = false
      for index in start..<min(end, start + 96) {
        letters = letters || Ascii.isLetter(bytes[index])
        digits = digits || Ascii.isDigit(bytes[index])
      }
      return letters && digits || variesCase(start, end)
    }
  }

  /// Of the digits alone, whatever stands between them.
  private func passesLuhn(_ start: Int, _ end: Int) -> Bool {
    var (sum, count) = (0, 0)
    for index in (start..<end).reversed() where Ascii.isDigit(bytes[index]) {
      let value = Int(bytes[index] - 0x30)
      sum += count.isMultiple(of: 2) ? value : (value > 4 ? value * 2 - 9 : value * 2)
      count += 1
    }
    return count > 0 && sum.isMultiple(of: 10)
  }

  /// Not something a person typed as an example: enough different bytes, no four alike in a row, no "your" or "example".
  func isMade(_ start: Int, _ end: Int) -> Bool {
    var seen = ByteSet([])
    var distinct = 0
    var repeated = 1
    let stop = min(end, start + 96)
    for index in start..<stop {
      let byte = bytes[index]
      if !seen.contains(byte) {
        seen.insert(byte)
        distinct += 1
      }
      repeated = index > start && byte == bytes[index - 1] ? repeated + 1 : 1
      if repeated == 6 && (byte | 0x20 == UInt8(ascii: "x") || !Ascii.isAlnum(byte)) { return false }
    }
    return distinct >= min(6, (stop - start + 1) / 2)
      && !containsOne(of: ["your", "example", "placeholder", "changeme", "xxxxxx"], start, stop)
  }

  /// Letters alone, sixteen and more: words of four on average, each with one capital.
  private func isCamelCase(_ start: Int, _ end: Int) -> Bool {
    guard end - start >= 16 else { return false }
    var capitals = 0
    for index in start..<end {
      if Ascii.isUpper(bytes[index]) {
        // A prefix such as `CP` may stand before.
        if index > start + 2, Ascii.isUpper(bytes[index - 1]) { return false }
        capitals += 1
      } else if !Ascii.isLower(bytes[index]), bytes[index] != 0x2E {
        return false
      }
    }
    return capitals * 4 <= end - start
  }

  /// Changes between upper and lower case as random letters do and camelCase does not.
  func variesCase(_ start: Int, _ end: Int) -> Bool {
    var changes = 0
    let stop = min(end, start + 96)
    for index in start + 1..<max(stop, start + 1) {
      let (left, right) = (bytes[index - 1], bytes[index])
      if Ascii.isUpper(left) && Ascii.isLower(right) || Ascii.isLower(left) && Ascii.isUpper(right) { changes += 1 }
    }
    if isCamelCase(start, stop) { return false }
    // Eight letters of camelCase can change as often; short values must change more.
    return changes * 3 >= stop - start && changes >= (stop - start < 16 ? (stop - start) / 2 : 5)
  }
}
