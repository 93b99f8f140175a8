import CVector

/// One pass over one text: finds the spans to remove, left to right, none over another.
///
/// Linear time by construction: a byte is looked at once by the dispatch; a rule that looks further is bounded by a
/// window, stops at bytes that its own trigger needs, or remembers how far it has read (`Notes`).
///
/// Four words, which calls pass in registers: all that changes is kept in the notes.
struct Scan {
  struct Span {
    let start: Int
    let end: Int
    let type: RedactionType
  }

  static let setLimit = 64

  /// Valid for the life of the scan, which never leaves the closure that lent it; the rules and the notes too.
  let bytes: Bytes
  let rules: UnsafePointer<CompiledRules.Tables>
  let notes: UnsafeMutablePointer<Notes>

  /// End of the last span or placeholder: nothing before it may be claimed.
  @inline(__always)
  var claimed: Int {
    get { notes.pointee.claimed }
    nonmutating set { notes.pointee.claimed = newValue }
  }

  /// The spans in `bytes`, or only those that begin in `windows`, where alone it was changed since it was last scanned;
  /// ascending and disjoint.
  ///
  /// A text with look-alikes is scanned in a copy that has them undone.
  static func spans(
    in bytes: UnsafeBufferPointer<UInt8>, by rules: CompiledRules, undoing disguise: inout Disguise,
    windows: [Range<Int>]? = nil
  ) -> [Span] {
    guard disguise.undo(bytes, changedIn: windows) else { return plainSpans(in: bytes, by: rules, windows: windows) }
    let windows = windows.map(disguise.copies)
    return disguise.originals(
      disguise.bytes.withUnsafeBufferPointer { plainSpans(in: $0, by: rules, windows: windows) })
  }

  private static func plainSpans(
    in bytes: UnsafeBufferPointer<UInt8>, by rules: CompiledRules, windows: [Range<Int>]?
  ) -> [Span] {
    rules.withTables { tables in
      withUnsafePointer(to: tables) { tables in
        withUnsafeTemporaryAllocation(of: Notes.Run.self, capacity: Notes.runs) { runs in
          runs.initialize(repeating: (0, 0))
          var notes = Notes(runs: runs)
          return withUnsafeMutablePointer(to: &notes) { notes in
            let scan = Scan(bytes: Bytes(bytes), rules: tables, notes: notes)
            for window in windows ?? [0..<bytes.count] { scan.run(from: window.lowerBound, to: window.upperBound) }
            return notes.pointee.spans
          }
        }
      }
    }
  }

  /// Finds what begins in `start..<limit`.
  func run(from start: Int, to limit: Int) {
    var index = max(start, claimed)
    notes.pointee.lastColon = index
    var before = index == 0 ? 0x20 : index == claimed ? 0x61 : Int(at(index - 1))
    while index < limit {
      let (place, mask) = nextPlace(from: index, to: limit, behind: before)
      guard mask != 0 else { return }
      let next = visit(place, mask)
      if next > place + 1 {
        // After an escape the next byte begins a word, whatever letter the escape ended in. After a claim, as
        // after a placeholder, it does not: the second scrubbing must see what the first one saw.
        before = next == claimed ? 0x61 : 0x20
      } else {
        before = Int(at(place))
      }
      index = next
    }
  }

  /// The next place where the tables let a rule match, and the rules; `before` stands for the byte before `start`.
  @inline(__always)
  private func nextPlace(from start: Int, to limit: Int, behind before: Int) -> (place: Int, mask: UInt64) {
    let table = rules.pointee.dispatch
    var (index, before) = (start, before)
    // Up to here the byte itself and the three that follow are there to be read.
    let inner = min(limit, bytes.count - 3)
    if index < inner {
      let bitmap = rules.pointee.heads.bitmap
      let next = cv_next(table, bitmap, Bucket.headedBits, bytes.base, index, inner, UInt32(truncatingIfNeeded: before))
      if next.mask != 0 { return (next.place, next.mask) }
      index = inner
      before = Int(bytes.base[index - 1])
    }
    while index < limit {
      let byte = Int(at(index))
      let mask = table[before] & table[256 + byte] & table[512 + Int(at(index + 1))] & table[768 + Int(at(index + 2))]
      if mask != 0 { return (index, mask) }
      before = byte
      index += 1
    }
    return (limit, 0)
  }

  /// Tries the rules of the buckets in `mask` at `index`; returns where to go on.
  private func visit(_ index: Int, _ mask: UInt64) -> Int {
    var rest = mask
    var entry = HeadTable.Entry()
    if rest & Bucket.headedBits != 0 {
      if let known = rules.pointee.heads.entry(HeadTable.fold(bytes.quad(at: index))) {
        entry = known
      } else {
        rest &= ~Bucket.headedBits
      }
    }
    while rest != 0 {
      let bucket = rest.trailingZeroBitCount
      rest &= rest - 1
      let found: Bool
      if let recognizer = Recognizer(rawValue: bucket) {
        found = recognize(recognizer, at: index)
      } else if bucket == Bucket.escape {
        let end = endOfEscape(index)
        // Mere backslashes: the last of them may begin a path.
        return at(end - 1) == 0x5C ? max(index + 1, end - 1) : end
      } else if bucket == Bucket.placeholder {
        guard let end = endOfPlaceholder(index) else { continue }
        // Never back: the placeholder may stand before what a command has had claimed ahead.
        claimed = max(claimed, end)
        return claimed
      } else if bucket < Bucket.words.upperBound {
        rest &= ~Bucket.wordBits
        found = entry.mayGoOn(at(index + 3)) && spokenSecret(at: index, among: entry.words)
      } else if bucket < Bucket.tokens.upperBound {
        rest &= ~Bucket.tokenBits
        found = matchTokens(Int(entry.tokens.lowerBound)..<Int(entry.tokens.upperBound), at: index)
      } else if bucket < Bucket.led.upperBound {
        rest &= ~Bucket.ledBits
        found = matchTokens(Int(entry.led.lowerBound)..<Int(entry.led.upperBound), at: index)
      } else {
        found = matchTokens(rules.pointee.wide[bucket - Bucket.wide.lowerBound], at: index)
      }
      if found { break }
    }
    // A rule that found nothing itself may have had scanned what follows.
    return max(claimed, index + 1)
  }

  private func recognize(_ recognizer: Recognizer, at index: Int) -> Bool {
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
    case .literal: literal(at: index)
    case .credentialPair: credentialPair(at: index)
    }
  }

  /// Takes `start..<end` out, unless it is empty or reaches into what was taken already.
  func claim(_ start: Int, _ end: Int, _ type: RedactionType) -> Bool {
    guard start < end, start >= claimed, end <= bytes.count else { return false }
    notes.pointee.spans.append(Span(start: start, end: end, type: type))
    claimed = end
    return true
  }

  /// The byte at `index`, or 0 outside the text.
  @inline(__always)
  func at(_ index: Int) -> UInt8 { bytes[index] }
}
