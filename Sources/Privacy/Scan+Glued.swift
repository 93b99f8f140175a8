/// What is told in other languages than English: values glued to their words, and words in between.
extension Scan {
  private static let copulasWithoutSpace = [
    "是", "为", "為", "は", "が", "を", "に", "는", "은", "를", "을", "：", "叫", "设置为", "設置為", "设置成", "設定為", "设定为",
    "设为", "設為", "设成", "改为", "改為", "改成了", "改成", "修改为", "修改為", "更改为", "更改為", "重置为", "重置為", "变更为",
    "變更為", "更新为", "更新為", "换成了", "换成", "換成", "定为", "定為", "就是", "已改为", "已设置为", "คือ",
  ].map { Array($0.utf8) }

  /// Behind a copula of a language without blanks.
  func afterCopula(_ index: Int) -> Int? {
    for copula in Scan.copulasWithoutSpace where startsWith(copula, at: index) {
      var end = index + copula.count
      // "has been": `设成了`.
      if startsWith([0xE4, 0xBA, 0x86], at: end) { end += 3 }
      return at(end) == 0x20 ? end + 1 : end
    }
    return nil
  }

  /// Languages without blanks glue the value to what tells it: `密码X`, `パスワード「X」`, `비밀번호를X`. Up to a few words of
  /// them, in the same clause.
  func gluedValue(from keyEnd: Int) -> Value? {
    var position = keyEnd
    while position < bytes.count, position - keyEnd < 36, bytes[position] >= 0x80 {
      // A full stop, a comma, or another mark of theirs.
      if bytes[position] == 0xE3, at(position + 1) == 0x80, at(position + 2) == 0x81 || at(position + 2) == 0x82 {
        return nil
      }
      if bytes[position] == 0xEF, at(position + 1) == 0xBC, at(position + 2) != 0x9A { return nil }
      position += 1
    }
    if position > keyEnd, at(position) == 0x20 { position += 1 }
    guard Ascii.isAlnum(at(position)) || at(position) == 0x23 || at(position) == 0x21 else { return nil }
    guard var value = value(from: position), !value.quoted else { return nil }
    // Behind an opening quote every sign is the value's.
    if at(value.end) < 0xE2 { trim(&value) }
    return value.end > value.start && !isProduct(value.start, value.end)
      && !contains(rules.pointee.phrases.types, value.start, value.end) ? value : nil
  }

  /// `Windows11`, `Server2019`: what people log in to.
  private func isProduct(_ start: Int, _ end: Int) -> Bool {
    var word = start
    while word < end, Ascii.isLetter(bytes[word]) { word += 1 }
    return (word..<end).allSatisfy { Ascii.isDigit(bytes[$0]) || bytes[$0] == 0x2E }
      && isOne(of: Scan.systems, start, word)
  }

  private static let systems: [StaticString] = [
    "windows", "server", "sqlserver", "ubuntu", "debian", "centos", "rhel", "fedora", "macos", "ios", "android",
    "office", "exchange", "sharepoint", "oracle", "mysql", "postgres", "postgresql", "mariadb", "python", "java", "php",
    "node", "angular", "django", "jboss", "tomcat", "websphere", "iphone", "galaxy", "vista", "excel", "outlook",
  ]

  /// `Passw0rd`: a digit for a letter.
  private func isInnerDigit(_ start: Int, _ end: Int) -> Bool {
    end - start > 6
      && (start + 1..<end - 1).contains {
        Ascii.isDigit(bytes[$0]) && Ascii.isLower(bytes[$0 - 1]) && Ascii.isLower(bytes[$0 + 1])
      }
  }

  /// In a sentence about a password in a language that is not English, what nobody would write there otherwise.
  func isToldAbroad(_ value: Value) -> Bool {
    // Words are letters alone.
    guard (value.start..<value.end).contains(where: { bytes[$0] < 0x80 && !Ascii.isLetter(bytes[$0]) }),
      isBareSecret(value.start, value.end), !isProduct(value.start, value.end)
    else { return false }
    let shape = Shape(self, value.start, value.end)
    return shape.digits > 1 || shape.digits == 1 && isInnerDigit(value.start, value.end) || shape.symbols > 0
      || shape.hyphens > 2
      || value.end - value.start >= 10 && shape.upper > 1 && isWordless(value.start, value.end)
  }
}
