import Posix
import Records

/// The derived index: where each record stands, its latest rating, and the books of the statistics.
///
/// Memory is what answers of the books, and of what was changed lately: rows, counts of users and sessions, groups of
/// twins; the file has the rest. It follows in larger transactions (`save`), always as of one point of the log, so that a
/// start after a crash reads on from there. A transaction for each commit cost more than the whole commit besides. Used by
/// the committer alone, but for the connection of `saver`.
final class ExampleIndex {
  private(set) var file: IndexFile
  let rules: QualityRules
  var tallies: Tallies
  var tables: KeyTables
  var twins: TwinGroups
  /// nil where nobody asks.
  private var groupUsers: GroupUsers?
  private var fileBytes: [String: Int]
  private var removed: [String: RemovedRanges]
  private var doubted: Set<String> = []
  /// By the name of the file.
  private(set) var damages: [String: [KnownDamage]]
  var unsaved = IndexFile.Changes()
  private(set) var isFrozen = false
  /// Somebody reads the file on a connection of their own: so many, and the rows that have come into it since the first.
  var scans = 0
  var savedMeanwhile: [ExampleRow] = []
  /// Of each day of which that is known without looking for it.
  var lastLines = LastLines()
  /// No row of the file has a greater id.
  var newestSaved: ExampleID?
  /// The save that is being written, or could not be.
  var saving: IndexSave?
  /// nil for an index that is being made.
  private(set) var saver: IndexSaver?
  /// Pages that it has written since it emptied the write-ahead log.
  var walPages = 0

  /// Throws for a file that is no index of this version; the caller sets it aside and starts a new one.
  ///
  /// - Parameters:
  ///   - countsGroups: whether `tallies.users` is kept.
  ///   - freshMin: keys in memory (`KeyTables`).
  convenience init(
    path: String, rules: QualityRules, countsGroups: Bool = false, freshMin: Int = standardFreshMin
  ) throws(DatabaseError) {
    try self.init(IndexFile(path: path), rules, countsGroups, freshMin: freshMin)
    // Now: later the name may be another file's.
    saver = IndexSaver(try IndexFile(beside: path))
  }

  /// A new one that is going to be moved to its place when it is complete (`move`).
  convenience init(making path: String, rules: QualityRules, countsGroups: Bool) throws(DatabaseError) {
    try self.init(IndexFile(making: path), rules, countsGroups, freshMin: Self.freshMinOfMaking, hasJournal: false)
  }

  /// Keys in memory: 1 MB of them, and more than that where many come at once.
  static let standardFreshMin = 1 << 16
  private static let freshMinOfMaking = 1 << 20

  private init(
    _ file: IndexFile, _ rules: QualityRules, _ countsGroups: Bool, freshMin: Int, hasJournal: Bool = true
  ) throws(DatabaseError) {
    self.rules = rules
    self.file = file
    groupUsers = countsGroups ? GroupUsers() : nil
    tallies = try file.tallies()
    fileBytes = try file.files()
    removed = try file.removed()
    damages = try file.damages()
    tables = try KeyTables(file, freshMin: freshMin, hasJournal: hasJournal)
    twins = TwinGroups(tables.twins)
    newestSaved = try file.newestID()
    lastLines = try file.lastLines(of: fileBytes.keys.compactMap { LogFileName($0)?.day })
    if countsGroups { try file.forEachRow { countGroups($0, times: 1) } }
  }

  /// Bytes of the file that the index has seen; 0 for one it does not know.
  func bytes(of file: LogFileName) -> Int { fileBytes[file.name] ?? 0 }

  var knownFiles: [String] { Array(fileBytes.keys) }
  /// That the file does not have, as far as is known.
  var unsavedRows: Int { unsaved.rows.count + (saving?.changes.rows.count ?? 0) }

  /// What is gone from a file; rows and checksums name their places as if it was not (logical offsets).
  func removed(from file: LogFileName) -> RemovedRanges {
    // Mostly there is nothing, and the name is a String to be made.
    removed.isEmpty ? RemovedRanges() : removed[file.name] ?? RemovedRanges()
  }

  /// Where the line of a record stands in its file; nil where that part of it is gone.
  func offset(of row: ExampleRow) -> Int? {
    let removed = removed(from: .conversations(row.day))
    return removed.contains(row.offset) ? nil : removed.physical(row.offset)
  }

  /// - Parameter lines: what was appended, by logical offsets.
  func setBytes(_ bytes: Int, of file: LogFileName, lines: [LineChecksum] = []) {
    fileBytes[file.name] = bytes
    unsaved.files[file.name] = doubted.contains(file.name) ? .max : bytes
    unsaved.forgotten.remove(file.name)
    unsaved.lines.add(lines, to: file)
  }

  /// What could not be read of a file, beside what is known of it already. Saved with the next `setBytes`.
  func add(_ found: [KnownDamage], to file: LogFileName) {
    let known = damages[file.name] ?? []
    let new = found.filter { !known.contains($0) }
    if !new.isEmpty { setDamages(known + new, of: file) }
  }

  private func setDamages(_ list: [KnownDamage], of file: LogFileName) {
    guard list != damages[file.name] ?? [] else { return }
    damages[file.name] = list.isEmpty ? nil : list
    unsaved.lines.damages[file.name] = list
  }

  /// A file is going to be removed.
  func forget(_ file: LogFileName) {
    setDamages([], of: file)
    fileBytes[file.name] = nil
    removed[file.name] = nil
    unsaved.files[file.name] = nil
    unsaved.ranges[file.name] = nil
    unsaved.forgotten.insert(file.name)
  }

  /// A file was written anew without these lines.
  ///
  /// - Parameters:
  ///   - ranges: logical; whole lines with their LF.
  ///   - bytes: of the new file.
  func cut(_ ranges: [RemovedRanges.Range], from file: LogFileName, leaving bytes: Int) {
    setBytes(bytes, of: file)
    removed[file.name] = removed(from: file).adding(ranges)
    unsaved.ranges[file.name] = removed[file.name]
    unsaved.lines.cut(ranges, from: file)
    let gone = RemovedRanges(ranges)
    setDamages((damages[file.name] ?? []).filter { !gone.contains($0.offset) }, of: file)
  }

  /// Memory is no longer true to the log: nothing more is saved, so that the file stays true to an earlier point of it.
  func freeze() { isFrozen = true }

  /// Saves; on the disk when it returns.
  func saveDurably() throws(DatabaseError) {
    try finishSave()
    try file.durably { () throws(DatabaseError) in try save() }
  }

  /// The file, in which everything is saved, gets another place. It is on the disk when this returns, its name is not.
  func move(from path: String, to place: String) throws {
    try finishSave()
    try file.write(IndexFile.Changes()) { () throws(DatabaseError) in _ = try tables.planAll().run(on: file) }
    try Descriptor.reading(path).synchronize()
    try Directories.rename(path, to: place)
    file = try IndexFile(path: place)
    tables = try KeyTables(file, freshMin: Self.standardFreshMin)
    twins = TwinGroups(tables.twins)
    saver = IndexSaver(try IndexFile(beside: place))
  }

  /// From now on a start makes the index anew, until the file is known again (`cut`, `save`). On the disk when it returns.
  func doubt(_ name: LogFileName) throws(DatabaseError) {
    // What is planned would end it.
    try finishSave()
    try file.durably { () throws(DatabaseError) in
      try file.write(IndexFile.Changes(files: [name.name: .max]))
    }
  }

  /// Saving changes nothing about the doubt until the next `setBytes`.
  func keepDoubting(_ name: LogFileName) { unsaved.files[name.name] = .max }

  /// Whatever is saved, the next start makes the index anew.
  func doubtForGood(_ name: LogFileName) { doubted.insert(name.name) }

  /// Brings everything into the index's main file and empties its write-ahead log; false while somebody is reading.
  func truncateLog() throws(DatabaseError) -> Bool {
    try finishSave()
    return try file.truncateLog()
  }

  func row(_ id: ExampleID) throws(DatabaseError) -> ExampleRow? {
    if let row = unsaved.rows[id] { return row }
    if unsaved.removed.contains(id) { return nil }
    if let row = saving?.changes.rows[id] { return row }
    if saving?.changes.removed.contains(id) == true { return nil }
    guard let newestSaved, id <= newestSaved else { return nil }
    return try file.row(id)
  }

  /// Adds a record; false when the id is known already (a line read twice counts once).
  @discardableResult
  func insert(_ row: ExampleRow) throws(DatabaseError) -> Bool {
    guard try self.row(row.id) == nil else { return false }
    unsaved.rows[row.id] = row
    lastLines.add(row)
    tallies.add(row, times: 1, rules: rules)
    countGroups(row, times: 1)
    try note(row)
    return true
  }

  /// Replaces what is known of an example, the books in step.
  func update(_ old: ExampleRow, to new: ExampleRow) throws(DatabaseError) {
    guard old != new else { return }
    unsaved.rows[new.id] = new
    tallies.add(old, times: -1, rules: rules)
    tallies.add(new, times: 1, rules: rules)
    try moveTwin(old, to: new)
  }

  func updateAll(_ change: (inout ExampleRow) -> Void) throws(DatabaseError) {
    try save()
    var changed: [(old: ExampleRow, new: ExampleRow)] = []
    try file.forEachRow { row in
      var new = row
      change(&new)
      if new != row { changed.append((row, new)) }
    }
    for (old, new) in changed { try update(old, to: new) }
  }

  /// Forgets all records of which this is true.
  func removeAll(where isGone: (ExampleID) -> Bool) throws(DatabaseError) {
    try removeRows { isGone($0.id) }
  }

  /// Forgets the records of a day that stand at this place or behind it (logical offset).
  func removeAll(ofDay day: Day, from offset: Int) throws(DatabaseError) {
    try removeRows { $0.day == day && $0.offset >= offset }
  }

  private func removeRows(where isGone: (ExampleRow) -> Bool) throws(DatabaseError) {
    try save()
    var gone: [ExampleRow] = []
    try file.forEachRow { row in if isGone(row) { gone.append(row) } }
    for row in gone { try removeNoted(row) }
    try save()
  }

  /// Forgets a record, the books in step; where they cannot be kept, nothing more is saved.
  func remove(_ row: ExampleRow) {
    do { try removeNoted(row) } catch { freeze() }
  }

  private func removeNoted(_ row: ExampleRow) throws(DatabaseError) {
    unsaved.rows[row.id] = nil
    unsaved.removed.insert(row.id)
    unsaved.obsoleteLabels.insert(row.labels)
    lastLines.remove(row)
    tallies.add(row, times: -1, rules: rules)
    countGroups(row, times: -1)
    try forget(row)
  }

  /// Names that no record has any more may be a client's words, and go with it.
  func isObsolete(_ labels: ExampleRow.Labels) -> Bool {
    [
      (TallyKey.Kind.language, labels.language), (.framework, labels.framework), (.complexity, labels.complexity),
      (.model, labels.model), (.variant, labels.variant),
    ].contains { kind, name in !name.isEmpty && tallies[kind, name].conversations == 0 }
  }

  private func countGroups(_ row: ExampleRow, times sign: Int) {
    for (key, users) in groupUsers?.add(row, times: sign) ?? [] { tallies.users[key] = users == 0 ? nil : users }
  }
}
