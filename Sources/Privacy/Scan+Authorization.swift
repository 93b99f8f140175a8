/// The credentials behind an `Authorization` header, whatever its scheme (RFC 9110 section 11.6.2).
extension Scan {
  /// `Authorization: SSWS VALUE`, `"Authorization": "Klaviyo-API-Key VALUE"`, `['Authorization'] = 'VALUE'`. `end` is behind the
  /// name, `index` at the sign or comma behind it.
  func authorization(at index: Int, endingAt end: Int) -> Bool {
    // `AWS::Config::AggregationAuthorization` is another thing.
    guard end - 13 >= claimed, isOne(of: ["authorization"], end - 13, end),
      beginsWord(end - 13) || at(end - 14) == 0x5F,
      at(end - 14) != 0x3A
    else { return false }
    var position = index + 1
    while position < index + 3, at(position) == 0x3D || at(position) == 0x3E { position += 1 }
    while position < index + 24, Ascii.isBlank(at(position)) || at(position) == 0x5C || Ascii.isQuote(at(position)) {
      position += 1
    }
    // The schemes that have rows of their own, and tokens known by their shape.
    if tokenBegins(at: position) { return false }
    let scheme = position
    while Ascii.isWord(at(position)) || at(position) == 0x2D, position - scheme < 40 { position += 1 }
    var start = scheme
    if position > scheme, at(position) == 0x20 || matches("%20", at: position), Ascii.isLetter(at(scheme)) {
      start = position + (at(position) == 0x20 ? 1 : 3)
      if tokenBegins(at: start) { return false }
    }
    var stop = bareEnd(from: start)
    while stop > start, at(stop - 1) == 0x2E || at(stop - 1) == 0x3A { stop -= 1 }
    guard 16...4096 ~= stop - start, isCredential(start, stop) else { return false }
    return claim(start, stop, .secret)
  }

  /// No parameters (`username="ana"`), no variable, and no word.
  private func isCredential(_ start: Int, _ end: Int) -> Bool {
    let stop = min(end, start + Scan.headMax)
    guard Ascii.isAlnum(bytes[start]), !(start..<stop - 2).contains(where: { bytes[$0] == 0x3D }) else { return false }
    let value = Value(start: start, end: end, quoted: true)
    return isSecret(value, .secret)
      && (looksRandom(start, stop) || isStrongAlone(value, .secret) || isOutOfPlace(start, stop))
  }
}
