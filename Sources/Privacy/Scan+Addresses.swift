/// Public network addresses.
extension Scan {
  private static let hostWords = WordList([
    "ip", "ips", "ipv4", "host", "hosts", "hostname", "addr", "address", "addresses", "ssh", "sshd", "scp", "ping",
    "server", "servers", "client", "clients", "peer", "peers", "from", "forwarded", "forwarded for", "remote", "dns",
    "servidor", "serveur", "server", "rechner", "machine", "maschine", "máquina", "serwer", "sunucu", "vps", "gateway",
    "router", "сервер", "Сервер", "хост", "サーバ", "服务器", "伺服器", "主机", "서버", "خادم", "الخادم", "equipo", "hôte",
  ])

  func ipv4(at index: Int) -> Bool {
    var position = index
    var address: UInt32 = 0
    for part in 0..<4 {
      let start = position
      var value: UInt32 = 0
      while Ascii.isDigit(at(position)), position - start < 4 {
        value = value * 10 + UInt32(at(position) - 0x30)
        position += 1
      }
      let length = position - start
      guard 1...3 ~= length, value <= 255, length == 1 || at(start) != 0x30 else { return false }
      address = address << 8 | value
      if part < 3 {
        guard at(position) == 0x2E else { return false }
        position += 1
      }
    }
    let next = at(position)
    if continuesWord(position) || next == 0x2E && Ascii.isAlnum(at(position + 1)) && !isTrace(index, position) {
      return false
    }
    if next == 0x2D || next == 0x2B, isSuffix(position + 1) { return false }
    // A network of /24 or wider is nobody's.
    if next == 0x2F, address & 0xFF == 0, prefixLength(position) <= 24 { return false }
    guard PublicAddress.isPublic(address, isHost: at(index - 1) == 0x40), !isVersion(index),
      !isSmall(address, index, position),
      !isDrawing(index)
    else { return false }
    return claim(index, position, .ip)
  }

  /// `IP 10.0.0.4.443 > 8.8.4.4.57251: Flags`: the traces of networks put the port behind a full stop.
  private func isTrace(_ index: Int, _ end: Int) -> Bool {
    var port = end + 1
    while port < end + 6, Ascii.isDigit(at(port)) { port += 1 }
    return matches(" > ", at: port) || matches(": ", at: port) && matches(" > ", at: index - 3)
  }

  /// What a version or a time goes on with, and no address: `-rc1`, `-5a1e7`, `+0800`.
  private func isSuffix(_ start: Int) -> Bool {
    var end = start
    var letters = false
    while end < start + 12, Ascii.isAlnum(at(end)) {
      letters = letters || Ascii.isLetter(at(end))
      end += 1
    }
    return letters || end - start == 4 && at(end) != 0x2E
  }

  /// `nginx/1.2.3.4`, `pkg@1.2.3.4`, `==1.2.3.4`, "version 1.2.3.4", `<Version>1.2.3.4`.
  private func isVersion(_ index: Int) -> Bool {
    let before = at(index - 1)
    if before == 0x2F, Ascii.isLetter(at(index - 2)) { return true }
    if before == 0x40, Ascii.isAlnum(at(index - 2)), isLikeVersion(index) {
      // `deploy@26.21.217.130` is a host where somebody logs in, and a version where something is installed.
      return !mentions(["ssh", "scp", "sftp", "rsync", "ping", "mosh"], before: index, window: 96)
    }
    if before == 0x3D, let twice = Optional(at(index - 2)), twice == 0x3D || twice == 0x7E || twice == 0x3E {
      return true
    }
    let phrases = rules.pointee.phrases
    return mentions(phrases.versions, before: index, window: 24)
      || hasWord(of: Scan.identifierWords, startOfLine(index, 24), index)
      || isFromTo(index) && mentions(phrases.updates, before: index, window: 72)
        && !mentions(["dns", "host", "addr", "server", "record", "ip "], before: index, window: 48)
      || isLikeVersion(index) && mentions(phrases.updates, before: index, window: 24)
      || followsProduct(index)
  }

  /// "from 1.2.3.4 to 5.6.7.8": either of the two.
  private func isFromTo(_ index: Int) -> Bool {
    matches("from ", at: index - 5) || matches("to ", at: index - 3) || matches("-> ", at: index - 3)
      || matches("von ", at: index - 4) || matches("auf ", at: index - 4) || matches("de ", at: index - 3)
      || matches("→ ", at: index - 4)
  }

  /// Behind the name of a program, or of a package with a capital behind a full stop: `Edge 9.8.7.6`,
  /// `Microsoft.Data.SqlClient 9.8.7.6`.
  private func followsProduct(_ index: Int) -> Bool {
    var end = index
    while end > 0, index - end < 3, at(end - 1) == 0x20 || at(end - 1) == 0x3A || at(end - 1) == 0x28 { end -= 1 }
    guard end < index else { return false }
    var start = end
    var isPackage = false
    while start > 0, end - start < 64, case let byte = bytes[start - 1], Ascii.isWord(byte) || byte == 0x2E {
      if byte == 0x2E, Ascii.isUpper(at(start)) { isPackage = true }
      start -= 1
    }
    return isPackage && start < end || isOne(of: Scan.products, afterEscape(start), end)
  }

  private static let identifierWords = WordList(["oid", "oids", "object identifier"])

  /// What has versions of four parts and is written before them.
  private static let products: [StaticString] = [
    "chrome", "chromium", "edge", "webview2", "webview", "firefox", "safari", "opera", "brave", "vivaldi", "electron",
    "driver", "firmware", "bios", "uefi", "sdk", "guile", "flash", "kernel", "nuget", "build", "patch", "package",
    "plugin", "assembly", "assemblyversion", "fileversion", "revision", "rev", "workflow", "app", "client workflow",
    "unity", "unreal", "vcredist", "redist", "office", "outlook", "teams", "onedrive", "java", "jdk", "jre", "odbc",
    "oracle", "exchange",
  ]

  /// Inside the data of a drawing: `1.52-.87 3.51.98.32`. The number before has a full stop and a hyphen.
  private func isDrawing(_ index: Int) -> Bool {
    guard at(index - 1) == 0x20, Ascii.isDigit(at(index - 2)) else { return false }
    var (start, dots, hyphens) = (index - 1, 0, 0)
    while start > 0, index - start < 24, case let byte = bytes[start - 1], byte > 0x20, byte != 0x3A {
      if byte == 0x2E { dots += 1 }
      if byte == 0x2D { hyphens += 1 }
      start -= 1
    }
    return dots > 0 && hyphens > 0 && dots < 3 && at(start - 1) == 0x20
  }

  /// Small numbers are a version or a section rather than a host, unless something says host.
  private func isSmall(_ address: UInt32, _ start: Int, _ end: Int) -> Bool {
    // All under 64, and three of them under 32.
    let halves = address & 0x2020_2020
    guard address & 0xC0C0_C0C0 == 0, halves & (halves &- 1) == 0, !(at(end) == 0x3A && Ascii.isDigit(at(end + 1))),
      at(start - 1) != 0x2F, !(25...32 ~= prefixLength(end))
    else { return false }
    return !hasWord(of: Scan.hostWords, startOfLine(start, 48), start)
  }

  /// The first number and another one are under 32.
  private func isLikeVersion(_ index: Int) -> Bool {
    var position = index
    var small = 0
    for part in 0..<4 {
      let start = position
      while position < start + 3, Ascii.isDigit(at(position)) { position += 1 }
      if decimal(start, position - start) < 32 { small += 1 } else if part == 0 { return false }
      position += 1
    }
    return small > 1
  }

  /// Global unicast (2000::/3, RFC 4291) with at least three colons or a `::`.
  func ipv6(at index: Int) -> Bool {
    guard at(index) == 0x32 || at(index) == 0x33, at(index + 4) == 0x3A, !followsGroup(index) else { return false }
    var groups = SIMD8<UInt16>(repeating: 0)
    var count = 0
    var gap: Int?
    var position = index
    while count < 8 {
      let start = position
      var value: UInt32 = 0
      while position - start < 5, Ascii.isHex(at(position)) {
        value = value << 4 | Ascii.hexValue(at(position))
        position += 1
      }
      guard position - start <= 4 else { return false }
      if position == start { break }
      groups[count] = UInt16(truncatingIfNeeded: value)
      count += 1
      guard at(position) == 0x3A else { break }
      if at(position + 1) == 0x3A {
        guard gap == nil else { return false }
        gap = count
        position += 2
      } else if Ascii.isHex(at(position + 1)), count < 8 {
        position += 1
      } else {
        break
      }
    }
    guard gap == nil ? count == 8 : count < 8 else { return false }
    let next = at(position)
    if continuesWord(position) || next == 0x3A && Ascii.isAlnum(at(position + 1)) && gap == nil { return false }
    // `2001::/32`, `2001:2::` and what is wider than a site are networks.
    let isNetwork = gap == count && (count < 3 || at(position) == 0x2F && prefixLength(position) < 48)
    guard !isNetwork, groups[0] >= 0x2000, groups[0] <= 0x3FFF,
      PublicAddress.isPublic(groups, gap: gap, count: count)
    else {
      notes.pointee.keptAddress = position
      return false
    }
    return claim(index, position, .ip)
  }

  /// `fd12:` or `::1:` before: `index` is in the middle of an address that does not begin with a public group.
  private func followsGroup(_ index: Int) -> Bool {
    guard at(index - 1) == 0x3A else { return false }
    var start = index - 1
    while start > 0, index - start < 40, Ascii.isHex(bytes[start - 1]) || bytes[start - 1] == 0x3A { start -= 1 }
    // Others, `16:` and `face:`, number a line or name what follows.
    return at(start) == 0x3A || at(start + 4) == 0x3A && isOne(of: ["fc", "fd", "fe", "ff"], start, start + 2)
  }

  /// The number behind the slash at `slash`, 128 where none stands.
  private func prefixLength(_ slash: Int) -> Int {
    guard at(slash) == 0x2F, Ascii.isDigit(at(slash + 1)) else { return 128 }
    var end = slash + 1
    while Ascii.isDigit(at(end)), end < slash + 4 { end += 1 }
    return continuesWord(end) || at(end) == 0x2E ? 128 : decimal(slash + 1, end - slash - 1)
  }
}

/// Which addresses point at somebody (IANA special-purpose registries, RFC 6890).
enum PublicAddress {
  private static let kept: [(network: UInt32, bits: UInt32)] = [
    (0x0000_0000, 8), (0x0A00_0000, 8), (0x6440_0000, 10), (0x7F00_0000, 8), (0xA9FE_0000, 16), (0xAC10_0000, 12),
    (0xC000_0000, 24), (0xC000_0200, 24), (0xC058_6300, 24), (0xC0A8_0000, 16), (0xC612_0000, 15), (0xC633_6400, 24),
    (0xCB00_7100, 24), (0xE000_0000, 3),
  ]

  /// Resolvers that everybody writes down, and 1.2.3.4.
  private static let resolvers: Set<UInt32> = [
    0x0808_0808, 0x0808_0404, 0x0101_0101, 0x0100_0001, 0x0909_0909, 0x9570_7070, 0xD043_DEDE, 0xD043_DCDC,
    0x7272_7272, 0xDF05_0505, 0xDF06_0606, 0x0102_0304, 0x0404_0404, 0x0101_0102, 0x0100_0002,
  ]

  /// A network of /16 or wider is nobody's address, unless somebody logs in there (`isHost`).
  static func isPublic(_ address: UInt32, isHost: Bool = false) -> Bool {
    (address & 0xFFFF != 0 || isHost) && !resolvers.contains(address)
      && !kept.contains { (address ^ $0.network) >> (32 - $0.bits) == 0 }
  }

  /// `groups` as written, `gap` where `::` stood, `count` groups in all.
  static func isPublic(_ groups: SIMD8<UInt16>, gap: Int?, count: Int) -> Bool {
    var full = SIMD8<UInt16>(repeating: 0)
    let gap = gap ?? count
    for index in 0..<gap { full[index] = groups[index] }
    for index in gap..<max(count, gap) { full[8 - count + index] = groups[index] }
    if full[0] == 0x2001, full[1] == 0xDB8 { return false }
    if full[0] == 0x3FFF, full[1] < 0x1000 { return false }
    let resolver =
      full[0] == 0x2001 && full[1] == 0x4860 && full[2] == 0x4860
      || full[0] == 0x2606 && full[1] == 0x4700 && full[2] == 0x4700
      || full[0] == 0x2620 && (full[1] == 0xFE || full[1] == 0x119)
    return !resolver
  }
}
