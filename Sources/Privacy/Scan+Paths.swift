/// User names in home directories: `/home/x`, `/Users/x`, `C:\\Users\\x` at any depth of escaping.
extension Scan {
  func homePath(at index: Int) -> Bool {
    // `%2Fhome%2Fx`: the trigger is the F.
    let encoded = at(index) | 0x20 == UInt8(ascii: "f")
    if encoded { guard at(index - 1) == 0x32, at(index - 2) == 0x25 else { return false } }
    let word = index + 1
    var start: Int
    if matches("home", at: word) {
      start = word + 4
      // `example.com/home/about` and `@/home/x` are routes, not files.
      guard encoded || at(index) == 0x5C && isShare(index) || at(index) == 0x2F && beginsHome(index) else {
        return false
      }
    } else if matches("Users", at: word) {
      start = word + 5
      guard
        encoded || at(index) == 0x5C || beginsWord(index) && at(index - 1) != 0x7E || isDrive(index)
          || at(index - 1) == 0x3A || isGluedToFlag(index)
      else {
        return false
      }
    } else if matches("Documents and Settings", at: word) {
      start = word + 22
    } else {
      return false
    }
    guard let first = separator(at: start, like: index) else { return false }
    start = endOfUser(first, like: index)
    guard start - first >= 2, Ascii.isLetter(at(first)) || at(first) >= 0x80, !isSharedUser(first, start) else {
      return false
    }
    let next = at(start)
    if next == 0x28 || next == 0x7B || next == 0x24 && at(start + 1) > 0x20 || next == 0x3C { return false }
    if next != 0x2F, next != 0x5C, next != 0x25, next != 0x3E, endsLikeFile(first, start) { return false }
    return claim(first, start, .user)
  }

  /// `index.html`: a full stop with a short extension behind it.
  private func endsLikeFile(_ start: Int, _ end: Int) -> Bool {
    var dot = end
    while dot > start, bytes[dot - 1] != 0x2E { dot -= 1 }
    guard dot > start else { return false }
    return end - dot < 2
      || isOne(
        of: [
          "md", "py", "js", "ts", "rb", "go", "rs", "sh", "cs", "vb", "kt", "pl", "so", "gz", "xz", "db", "mk", "cc",
          "hs", "ml", "tf", "ps",
          "html", "htm", "php", "asp", "aspx", "jsp", "json", "xml", "yml", "yaml", "toml", "txt", "log", "md", "mdx",
          "tsx", "jsx", "vue", "css", "scss", "png", "jpg", "jpeg", "gif", "svg", "pdf", "zip", "tar", "csv", "conf",
          "cfg", "ini", "bak", "tmp", "lock", "swift", "java", "cpp", "hpp", "sql", "exe", "dll", "get", "post", "put",
          "delete", "env", "com", "org", "net",
        ], dot, end)
  }

  /// Behind one separator: `/`, backslashes, an escaped `/`, `%2F`, `%5C`. As many backslashes as before the word, which
  /// end at `before`: one more is the beginning of an escape.
  func separator(at index: Int, like before: Int) -> Int? {
    var position = index
    while at(position) == 0x5C, position < index + 16 { position += 1 }
    if at(position) == 0x2F { return position + 1 }
    if position > index {
      var start = before
      while start >= 0, at(start) == 0x5C, before - start < 16 { start -= 1 }
      return before - start == position - index ? position : nil
    }
    guard at(position) == 0x25 else { return nil }
    let code = (at(position + 1), at(position + 2) | 0x20)
    return code == (0x32, UInt8(ascii: "f")) || code == (0x35, UInt8(ascii: "c")) ? position + 3 : nil
  }

  /// A root, or below `/var`, `/export`, `/mnt` and the like.
  private func beginsHome(_ index: Int) -> Bool {
    let before = at(index - 1)
    guard before != 0x2E, before != 0x7E, before != 0x40, before != 0x7D, before != 0x2D else { return false }
    if isRoute(index) { return false }
    if beginsWord(index) || isGluedToFlag(index) { return true }
    // `vscode-remote://wsl%2Bubuntu/home/x`: the authority names a machine.
    if Ascii.isAlnum(before), mentions(["wsl%2b", "wsl+", "wsl$", "wsl.localhost"], before: index, window: 48) {
      return true
    }
    var start = index
    while start > claimed, index - start < 10, Ascii.isLower(bytes[start - 1]) { start -= 1 }
    return at(start - 1) == 0x2F
      && isOne(of: ["var", "export", "mnt", "nfs", "data", "net", "wsl", "rootfs", "host"], start, index)
      && (!Ascii.isAlnum(at(start - 2)) || beginsWord(start - 1))
  }

  /// `href="/home/products"`, `GET /home/index`.
  private func isRoute(_ index: Int) -> Bool {
    if matches("GET ", at: index - 4) || matches("POST ", at: index - 5) || matches("PUT ", at: index - 4) {
      return true
    }
    return Ascii.isQuote(at(index - 1))
      && mentions(["href=", "action=", "navigate(", "redirect", "route"], before: index, window: 18)
  }

  /// `-I/home/x`, `-isystem/home/x`, `-L/Users/x`: a flag with its path and nothing between.
  private func isGluedToFlag(_ index: Int) -> Bool {
    var start = index
    while start > claimed, index - start < 12, Ascii.isLetter(bytes[start - 1]) { start -= 1 }
    guard start < index, at(start - 1) == 0x2D else { return false }
    start -= at(start - 2) == 0x2D ? 2 : 1
    let before = at(start - 1)
    return before <= 0x20 || Ascii.isQuote(before) || before == 0x28 || before == 0x5B || before == 0x3D
      || before == 0x2C || beginsWord(start) && at(start - 2) == 0x5C
  }

  /// `\\\\wsl$\\Ubuntu\\home\\x`.
  private func isShare(_ index: Int) -> Bool { mentions(["wsl"], before: index, window: 48) }

  /// `/c/Users/`, `/mnt/c/Users/`.
  private func isDrive(_ index: Int) -> Bool { Ascii.isLetter(at(index - 1)) && at(index - 2) == 0x2F }

  private func isName(_ byte: UInt8) -> Bool { Ascii.isWord(byte) || byte == 0x2E || byte == 0x2D }

  /// The owner in a line of `ls -l`; `index` is at the first letter of its modes.
  func listing(at index: Int) -> Bool {
    for offset in 1..<10 where !"rwxsStT-".utf8.contains(at(index + offset)) { return false }
    var position = index + 10
    if at(position) == 0x2E || at(position) == 0x2B || at(position) == 0x40 { position += 1 }
    // Blanks, the number of links, blanks.
    let modesEnd = position
    while Ascii.isBlank(at(position)), position < modesEnd + 8 { position += 1 }
    let links = position
    while Ascii.isDigit(at(position)), position < links + 8 { position += 1 }
    let linksEnd = position
    while Ascii.isBlank(at(position)), position < linksEnd + 8 { position += 1 }
    guard links > modesEnd, linksEnd > links, position > linksEnd else { return false }
    let owner = position
    let ownerEnd = endOfName(owner)
    position = ownerEnd
    while Ascii.isBlank(at(position)), position < ownerEnd + 16 { position += 1 }
    let group = position
    let groupEnd = endOfName(group)
    guard position > ownerEnd, Ascii.isBlank(at(groupEnd)) else { return false }
    let hidden = isOwner(owner, ownerEnd) && claim(owner, ownerEnd, .user)
    // The user's own group has the user's name.
    let same =
      ownerEnd - owner == groupEnd - group
      && (0..<groupEnd - group).allSatisfy { bytes[owner + $0] == bytes[group + $0] }
    return hidden && same ? claim(group, groupEnd, .user) : hidden
  }

  private func isOwner(_ start: Int, _ end: Int) -> Bool {
    end - start >= 2 && Ascii.isLetter(at(start)) && !isSharedUser(start, end)
      && !isOne(
        of: [
          "wheel", "staff", "nobody", "daemon", "bin", "mysql", "redis", "nginx", "apache", "http", "systemd-network",
        ], start, end)
  }

  private func endOfName(_ start: Int) -> Int {
    var end = start
    while end < bytes.count, end - start < 64, isName(bytes[end]) { end += 1 }
    return end
  }

  /// Accounts of build machines, images and manuals, and routes that only look like homes.
  func isSharedUser(_ start: Int, _ end: Int) -> Bool {
    isOne(
      of: [
        "runner", "ubuntu", "ec2-user", "vscode", "node", "app", "user", "users", "username", "root", "shared",
        "public",
        "default", "runneradmin", "build-user", "build", "foo", "bar", "baz", "all", "containeradministrator",
        "administrator", "vagrant", "circleci", "travis", "jenkins",
        "docker", "git", "www-data", "you", "your-name", "yourname", "your_username", "your-username", "your-user",
        "me",
        "name", "linuxbrew", "gitpod", "codespace", "coder", "jovyan", "pi", "debian", "admin", "guest", "builder",
        "index", "dashboard", "settings", "about", "profile", "page", "home", "appuser", "dev", "developer", "postgres",
        "nonroot", "buildbot", "ci", "vsts", "vsts_azpcontainer", "azdevops", "azureuser", "cloudshell", "ec2",
        "bitrise",
        "semaphore", "buildkite-agent", "teamcity", "gitlab-runner", "github", "actions", "cimg", "jenkins-agent",
        "rstudio", "opc", "centos", "fedora", "core", "alpine", "rocky", "almalinux", "cloud-user", "azagent",
        "someuser", "myuser", "example", "test", "deploy", "airflow", "sandbox", "vssadministrator", "containeruser",
        "appveyor", "wdagutilityaccount", "defaultaccount", "defaultuser0", "systemprofile", "localservice",
        "networkservice", "default user", "all users", "user name", "your name", "your user",
        "benutzer", "benutzername", "nutzer", "nutzername", "utilisateur", "usuario", "usuário", "utilizador", "utente",
        "gebruiker", "gebruikersnaam", "kullanıcı", "kullanici", "użytkownik", "uživatel", "användare", "käyttäjä",
        "felhasználó", "öffentlich", "Öffentlich", "пользователь", "Пользователь", "имя", "юзер", "имя_пользователя",
        "用户", "用户名", "你的用户名", "您的用户名", "用戶", "使用者", "使用者名稱", "ユーザー", "ユーザ", "ユーザー名", "ユーザ名", "사용자",
        "사용자명", "사용자이름", "公用", "パブリック",
      ], start, end)
  }
}
