import Glibc

/// Calls that name files by path.
package enum Directories {
  /// Creates the directory and those above it, each durable by a sync of the one that names it; one that exists is left
  /// as it is.
  package static func make(_ path: String, mode: mode_t = 0o750) throws(SystemError) {
    if mkdir(path, mode) == 0 { return try settle(path) }
    if errno == EEXIST { return }
    guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash > path.startIndex else {
      throw SystemError(call: "mkdir")
    }
    try make(String(path[..<slash]), mode: mode)
    if mkdir(path, mode) == 0 { return try settle(path) }
    if errno != EEXIST { throw SystemError(call: "mkdir") }
  }

  /// What there is to do for a directory that has just been made.
  private static func settle(_ path: String) throws(SystemError) {
    let name = path.lastIndex { $0 != "/" } ?? path.startIndex
    let parent = parent(of: String(path[...name]))
    try hand(path, toOwnerOf: parent)
    // Whoever may make a name in a folder may still not be allowed to open it; then nothing can be done.
    do throws(SystemError) { try synchronize(parent) } catch { if error.code != EACCES { throw error } }
  }

  /// Makes the names in a directory durable: a new or renamed file is lost with the power without it.
  package static func synchronize(_ path: String) throws(SystemError) {
    let directory = Descriptor(
      owning: try retrying("open") { open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) })
    try directory.synchronize()
  }

  package static func rename(_ from: String, to: String) throws(SystemError) {
    _ = try retrying("rename") { Glibc.rename(from, to) }
  }

  /// Removes a file; one that is not there is no error.
  package static func remove(_ path: String) throws(SystemError) {
    if unlink(path) != 0, errno != ENOENT { throw SystemError(call: "unlink") }
  }

  /// The path without links and dots (realpath(3)); nil where nothing is there.
  package static func resolved(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// The directory that names the file.
  package static func parent(of path: String) -> String {
    let slash = path.lastIndex(of: "/")
    return slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
  }

  package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// Whether it is a file that holds bytes, or a link to one: no folder, pipe or device.
  package static func isFile(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// Permission bits; nil where there is nothing.
  package static func mode(of path: String) -> mode_t? {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & 0o7777 : nil
  }

  package static func restrict(_ path: String, to mode: mode_t) throws(SystemError) {
    _ = try retrying("chmod") { chmod(path, mode) }
  }

  /// Gives what root has just made to the owner of `directory`, who could not read it otherwise. Does nothing for anybody
  /// else, who may not give files away.
  static func hand(_ path: String, toOwnerOf directory: String) throws(SystemError) {
    guard geteuid() == 0 else { return }
    var status = stat()
    _ = try retrying("stat") { stat(directory, &status) }
    guard status.st_uid != 0 else { return }
    // Whatever has taken the name meanwhile, no link is followed.
    do throws(SystemError) { _ = try retrying("chown") { lchown(path, status.st_uid, status.st_gid) } } catch {
      // Root of a container may lack this right; then it is as it was.
      if error.code != EPERM { throw error }
    }
  }

  /// Names in the directory but for `.` and `..`, sorted by bytes.
  package static func list(_ path: String) throws(SystemError) -> [String] {
    guard let directory = opendir(path) else { throw SystemError(call: "opendir") }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
        // d_name is NUL-terminated within its 256 bytes (readdir(3)).
        tuple.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Bytes that an unprivileged process may still write on the file system that holds `path`.
  package static func freeBytes(_ path: String) throws(SystemError) -> Int {
    var status = statvfs()
    _ = try retrying("statvfs") { statvfs(path, &status) }
    return Int(status.f_bavail) * Int(status.f_frsize)
  }
}
