/// Passwords of letters in both cases, told from the names in code that are written so too.
extension Scan {
  /// `IcNRuYZPKLIamXL`: half of the letters and more stand in parts that are neither words nor what names abbreviate.
  func isUnspeakable(_ start: Int, _ end: Int) -> Bool {
    guard end - start <= Scan.phraseMax, let (odd, all, parts) = oddLetters(start, end) else { return false }
    return all >= 8 && (parts > 3 ? odd * 2 >= all : odd * 10 >= all * 9)
  }

  /// `MyDbPwdStr`, `wxTextCtrlPwd`: hardly anything but such parts.
  func isSpoken(_ start: Int, _ end: Int) -> Bool {
    guard end - start <= Scan.phraseMax, let (odd, all, _) = oddLetters(start, end) else { return false }
    return odd * 5 < all
  }

  /// Letters in odd parts, all letters and all parts; nil where there are others than ASCII. Cut as a name is read: at
  /// signs, and where the case changes.
  private func oddLetters(_ start: Int, _ end: Int) -> (odd: Int, all: Int, parts: Int)? {
    var (odd, all, parts, index) = (0, 0, 0, start)
    while index < end {
      if bytes[index] >= 0x80 { return nil }
      guard Ascii.isLetter(bytes[index]) else {
        index += 1
        continue
      }
      let stop = endOfPart(index, end)
      (all, parts) = (all + stop - index, parts + 1)
      if !isSpeakable(index, stop) { odd += stop - index }
      index = stop
    }
    return (odd, all, parts)
  }

  /// Small letters, behind one capital or not; or capitals, the last of which may begin the word that follows.
  private func endOfPart(_ start: Int, _ end: Int) -> Int {
    var stop = start
    while stop < end, Ascii.isUpper(bytes[stop]) { stop += 1 }
    guard stop < end, Ascii.isLower(bytes[stop]) else { return stop }
    if stop - start > 1 { return stop - 1 }
    while stop < end, Ascii.isLower(bytes[stop]) { stop += 1 }
    return stop
  }

  /// A word that names are made of, or four letters and more that can be pronounced.
  private func isSpeakable(_ start: Int, _ end: Int) -> Bool {
    if Scan.nameWords.contains(folding: bytes, start, end) || Scan.abbreviations.contains(folding: bytes, start, end) {
      return true
    }
    // Capitals that nobody knows are drawn.
    guard end - start > 3, !Ascii.isUpper(bytes[end - 1]) else { return false }
    var (vowels, run) = (0, 0)
    for index in start..<end {
      let letter = Ascii.lower(bytes[index])
      if "aeiouy".utf8.contains(letter) {
        // Words begin with one consonant or two; with three in few ways.
        if vowels == 0, run > 2, !isBeginning(start) { return false }
        (vowels, run) = (vowels + 1, 0)
      } else {
        run += 1
        // German has five in a row.
        if run > 5 || letter == UInt8(ascii: "q") && Ascii.lower(at(index + 1)) != UInt8(ascii: "u") { return false }
      }
    }
    return vowels > 0
  }

  private func isBeginning(_ start: Int) -> Bool {
    isOne(
      of: ["str", "spr", "scr", "spl", "thr", "shr", "chr", "sch", "phr", "chl", "pfl", "skr", "tsc", "ctr", "www"],
      start,
      start + 3)
  }

  /// What names have for words, and the short words of names and prose.
  private static let abbreviations = WordSet(
    """
    ad ai am an ansi ascii at attr attrs aes art bin bg big bit bot box btn btns buf by cb cdn chk cmds cmp cn cnt \
    coll conf cp cr crc cs css ctl ctor ctrl ctx cur db dbo dc dec desc dh dlg dlls dll do dom dp dst dt dto ec ed edt \
    el eq evt exe fd fg fk fld fmt fn fx ge gen gid git gl go gp grp gt gui gw hex hdr hk hmac hn hr hs hsm iam id idp \
    if iis im img in init ios ip is it itr iv jdbc jks js jsp jwk jwks kb kee key kms krb ksm lbl lcl ldap le len lib lm ln \
    ls lst lt ma mac max mb mc md mem mf mgmt mgr mid mk mm mn mongo ms msg msgs mt mv my nav nb ng nm no nr ns nt ntlm \
    null num nvl ob of ok on ops or orm os pa pc pem pg ph php pic pin pk pkcs pkg pl pm pp pr pref prefs prev ps psk \
    pt ptr pub pw pwd pwds py qa qt rc rdp re rec rect ref regex rep req res ret rgb rn rpc rt rtn rx sa sam saml sc sd \
    se sec sel seq sh sid sl smb so sp spn sql sr src srv ss sso st std stmt str svc svr sw sync sz tab tb tbl tbx tc \
    td tf tg th tls tm tmp to tok tp tr ts tv tx txt ty ui uid uint un up upn ur uri url urls us usr utf uuid uw ux val \
    vals vc vm vo vpc vpn vs we wifi win wp ws wx xc xhr xls xml xmpp yml za
    """.split(separator: " ").map(String.init))

  /// `UITextField!`: Swift's types of what may be nil.
  func isUnwrapped(_ start: Int, _ end: Int) -> Bool {
    isSpoken(start, end) && containsOne(of: ["field", "label", "view", "string", "button", "data"], start, end)
  }

  /// Letters, hyphens and underscores.
  func isLettersOnly(_ start: Int, _ end: Int) -> Bool {
    (start..<end).allSatisfy { Ascii.isLetter(bytes[$0]) || bytes[$0] == 0x5F || bytes[$0] == 0x2D }
  }
}
