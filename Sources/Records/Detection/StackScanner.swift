/// The one pass over a text: lines, fences, and the words of each line looked up in the table of clues.
struct StackScanner {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let slots: UnsafeBufferPointer<UInt16>
  private let hashes: UnsafeBufferPointer<UInt64>
  private let roles: UnsafeBufferPointer<UInt64>
  private let keys: UnsafeBufferPointer<UInt64>
  private let shapes: UnsafeBufferPointer<UInt16>
  private let masks: TextMasks
  /// The mark of the open fence, 0 outside.
  private var fence: UInt8 = 0
  /// Whether clues may name a language here; inside a fence that names its own they may not.
  private var namesLanguage = true
  private var shape = LineShape()

  static func scan(_ bytes: UnsafeBufferPointer<UInt8>, into scores: inout StackScores) {
    let table = ClueTable.shared
    table.slots.withUnsafeBufferPointer { slots in
      table.hashes.withUnsafeBufferPointer { hashes in
        table.roles.withUnsafeBufferPointer { roles in
          table.keys.withUnsafeBufferPointer { keys in
            table.shapes.withUnsafeBufferPointer { shapes in
              TextMasks.with(bytes) { masks in
                var scanner = StackScanner(
                  bytes: bytes, masks: masks, slots: slots, hashes: hashes, roles: roles, keys: keys, shapes: shapes)
                scanner.run(table, &scores)
              }
            }
          }
        }
      }
    }
  }

  private init(
    bytes: UnsafeBufferPointer<UInt8>, masks: TextMasks, slots: UnsafeBufferPointer<UInt16>,
    hashes: UnsafeBufferPointer<UInt64>, roles: UnsafeBufferPointer<UInt64>, keys: UnsafeBufferPointer<UInt64>,
    shapes: UnsafeBufferPointer<UInt16>
  ) {
    self.masks = masks
    self.roles = roles
    self.keys = keys
    self.shapes = shapes
    self.bytes = bytes
    self.slots = slots
    self.hashes = hashes
  }

  private mutating func run(_ table: ClueTable, _ scores: inout StackScores) {
    var start = 0
    while start < bytes.count {
      let end = masks.lineEnd(from: start)
      var first = start
      while first < end, bytes[first] == 0x20 || bytes[first] == 0x09 { first += 1 }
      var last = end
      while last > first, bytes[last - 1] == 0x20 || bytes[last - 1] == 0x0D || bytes[last - 1] == 0x09 { last -= 1 }
      if first == last {
        if fence == 0 { shape.settle(into: &scores) }
      } else if !toggleFence(first, last, &scores) {
        if namesLanguage { shape.add(bytes, line: start, first, last) }
        words(first, last, table, &scores)
      }
      start = end + 1
    }
    shape.settle(into: &scores)
  }

  /// Whether the line opens or closes a fence (CommonMark 0.31, section 4.5, with any indentation).
  private mutating func toggleFence(_ first: Int, _ last: Int, _ scores: inout StackScores) -> Bool {
    let mark = bytes[first]
    guard mark == UInt8(ascii: "`") || mark == UInt8(ascii: "~"), last - first >= 3,
      bytes[first + 1] == mark, bytes[first + 2] == mark
    else { return false }
    var index = first + 3
    while index < last, bytes[index] == mark { index += 1 }
    if fence != 0 {
      guard fence == mark, index == last else { return false }
      fence = 0
      namesLanguage = true
      shape.settle(into: &scores)
      return true
    }
    fence = mark
    shape.settle(into: &scores)
    while index < last, bytes[index] == 0x20 { index += 1 }
    var info: [UInt8] = []
    while index < last, info.count < 20, Self.isInfo(bytes[index]) {
      info.append(bytes[index] &- 0x41 < 26 ? bytes[index] | 0x20 : bytes[index])
      index += 1
    }
    let name = String(decoding: info, as: UTF8.self)
    guard let language = StackLanguage.fence(name) else { return true }
    if name == "vue" || name == "svelte" {
      // Single-file components hold JavaScript or TypeScript; their script tag says which.
      scores.content[StackLanguage.javascript.rawValue] += 8
      scores.frameworks[(name == "vue" ? StackFramework.vue : .svelte).rawValue] += 6
      return true
    }
    let points = language.isCompanion ? 8 : 14
    // Two fences of one language outweigh one of another, but no number of short ones runs away with it.
    scores.fenced[language.rawValue] = min(scores.fenced[language.rawValue] + points, points * 2)
    namesLanguage = false
    switch name {
    case "jsx", "tsx": scores.frameworks[StackFramework.react.rawValue] += 3
    case "blade": scores.frameworks[StackFramework.laravel.rawValue] += 6
    case "heex": scores.frameworks[StackFramework.phoenix.rawValue] += 6
    default: break
    }
    return true
  }

  private static func isInfo(_ byte: UInt8) -> Bool {
    ClueKey.isWord(byte) || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "#") || byte == UInt8(ascii: "-")
  }

  private func words(_ first: Int, _ last: Int, _ table: ClueTable, _ scores: inout StackScores) {
    var index = first
    var previous: UInt64 = 0
    var previousEnd = -1
    var previousOpens = false
    var lineFirst: UInt64 = 0
    // What parts the word before, and the line's first word, have in clues.
    var (previousRoles, lineFirstRoles): (UInt64, UInt64) = (0, 0)
    if bytes[first] == UInt8(ascii: "$"), bytes[last - 1] == UInt8(ascii: ";") {
      lookMarks("$", ";", table, &scores)
    }
    while true {
      let start = masks.event(from: index, to: last)
      if start == last { return }
      guard let end = masks.wordEnd(from: start) else {
        if start + 1 < last {
          marks(start, last, afterFirst: previousOpens && previousEnd == start - 1, table, &scores)
        }
        index = start + 1
        continue
      }
      let word = ClueKey.word(in: bytes, from: start, to: end, line: last)
      index = word.end
      let opens = start == first
      let roles = roles(of: word.hash)
      let follows = roles & (previousRoles | lineFirstRoles) >> 1 & ClueTable.Role.second
      if roles & ClueTable.Role.alone | follows != 0 {
        // In bounds: there is an entry for every slot.
        let shapes = shapes[ClueTable.slot(of: word.hash)]
        if shapes.has(.word) { look(.word, word.hash, 0, 0, table, &scores) }
        if opens {
          if shapes.has(.lineWord) { look(.lineWord, word.hash, 0, 0, table, &scores) }
          if shapes.has(.lineEnd) { look(.lineEnd, word.hash, UInt64(bytes[last - 1]), 0, table, &scores) }
        }
        if shapes.has(.prefix), start > first {
          var mark = bytes[start - 1]
          if mark == 0x20, start - 2 >= first, Self.keepsSpace(bytes[start - 2]) { mark = bytes[start - 2] }
          if mark != 0x20 { look(.prefix, word.hash, UInt64(mark), 0, table, &scores) }
        }
        if shapes.has(.suffix), index < last {
          var mark = bytes[index]
          if mark == 0x20, index + 1 < last { mark = bytes[index + 1] }
          if !ClueKey.isWord(mark) { look(.suffix, word.hash, UInt64(mark), 0, table, &scores) }
        }
        if follows != 0 {
          let gap = start - previousEnd
          if gap <= 3, shapes.has(.pair) || shapes.has(.linePair) {
            var separator: UInt64 = 0
            for position in previousEnd..<start { separator = separator << 8 | UInt64(bytes[position]) }
            look(.pair, word.hash, separator, previous, table, &scores)
            if previousOpens { look(.linePair, word.hash, separator, previous, table, &scores) }
          }
          if shapes.has(.firstOfLine) { look(.firstOfLine, word.hash, 0, lineFirst, table, &scores) }
        }
      }
      if previousEnd < 0 { (lineFirst, lineFirstRoles) = (word.hash, roles) }
      (previous, previousRoles) = (word.hash, roles)
      previousEnd = index
      previousOpens = opens
    }
  }

  /// Two punctuation marks at `index`, which is below `last - 1`; and what they mean after the first word of a line:
  /// `<~` for an assignment by arrow, `:>` for a signature with an arrow further on.
  private func marks(
    _ index: Int, _ last: Int, afterFirst: Bool, _ table: ClueTable, _ scores: inout StackScores
  ) {
    let (byte, next) = (bytes[index], bytes[index + 1])
    look(.marks, 0, UInt64(byte) << 8 | UInt64(next), 0, table, &scores)
    guard afterFirst, bytes[index - 1] == 0x20, index + 2 < last, bytes[index + 2] == 0x20 else { return }
    if byte == UInt8(ascii: "<"), next == UInt8(ascii: "-") { lookMarks("<", "~", table, &scores) }
    if byte == UInt8(ascii: ":"), next == UInt8(ascii: ":") {
      var rest = index + 3
      while rest + 1 < last {
        if bytes[rest] == UInt8(ascii: "-"), bytes[rest + 1] == UInt8(ascii: ">") {
          return lookMarks(":", ">", table, &scores)
        }
        rest += 1
      }
    }
  }

  private func lookMarks(
    _ first: Unicode.Scalar, _ second: Unicode.Scalar, _ table: ClueTable, _ scores: inout StackScores
  ) {
    look(.marks, 0, UInt64(first.value) << 8 | UInt64(second.value), 0, table, &scores)
  }

  private static func keepsSpace(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ":") || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "$")
  }

  /// What parts a word has in clues; now and then of another word too.
  @inline(__always)
  private func roles(of word: UInt64) -> UInt64 {
    // In bounds: the table has four bits for every place.
    let at = ClueTable.filterPlace(word)
    return roles[at >> 4] >> UInt64(4 * (at & 15)) & 15
  }

  @inline(__always)
  private func look(
    _ kind: ClueKey.Shape, _ word: UInt64, _ mark: UInt64, _ before: UInt64, _ table: ClueTable,
    _ scores: inout StackScores
  ) {
    let hash = ClueKey.hash(kind, word, mark: mark, before: before)
    let at = ClueTable.filterPlace(hash)
    if keys[at >> 6] >> UInt64(at & 63) & 1 == 0 { return }
    var slot = ClueTable.slot(of: hash)
    while slots[slot] != 0 {
      let clue = Int(slots[slot]) - 1
      if hashes[clue] == hash {
        count(clue, table, &scores)
        return
      }
      slot = (slot + 1) & (slots.count - 1)
    }
  }

  @inline(never)
  private func count(_ clue: Int, _ table: ClueTable, _ scores: inout StackScores) {
    guard scores.seen[clue] < 2 else { return }
    scores.seen[clue] += 1
    for vote in table.votes[table.starts[clue]..<table.starts[clue + 1]] {
      if vote.subject >= StackLanguage.names.count {
        scores.frameworks[vote.subject - StackLanguage.names.count] += vote.points
      } else if namesLanguage {
        scores.content[vote.subject] += vote.points
      }
    }
  }
}

extension UInt16 {
  @inline(__always)
  fileprivate func has(_ shape: ClueKey.Shape) -> Bool { self >> UInt16(truncatingIfNeeded: shape.rawValue) & 1 != 0 }
}
