import Records

/// What the index file says of the log, as of one moment: about 48 bytes a record.
struct IndexSnapshot {
  struct Row {
    let id: ExampleID
    /// In the file as it is (physical).
    let offset: Int
    let length: Int32
    let crc: UInt32
    let score: Int8
    let hasComment: Bool
    let isCorrected: Bool
  }

  /// In the order of ids.
  let rows: [Row]
  /// Places in `rows`, in the order of offsets.
  let places: [Day: [Int32]]
  /// Bytes that the index has seen of each file.
  let bytes: [String: Int]
  /// Files that somebody was changing when the index was last saved: what it has of them may be of their earlier form.
  let doubted: Set<String>
  /// Of ratings, comments and corrections, in the order of each file.
  let lines: [LogFileName: [LineChecksum]]
  /// Names of the counters that are not what the rows add up to.
  let wrongCounters: [String]

  init(path: String) throws(DatabaseError) {
    let file = try IndexFile(reading: path)
    var gone: [Day: RemovedRanges] = [:]
    let removed = try file.removed()
    for (name, ranges) in removed { if case .conversations(let day) = LogFileName(name) { gone[day] = ranges } }
    var rows: [Row] = []
    var places: [Day: [Int32]] = [:]
    var recount = TallyRecount()
    try file.forEachRow { row in
      places[row.day, default: []].append(Int32(rows.count))
      rows.append(
        Row(
          id: row.id, offset: gone[row.day]?.physical(row.offset) ?? row.offset, length: Int32(clamping: row.length),
          crc: row.crc,
          score: Int8(clamping: row.score), hasComment: row.hasComment, isCorrected: row.isCorrected))
      recount.add(row)
    }
    for day in Array(places.keys) { places[day]?.sort { rows[Int($0)].offset < rows[Int($1)].offset } }
    self.rows = rows
    self.places = places
    let seen = try file.files()
    bytes = seen.filter { $0.value != .max }
    doubted = Set(seen.filter { $0.value == .max }.keys)
    var lines: [LogFileName: [LineChecksum]] = [:]
    for name in [LogFileName.feedback, .comments, .corrections] {
      let ranges = removed[name.name] ?? RemovedRanges()
      lines[name] = try file.lines(of: name).map { LineChecksum(offset: ranges.physical($0.offset), crc: $0.crc) }
    }
    self.lines = lines
    wrongCounters = recount.differences(from: try file.tallies())
  }

  /// The place of an example in `rows`.
  func place(of id: ExampleID) -> Int? {
    var (low, high) = (0, rows.count)
    while low < high {
      let middle = (low + high) / 2
      if rows[middle].id < id { low = middle + 1 } else { high = middle }
    }
    return low < rows.count && rows[low].id == id ? low : nil
  }
}

/// The books made anew from the rows, to compare them with those that were kept.
struct TallyRecount {
  private var tallies = Tallies()
  private var users: Set<UInt64> = []
  private var sessions: Set<UInt64> = []
  private var twins = Twins()
  private var twinsSeen: Set<UInt64> = []
  private let rules = QualityRules()

  /// The counters of the whole that rows tell; others may be kept for other reasons.
  private static let totals: Set = ["all", "users", "sessions", "comments", "corrections", "eligible"]

  mutating func add(_ row: ExampleRow) {
    tallies.add(row, times: 1, rules: rules)
    if users.insert(row.user).inserted { tallies.add(Tally(conversations: 1), to: .total, "users") }
    if sessions.insert(row.session).inserted { tallies.add(Tally(conversations: 1), to: .total, "sessions") }
    guard row.reason(rules) == nil else { return }
    twins.add(.init(score: row.score, id: row.id, day: row.day), to: row.twin)
    twinsSeen.insert(row.twin)
  }

  func differences(from kept: Tallies) -> [String] {
    var counted = tallies
    for twin in twinsSeen { counted.addKeeper(on: twins.keeper(of: twin)?.day, times: 1) }
    return Set(counted.lines.keys).union(kept.lines.keys)
      .filter { key in
        (key.kind != .total || Self.totals.contains(key.name)) && counted.lines[key] != kept.lines[key]
      }
      .map { key in
        // Names of the other kinds come from clients.
        switch key.kind {
        case .total, .day, .score, .leftOut: "\(key.kind) \(key.name)"
        default: "\(key.kind)"
        }
      }
      .sorted()
  }
}
