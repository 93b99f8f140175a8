/// One pass over one text: finds the spans to remove, left to right, none over another.
///
/// Linear time by construction: a byte is looked at once by the dispatch; a rule that looks further is bounded by a
/// window, stops at bytes that its own trigger needs, or remembers how far it has read (`runEnds`).
struct Scan {
  struct Span {
    let start: Int
    let end: Int
    let type: RedactionType
  }

  static let setLimit = 64

  /// Valid for the life of the scan, which never leaves the closure that lent it.
  let bytes: Bytes
  let rules: UnsafePointer<CompiledRules.Tables>
  private(set) var spans: [Span] = []
  /// Where full-width letters or the like were seen, with what stands round them; ascending.
  var disguises: [Range<Int>] = []
  /// End of the last span or placeholder: nothing before it may be claimed.
  private(set) var claimed = 0
  /// The text between a command and its password is being scanned.
  var isNested = false
  /// For each set of the patterns: start and end of the run last measured. Inside it, the end is known without reading.
  private let runs: UnsafeMutableBufferPointer<(start: Int, end: Int)>

  private init(
    _ bytes: Bytes, _ rules: UnsafePointer<CompiledRules.Tables>,
    _ runs: UnsafeMutableBufferPointer<(start: Int, end: Int)>
  ) {
    self.bytes = bytes
    self.rules = rules
    self.runs = runs
  }

  /// The spans in `bytes`, or only those that begin in `windows`; ascending and disjoint.
  static func spans(
    in bytes: UnsafeBufferPointer<UInt8>, by rules: CompiledRules, windows: [Range<Int>]? = nil
  ) -> [Span] {
    scan(bytes, by: rules, windows) { scan in
      scan.disguises.isEmpty ? scan.spans : scan.undisguised(bytes, by: rules)
    }
  }

  /// The same for a text whose look-alikes are undone.
  static func plainSpans(in bytes: UnsafeBufferPointer<UInt8>, by rules: CompiledRules) -> [Span] {
    scan(bytes, by: rules, nil) { $0.spans }
  }

  private static func scan(
    _ bytes: UnsafeBufferPointer<UInt8>, by rules: CompiledRules, _ windows: [Range<Int>]?,
    _ result: (Scan) -> [Span]
  ) -> [Span] {
    rules.withTables { tables in
      withUnsafePointer(to: tables) { tables in
        withUnsafeTemporaryAllocation(of: (start: Int, end: Int).self, capacity: Scan.setLimit) { runs in
          runs.initialize(repeating: (0, 0))
          var scan = Scan(Bytes(bytes), tables, runs)
          for window in windows ?? [0..<bytes.count] { scan.run(from: window.lowerBound, to: window.upperBound) }
          return result(scan)
        }
      }
    }
  }

  /// Finds what begins in `start..<count`.
  mutating func run(from start: Int, to count: Int) {
    let table = rules.pointee.dispatch
    // `table` has 1,024 words and every index below is a byte plus 0, 256, 512 or 768.
    var index = max(start, claimed)
    var before = index == 0 ? 0x20 : index == claimed ? 0x61 : Int(bytes[index - 1])
    var first = Int(at(index))
    var second = Int(at(index + 1))
    while index < count {
      let third = Int(bytes[index + 2])
      let mask = table[before] & table[256 | first] & table[512 | second] & table[768 | third]
      if mask != 0 {
        let next = visit(index, mask)
        if next > index + 1 {
          // After an escape the next byte begins a word, whatever letter the escape ended in. After a claim, as
          // after a placeholder, it does not: the second scrubbing must see what the first one saw.
          before = next == claimed ? 0x61 : 0x20
          index = next
          first = Int(at(index))
          second = Int(at(index + 1))
          continue
        }
      }
      before = first
      first = second
      second = third
      index += 1
    }
  }

  /// Tries the rules of the buckets in `mask` at `index`; returns where to go on.
  private mutating func visit(_ index: Int, _ mask: UInt64) -> Int {
    var rest = mask
    while rest != 0 {
      let bucket = rest.trailingZeroBitCount
      rest &= rest - 1
      let found: Bool
      if let recognizer = Recognizer(rawValue: bucket) {
        found = recognize(recognizer, at: index)
      } else if bucket == CompiledRules.escapeBucket {
        if Disguise.escapedScalar(bytes, index) != nil { noteDisguise(at: index) }
        let end = endOfEscape(index)
        // Mere backslashes: the last of them may begin a path.
        return at(end - 1) == 0x5C ? max(index + 1, end - 1) : end
      } else if bucket == CompiledRules.placeholderBucket {
        guard let end = endOfPlaceholder(index) else { continue }
        claimed = end
        return end
      } else if bucket == CompiledRules.disguiseBucket {
        guard Disguise.begins(at(index), at(index + 1), at(index + 2)) else { continue }
        noteDisguise(at: index)
        continue
      } else if bucket < CompiledRules.firstTokenBucket {
        found = spokenSecret(at: index)
      } else {
        found = matchTokens(bucket, at: index)
      }
      if found { return max(claimed, index + 1) }
    }
    return index + 1
  }

  private mutating func recognize(_ recognizer: Recognizer, at index: Int) -> Bool {
    switch recognizer {
    case .address: address(at: index)
    case .assignment, .arrow: assignment(at: index)
    case .argument: argument(at: index)
    case .urlPassword: urlPassword(at: index)
    case .macAddress: macAddress(at: index)
    case .number: number(at: index)
    case .internationalPhone: internationalPhone(at: index)
    case .areaCodePhone: nationalPhone(at: index)
    case .pemKey: pemKey(at: index)
    case .homePath: homePath(at: index)
    case .bankAccount: bankAccount(at: index)
    case .commandPassword: commandPassword(at: index)
    case .element: element(at: index)
    case .spelledAddress: spelledAddress(at: index)
    case .letterID: letterID(at: index)
    case .dottedMac: dottedMac(at: index)
    case .listing: listing(at: index)
    case .credentialPair: credentialPair(at: index)
    }
  }

  /// Takes `start..<end` out, unless it is empty or reaches into what was taken already.
  mutating func claim(_ start: Int, _ end: Int, _ type: RedactionType) -> Bool {
    guard start < end, start >= claimed, end <= bytes.count else { return false }
    spans.append(Span(start: start, end: end, type: type))
    claimed = end
    return true
  }

  /// The byte at `index`, or 0 outside the text.
  @inline(__always)
  func at(_ index: Int) -> UInt8 { bytes[index] }

  /// The end of the run of bytes of `set` from `start`, measured once per run.
  mutating func runEnd(_ set: Int, from start: Int) -> Int {
    let known = runs[set]
    if start >= known.start, start < known.end { return known.end }
    var end = start
    let bit = UInt64(1) << UInt64(set)
    while end < bytes.count, rules.pointee.members[Int(bytes[end])] & bit != 0 { end += 1 }
    runs[set] = (start, end)
    return end
  }
}
