import Records

/// What one transaction writes, as of one point of the log: a value, so that it may be written beside the commits.
struct IndexSave: Sendable {
  let changes: IndexFile.Changes
  let keys: KeySave
  let twins: [UInt64: TwinGroups.Changes]
  let lastLines: [Day: PlacedLine?]
  let labels: LabelNumbers

  /// What memory takes over once it is in the file.
  struct Outcome: Sendable {
    let directories: [KeyDirectory]
    let labels: LabelNumbers
    /// So many pages have gone into the write-ahead log.
    let pages: Int
  }

  func run(on file: IndexFile) throws(DatabaseError) -> Outcome {
    file.labels = labels
    var directories: [KeyDirectory] = []
    try file.write(changes) { () throws(DatabaseError) in
      directories = try keys.run(on: file)
      try file.write(twins)
      try file.write(lastLines)
    }
    return Outcome(directories: directories, labels: file.labels, pages: file.takePagesWritten())
  }
}
