import Records

/// For who reads the index file on a connection of their own, beside the commits.
extension ExampleIndex {
  /// To be asked for before the file is read on another connection, and given back after. False where that can be spared.
  func beginScan(_ query: IDQuery) throws(DatabaseError) -> Bool {
    var mayHold = true
    if case .users(let users) = query {
      mayHold = false
      for user in users where try knows(user: user) { mayHold = true }
    }
    scans += 1
    return mayHold
  }

  func endScan() {
    scans -= 1
    if scans == 0 { savedMeanwhile = [] }
  }

  /// Records that a scan which is not over yet may have missed.
  func idsBeyondScan(_ query: IDQuery) -> [ExampleID] {
    let planned = saving.map { Array($0.changes.rows.values) } ?? []
    return (Array(unsaved.rows.values) + planned + savedMeanwhile).filter(query.matches).map(\.id)
  }
}
