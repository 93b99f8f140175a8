/// Tables: `user,password` and rows below it, separated by commas, semicolons, tabs, or bars as in Markdown.
extension Scan {
  private static var rowMax: Int { 64 }
  private static var widthMax: Int { 256 }

  /// The key word at `index` heads a column: takes the values below it out, and those of the other columns of the kind, in
  /// order with what stands between. A line is looked at once.
  func column(_ index: Int, _ keyEnd: Int) -> Bool {
    guard !notes.pointee.isNested, index >= notes.pointee.tableEnd, let sign = signBehind(index, keyEnd) else {
      return false
    }
    var start = index
    while start > claimed, index - start < Scan.widthMax, isOfHead(bytes[start - 1], sign) { start -= 1 }
    let end = endOfRow(index)
    let width = signs(start, end, sign)
    notes.pointee.tableEnd = end
    guard width > 0, end - start < Scan.widthMax, (index..<end).allSatisfy({ isOfHead(bytes[$0], sign) }),
      isHead(start, end, width, sign)
    else { return false }
    let types = (0...width).map { number -> RedactionType? in
      let cell = cell(start, end, number, sign)
      return cell.end > cell.start ? keyWord(endingAt: cell.end)?.type : nil
    }
    let before = claimed
    for _ in 0..<Scan.rowMax {
      guard let row = afterBreak(notes.pointee.tableEnd) else { break }
      let low = at(row - 1) == 0x0D ? afterBreak(row) ?? row : row
      let high = endOfRow(low)
      guard high - low < Scan.widthMax, signs(low, high, sign) == width else { break }
      for (number, type) in types.enumerated() {
        guard let type, type != .mac, case let cell = cell(low, high, number, sign), isOfColumn(cell, type),
          !tokenBegins(at: cell.start)
        else { continue }
        notes.pointee.isNested = true
        run(from: keyEnd, to: cell.start)
        notes.pointee.isNested = false
        _ = claim(cell.start, cell.end, type)
      }
      notes.pointee.tableEnd = high
    }
    return claimed > before
  }

  /// Every column has a name, but for those outside of Markdown's bars, and one is a person's or a place's.
  private func isHead(_ start: Int, _ end: Int, _ width: Int, _ sign: UInt8) -> Bool {
    for number in 0...width where sign != 0x7C || number > 0 && number < width {
      let cell = cell(start, end, number, sign)
      if cell.end == cell.start { return false }
    }
    return contains(rules.pointee.phrases.accountColumns, start, end)
  }

  /// What parts the columns: the sign behind the word, or at the end of a line the one before it.
  private func signBehind(_ index: Int, _ keyEnd: Int) -> UInt8? {
    var end = keyEnd
    while Ascii.isBlank(at(end)) && at(end) != 0x09 || Ascii.isQuote(at(end)), end < keyEnd + 32 { end += 1 }
    if isSign(at(end)) { return at(end) }
    guard afterBreak(end) != nil else { return nil }
    var start = index
    while Ascii.isWord(at(start - 1)) || Ascii.isQuote(at(start - 1)), index - start < 32 { start -= 1 }
    if at(start - 1) == 0x20 { start -= 1 }
    return isSign(at(start - 1)) ? at(start - 1) : nil
  }

  private func isSign(_ byte: UInt8) -> Bool { byte == 0x2C || byte == 0x3B || byte == 0x09 || byte == 0x7C }

  /// Heads have words, blanks and hyphens; code and prose have more.
  private func isOfHead(_ byte: UInt8, _ sign: UInt8) -> Bool {
    Ascii.isWord(byte) || byte == sign || byte == 0x20 || byte == 0x2D || byte == 0x22 || byte >= 0x80
  }

  private func signs(_ start: Int, _ end: Int, _ sign: UInt8) -> Int { (start..<end).count { bytes[$0] == sign } }

  /// The line's end, escaped or not, or that of the text.
  private func endOfRow(_ start: Int) -> Int {
    var end = start
    while end < bytes.count, end - start < Scan.widthMax, bytes[end] >= 0x20 || bytes[end] == 0x09, bytes[end] != 0x5C {
      end += 1
    }
    return end
  }

  /// The cell behind the sign of that number, without blanks and quotes.
  private func cell(_ low: Int, _ high: Int, _ number: Int, _ sign: UInt8) -> Value {
    var (start, passed) = (low, 0)
    while start < high, passed < number {
      if bytes[start] == sign { passed += 1 }
      start += 1
    }
    var end = start
    while end < high, bytes[end] != sign { end += 1 }
    while start < end, Ascii.isBlank(bytes[start]) || Ascii.isQuote(bytes[start]) { start += 1 }
    while end > start, Ascii.isBlank(bytes[end - 1]) || Ascii.isQuote(bytes[end - 1]) { end -= 1 }
    return Value(start: start, end: end, quoted: true)
  }

  private func isOfColumn(_ cell: Value, _ type: RedactionType) -> Bool {
    type == .password
      ? isBareSecret(cell.start, cell.end)
      : cell.end - cell.start >= 16 && isSecret(cell, type) && looksRandom(cell.start, cell.end)
  }
}
