/// How far a user's name goes in the path of a home directory: letters of any script, and on Windows several words.
extension Scan {
  private static var userMax: Int { 96 }

  /// The end of the name at `first`, behind the separator at `index` and "Users".
  func endOfUser(_ first: Int, like index: Int) -> Int {
    let end = endOfUserWord(first)
    let last = endOfUserWords(end, like: index)
    if last > end { return last }
    // Text without blanks is glued to a name: `/home/ana目录`. A separator shows that it is part of it.
    if Ascii.isWord(bytes[first]), separator(at: end, like: index) == nil,
      let glued = (first..<end).first(where: { bytes[$0] >= 0xE0 })
    {
      return withoutMarks(first, glued)
    }
    return withoutMarks(first, end)
  }

  /// A full stop or hyphen at the end belongs to the sentence.
  private func withoutMarks(_ first: Int, _ end: Int) -> Int {
    var end = end
    while end > first, bytes[end - 1] == 0x2E || bytes[end - 1] == 0x2D { end -= 1 }
    return end
  }

  private func endOfUserWord(_ first: Int) -> Int {
    var end = first
    while end < bytes.count, end - first < Scan.userMax {
      let byte = bytes[end]
      let length = Ascii.isWord(byte) || byte == 0x2E || byte == 0x2D ? 1 : wideLetter(end)
      if length == 0 { break }
      end = min(end + length, bytes.count)
    }
    return end
  }

  /// The bytes of the letter beyond ASCII at `index`; 0 where none stands. Punctuation and signs are none.
  private func wideLetter(_ index: Int) -> Int {
    switch at(index) {
    case 0xC3...0xDF: 2
    case 0xE3: at(index + 1) == 0x80 && at(index + 2) != 0x85 ? 0 : 3
    case 0xE0, 0xE1, 0xE4...0xED: 3
    case 0xF0: 4
    default: 0
    }
  }

  /// `C:\\Users\\Ana Maria Lopez\\Desktop`, also with `%20`: the end of the last word before the separator, if one of them begins
  /// as names do, or what follows is a folder of every profile; or at the quote that the path began with. `end` otherwise.
  private func endOfUserWords(_ end: Int, like index: Int) -> Int {
    guard at(end) == 0x20 || at(end) == 0x25, let drive = drive(before: index) else { return end }
    var stop = end
    for _ in 0..<3 {
      let next = at(stop) == 0x20 ? stop + 1 : matches("%20", at: stop) ? stop + 3 : stop
      guard next > stop, Ascii.isAlnum(at(next)) || wideLetter(next) > 0 else { return end }
      stop = endOfUserWord(next)
      if let folder = separator(at: stop, like: index) {
        let isName = Ascii.isUpper(bytes[next]) || bytes[next] >= 0x80 || isQuote(before: drive)
        return isName || isOfProfile(folder) ? stop : end
      }
      var quote = stop
      while at(quote) == 0x5C, quote < stop + 16 { quote += 1 }
      if isQuote(before: drive), at(quote) == at(drive - 1) { return stop }
    }
    return end
  }

  /// The letter of the drive in front of the separators that end at `index`.
  private func drive(before index: Int) -> Int? {
    var start = index
    while start > claimed, index - start < 16, at(start - 1) == 0x5C { start -= 1 }
    return at(start - 1) == 0x3A && Ascii.isLetter(at(start - 2)) ? start - 2 : nil
  }

  private func isQuote(before index: Int) -> Bool { index > 0 && Ascii.isQuote(at(index - 1)) }

  /// What Windows puts into every home.
  private func isOfProfile(_ start: Int) -> Bool {
    var end = start
    while end < start + 16, Ascii.isLetter(at(end)) || at(end) == 0x2E { end += 1 }
    return at(start) == 0x2E
      || isOne(
        of: [
          "desktop", "documents", "downloads", "appdata", "pictures", "music", "videos", "onedrive", "favorites",
          "links",
          "contacts", "source", "repos", "git", "github", "projects", "project", "dropbox", "anaconda", "miniconda",
          "pycharmprojects", "ideaprojects", "workspace", "ntuser.dat",
        ], start, end)
  }
}
