import Glibc

extension Directories {
  /// Bytes of the regular files right below the directory (what `ls` shows, not the blocks behind it); 0 for a directory
  /// that is not there. Files that vanish meanwhile count 0.
  package static func bytesOfFiles(in path: String) -> Int {
    guard let names = try? list(path) else { return 0 }
    var total = 0
    for name in names {
      var status = stat()
      guard lstat(path + "/" + name, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { continue }
      total += Int(status.st_size)
    }
    return total
  }
}
