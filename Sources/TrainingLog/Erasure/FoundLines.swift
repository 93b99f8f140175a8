/// What an erasure has found in the files of the log and is about to remove.
package struct FoundLines {
  struct File {
    let name: LogFileName
    let text: LogText
    /// The end of what was looked at.
    let synced: Int
    let sieve: LineSieve
  }

  private(set) var files: [File] = []
  package internal(set) var counts = ErasureCounts()

  mutating func add(_ file: File) {
    files.append(file)
    counts.bytes += file.sieve.removedBytes
    switch file.name {
    case .feedback: counts.feedback += file.sieve.lines
    case .comments: counts.comments += file.sieve.lines
    case .corrections: counts.corrections += file.sieve.lines
    case .conversations, .pending, .erasures, .consent, .inherited: break
    }
  }
}
