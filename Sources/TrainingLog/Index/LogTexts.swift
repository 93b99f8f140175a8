import Posix

/// The files that the index is brought in step with, kept open: a sealed one costs a scan to open.
final class LogTexts {
  private let directory: DataDirectory
  private let fileSystem: any FileSystem
  private var open: [LogFileName: (text: LogText, identity: UInt64?)] = [:]
  private let cache = MemberCache()

  init(_ directory: DataDirectory, _ fileSystem: any FileSystem) {
    self.directory = directory
    self.fileSystem = fileSystem
  }

  /// As it is now: the committer may have given the plain file another one's place, or made it.
  func text(of name: LogFileName) throws(SystemError) -> LogText {
    let identity = fileSystem.identity(directory.path(of: name))
    if let known = open[name], known.identity == identity { return known.text }
    let text = try LogText.open(name, in: directory, on: fileSystem, cache: cache).text
    open[name] = (text, fileSystem.identity(directory.path(of: name)))
    return text
  }
}
