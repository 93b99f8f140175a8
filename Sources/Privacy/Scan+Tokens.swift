/// Tokens of fixed shape.
extension Scan {
  mutating func matchTokens(_ bucket: Int, at index: Int) -> Bool {
    let word =
      UInt32(at(index)) | UInt32(at(index + 1)) << 8 | UInt32(at(index + 2)) << 16 | UInt32(at(index + 3)) << 24
    for number in rules.ranges[bucket] {
      let candidate = rules.candidates[number]
      guard word & candidate.mask == candidate.value else { continue }
      let token = rules.tokens[candidate.row]
      let start = index - token.lead
      guard start >= claimed, start + token.minimumLength <= bytes.count, token.lead == 0 || beginsWord(start),
        let range = match(token, at: start)
      else { continue }
      if passes(token.check, range.start, range.end) { return claim(range.start, range.end, token.type) }
    }
    return false
  }

  /// A token of any row begins at `index`.
  mutating func tokenBegins(at index: Int) -> Bool {
    let word =
      UInt32(at(index)) | UInt32(at(index + 1)) << 8 | UInt32(at(index + 2)) << 16 | UInt32(at(index + 3)) << 24
    for candidate in rules.candidates where word & candidate.mask == candidate.value {
      let token = rules.tokens[candidate.row]
      guard token.lead == 0, index + token.minimumLength <= bytes.count, let range = match(token, at: index) else {
        continue
      }
      if passes(token.check, range.start, range.end) { return true }
    }
    return false
  }

  private mutating func match(_ token: CompiledRules.Token, at index: Int) -> (start: Int, end: Int)? {
    var position = index
    var start = index
    var end: Int?
    var lastSet: Int?
    for step in token.steps {
      switch step {
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
      if let lastSet, rules.members[Int(next)] >> UInt32(lastSet) & 1 == 1 { return nil }
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

  /// Changes between upper and lower case as random letters do and camelCase does not.
  func variesCase(_ start: Int, _ end: Int) -> Bool {
    var changes = 0
    let stop = min(end, start + 96)
    for index in start + 1..<max(stop, start + 1) {
      let (left, right) = (bytes[index - 1], bytes[index])
      if Ascii.isUpper(left) && Ascii.isLower(right) || Ascii.isLower(left) && Ascii.isUpper(right) { changes += 1 }
    }
    return changes * 3 >= stop - start && changes >= 4
  }
}
