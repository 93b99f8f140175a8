/// User names in home directories: `/home/x`, `/Users/x`, `C:\\Users\\x` at any depth of escaping.
extension Scan {
  mutating func homePath(at index: Int) -> Bool {
    let slash = at(index)
    var start: Int
    if slash == 0x2F, matches("/home/", at: index) {
      // `example.com/home/about` and `@/home/x` are routes, not files.
      let before = at(index - 1)
      guard beginsWord(index), before != 0x2E, before != 0x7E, before != 0x40, before != 0x7D, before != 0x2D else {
        return false
      }
      start = index + 6
    } else if matches("Users", at: index + 1) {
      start = index + 6
      guard at(start) == 0x2F || at(start) == 0x5C, slash == 0x5C || beginsWord(index) || isDrive(index) else {
        return false
      }
      while at(start) == at(index + 6), start < index + 22 { start += 1 }
    } else {
      return false
    }
    let first = start
    while start < bytes.count, start - first < 64, isName(bytes[start]) { start += 1 }
    while start > first, bytes[start - 1] == 0x2E || bytes[start - 1] == 0x2D { start -= 1 }
    guard start - first >= 2, Ascii.isLetter(at(first)), !isSharedUser(first, start) else { return false }
    let next = at(start)
    if next == 0x28 || next == 0x7B || next == 0x24 || next == 0x3C { return false }
    if next != 0x2F, next != 0x5C, containsOne(of: ["."], first, start) { return false }
    return claim(first, start, .user)
  }

  /// `/c/Users/`, `/mnt/c/Users/`.
  private func isDrive(_ index: Int) -> Bool { Ascii.isLetter(at(index - 1)) && at(index - 2) == 0x2F }

  private func isName(_ byte: UInt8) -> Bool { Ascii.isWord(byte) || byte == 0x2E || byte == 0x2D }

  /// Accounts of build machines, images and manuals, and routes that only look like homes.
  func isSharedUser(_ start: Int, _ end: Int) -> Bool {
    isOne(
      of: [
        "runner", "ubuntu", "ec2-user", "vscode", "node", "app", "user", "users", "username", "root", "shared",
        "public",
        "default", "runneradmin", "containeradministrator", "administrator", "vagrant", "circleci", "travis", "jenkins",
        "docker", "git", "www-data", "you", "your-name", "yourname", "your_username", "your-username", "your-user",
        "me",
        "name", "linuxbrew", "gitpod", "codespace", "coder", "jovyan", "pi", "debian", "admin", "guest", "builder",
        "index", "dashboard", "settings", "about", "profile", "page", "home", "appuser", "dev", "developer", "postgres",
        "nonroot", "buildbot", "ci", "someuser", "myuser", "example", "test", "deploy", "airflow", "sandbox",
      ], start, end)
  }
}
