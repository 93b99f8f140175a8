/// What stands round an `@`: e-mail addresses, `user:PASSWORD@tcp(host)` of Go's MySQL driver, shell prompts.
extension Scan {
  /// RFC 5321 section 4.5.3.1.
  private static var localMax: Int { 64 }
  private static var domainMax: Int { 255 }

  func address(at index: Int) -> Bool {
    // `name%40host` in a query.
    let encoded = at(index) == 0x25
    if encoded, !matches("%40", at: index) { return false }
    let after = index + (encoded ? 3 : 1)
    if !encoded, matches("tcp(", at: after) || matches("unix(", at: after) { return dsnPassword(before: index) }
    var start = startOfLocal(index)
    guard start < index, bytes[index - 1] != 0x2E else { return false }
    if encoded, at(start - 1) == 0x3D || at(start - 1) == 0x3A, let domain = domain(from: after), !isReserved(domain),
      !isCode(domain), !isNobody(start, index)
    {
      return claim(start, domain.end, .email)
    }
    if encoded { return false }
    guard let domain = domain(from: index + 1) else { return prompt(start, index) }
    // Markdown's emphasis: `_ana@host.org_`.
    let isEmphasized = at(start) == 0x5F && at(domain.end) == 0x5F && !Ascii.isWord(at(domain.end + 1))
    if isEmphasized { start += 1 }
    guard start < index else { return false }
    if isReserved(domain) || isCode(domain, isEmphasized: isEmphasized) || isPattern(start, index) { return false }
    if isNobody(start, index) { return false }
    // `https://name@host/` and `%s@host` are no addresses.
    if at(start - 1) == 0x2F && at(start - 2) == 0x2F || at(start - 1) == 0x25 { return false }
    // A tag's name that Perl's documents close: `E<lt>ana@host.orgE<gt>`.
    let end = matches("E<gt>", at: domain.end - 1) ? domain.end - 1 : domain.end
    return claim(start, end, .email)
  }

  /// scp-like remotes (git@host:path) and log-in names of machine images say nothing about a person, nor do senders that
  /// nobody reads.
  private func isNobody(_ start: Int, _ end: Int) -> Bool {
    isOne(
      of: [
        "git", "hg", "svn", "root", "ubuntu", "ec2-user", "noreply", "no-reply", "no_reply", "donotreply",
        "do-not-reply", "mailer-daemon",
      ], start, end)
  }

  /// Where the local part begins that ends at `index`.
  private func startOfLocal(_ index: Int) -> Int {
    var start = index
    while start > claimed, index - start < Scan.localMax, isLocal(start - 1) { start -= 1 }
    start = afterEscape(start)
    while start < index, !Ascii.isAlnum(bytes[start]), bytes[start] != 0x5F, bytes[start] < 0x80 { start += 1 }
    return start
  }

  /// `ana&#64;host.org`, `ana&#x40;host.org`, `ana&#064;host.org`: the sign as HTML hides it. `index` is the ampersand.
  func entityAddress(at index: Int) -> Bool {
    guard at(index + 1) == 0x23 else { return false }
    var end = index + 2
    let isHex = at(end) == UInt8(ascii: "x")
    if isHex { end += 1 }
    while at(end) == 0x30, end < index + 8 { end += 1 }
    guard matches(isHex ? "40;" : "64;", at: end), let domain = domain(from: end + 3), !isReserved(domain),
      !isCode(domain), case let start = startOfLocal(index), start < index, !isNobody(start, index)
    else { return false }
    return claim(start, domain.end, .email)
  }

  /// `ana @ host.org`, where the line is about mail, the host is one of mail alone, or `<` and `>` are round it: code multiplies
  /// matrices so. `index` is the sign.
  func spacedAddress(at index: Int) -> Bool {
    guard at(index - 1) == 0x20, let domain = domain(from: index + 2), !isReserved(domain), !isCode(domain),
      case let end = index - 1, case let start = startOfLocal(end), end - start > 1, !isNobody(start, end),
      Ascii.isLetter(bytes[start]), at(domain.end) != 0x2F, at(domain.end) != 0x3A, at(domain.end) != 0x28,
      domain.topLevel - domain.start > 3, isTopLevel(domain)
    else { return false }
    let (before, after) = (at(start - 1), at(domain.end))
    guard before == 0x3C && after == 0x3E || isOfMail(domain) || mentions(Scan.mailWords, before: start, window: 40)
    else { return false }
    return claim(start, domain.end, .email)
  }

  private static let mailWords: [StaticString] = [
    "mail", "adres", "address", "kontakt", "contact", "contatt", "courriel", "correo", "dirección", "direccion",
    "indirizzo", "endereço", "posta", "write to", "reach", "schreib", "écri", "escrib", "scriv", "from:", "to:", "cc:",
    "почт", "адрес", "邮箱", "邮件", "郵箱", "メール", "이메일", "メアド",
  ]

  /// Two letters, or one of the old names.
  private func isTopLevel(_ domain: Domain) -> Bool {
    domain.end - domain.topLevel == 2
      || isOne(of: ["com", "org", "net", "edu", "gov", "dev", "app", "info", "biz", "eu"], domain.topLevel, domain.end)
  }

  private func isOfMail(_ domain: Domain) -> Bool {
    containsOne(
      of: [
        "gmail.", "googlemail.", "hotmail.", "outlook.", "live.com", "yahoo.", "gmx.", "web.de", "t-online.de",
        "icloud.",
        "proton.me", "protonmail.", "mail.ru", "yandex.", "qq.com", "163.com", "126.com", "naver.com", "libero.it",
        "orange.fr", "free.fr", "wanadoo.", "laposte.net", "uol.com", "bol.com", "wp.pl", "onet.pl", "seznam.cz",
        "aol.com",
      ], domain.start, domain.end)
  }

  /// `[0-9a-f@x.yz]`: a class of characters.
  private func isPattern(_ start: Int, _ index: Int) -> Bool {
    containsOne(of: ["0-9a", "0-9_", "0-9.", "a-z0", "a-z_"], start, index)
  }

  private struct Domain {
    var start: Int
    var end: Int
    var topLevel: Int
    var labels: Int
  }

  private func domain(from start: Int) -> Domain? {
    var position = start
    var dots = 0
    var label = start
    var result: Domain?
    while position < bytes.count, position - start < Scan.domainMax {
      let byte = bytes[position]
      if byte == 0x2E {
        guard position > label, Ascii.isAlnum(at(position + 1)) else { break }
        dots += 1
        label = position + 1
      } else if !Ascii.isAlnum(byte), byte != 0x2D {
        guard isWideLetter(position) else { break }
        position += 1
      }
      position += 1
    }
    while position > label, bytes[position - 1] == 0x2D { position -= 1 }
    if dots > 0, position - label >= 2, position - label <= 24 {
      result = Domain(start: start, end: position, topLevel: label, labels: dots + 1)
    }
    return result
  }

  /// RFC 2606 and RFC 6761: names that belong to nobody.
  private func isReserved(_ domain: Domain) -> Bool {
    if isOne(of: ["test", "example", "invalid", "localhost"], domain.topLevel, domain.end) { return true }
    for name: StaticString in ["example.com", "example.org", "example.net", "example.edu"] {
      let start = domain.end - name.utf8CodeUnitCount
      if start >= domain.start, isOne(of: [name], start, domain.end), start == domain.start || at(start - 1) == 0x2E {
        return true
      }
    }
    return false
  }

  /// `icon@2x.png`, `pkg@1.2.3`, `a@b.shape`, `x@app.get(...)`.
  private func isCode(_ domain: Domain, isEmphasized: Bool = false) -> Bool {
    let next = at(domain.end)
    // A bracket that text follows in other letters is that text's.
    if next == 0x28, at(domain.end + 1) < 0x80,
      !isOne(
        of: ["com", "org", "net", "de", "fr", "it", "es", "cn", "jp", "kr", "tw", "ru", "uk"], domain.topLevel,
        domain.end)
    {
      return true
    }
    if next == 0x5B && !isPlaceholder(domain.end) || next == 0x5F && !isEmphasized { return true }
    let punycode = isOne(of: ["xn--"], domain.topLevel, min(domain.topLevel + 4, domain.end))
    for index in domain.topLevel..<domain.end where !Ascii.isLetter(bytes[index]) && bytes[index] < 0x80 && !punycode {
      return true
    }
    // `netty@4.1.115.Final`: numbers before a word, but not `ana@163.com`; `name@module.py`.
    if (domain.start..<domain.topLevel).allSatisfy({ Ascii.isDigit(bytes[$0]) || bytes[$0] == 0x2E }) {
      return domain.labels > 2 || !isOne(of: ["com", "net", "org", "cn"], domain.topLevel, domain.end)
    }
    if domain.labels == 2, isOne(of: ["py"], domain.topLevel, domain.end) { return true }
    return isOne(
      of: [
        "png", "jpg", "jpeg", "gif", "svg", "webp", "ico", "bmp", "css", "scss", "js", "mjs", "cjs", "jsx", "ts", "tsx",
        "json", "html", "htm", "xml", "yml", "yaml", "toml", "txt", "log", "pdf", "swift", "java", "kt", "cpp", "exe",
        "dll", "jar", "whl", "tgz", "gz", "service", "timer", "shape", "get", "post", "put", "patch", "delete", "rc",
      ], domain.topLevel, domain.end)
  }

  /// `name@host:~/src$`, `[name@host src]$`, `name@host dir %`: a shell prompt gives the user away.
  private func prompt(_ start: Int, _ index: Int) -> Bool {
    var end = index + 1
    while end < bytes.count, end - index < 64, Ascii.isAlnum(bytes[end]) || bytes[end] == 0x2D { end += 1 }
    guard !isSharedUser(start, index) else { return false }
    if at(end) == 0x20 {
      // The directory, then the sign.
      var stop = end + 1
      while stop < bytes.count, stop - end < 64, Ascii.isWord(bytes[stop]) || "~/.-".utf8.contains(bytes[stop]) {
        stop += 1
      }
      guard stop > end + 1 else { return false }
      let bracket = at(start - 1) == 0x5B && at(stop) == 0x5D && (at(stop + 1) == 0x24 || at(stop + 1) == 0x23)
      let percent = at(stop) == 0x20 && at(stop + 1) == 0x25 && at(stop + 2) == 0x20
      return (bracket || percent) && claim(start, index, .user)
    }
    guard at(end) == 0x3A, at(end + 1) == 0x7E || at(end + 1) == 0x2F else { return false }
    var dollar = end
    while dollar < bytes.count, dollar - end < 128, bytes[dollar] > 0x20 {
      if bytes[dollar] == 0x24 || bytes[dollar] == 0x23 { return claim(start, index, .user) }
      dollar += 1
    }
    return false
  }

  private func dsnPassword(before index: Int) -> Bool {
    var start = index
    while start > claimed, index - start < 128, bytes[start - 1] > 0x20, bytes[start - 1] != 0x3A { start -= 1 }
    guard at(start - 1) == 0x3A, Ascii.isWord(at(start - 2)), isUrlSecret(start, index) else { return false }
    return claim(start, index, .password)
  }

  /// An apostrophe only between letters (`o'brien`): elsewhere it is a quote.
  private func isLocal(_ index: Int) -> Bool {
    let byte = bytes[index]
    if Ascii.isWord(byte) || byte == 0x2E || byte == 0x2D || byte == 0x2B || byte == 0x25 { return true }
    if byte == 0x27 { return Ascii.isLetter(at(index - 1)) && Ascii.isLetter(at(index + 1)) && !isQuoted(index) }
    return isWideLetter(index) || byte & 0xC0 == 0x80 && isWideLetter(index - 1)
  }

  /// `'ana'@x`: what stands before the apostrophe is a string's beginning, not half a name.
  private func isQuoted(_ index: Int) -> Bool {
    var start = index
    while start > 0, index - start < 16, Ascii.isLetter(bytes[start - 1]) { start -= 1 }
    return index - start > 2
  }

  /// A letter of Latin, Greek or Cyrillic script beyond ASCII, two bytes long. Wider scalars end an address: text in
  /// other scripts is glued to it without spaces.
  private func isWideLetter(_ index: Int) -> Bool {
    let byte = at(index)
    return (0xC3...0xC9 ~= byte || 0xCE...0xD3 ~= byte) && at(index + 1) & 0xC0 == 0x80
  }
}
