import CVector

/// What begins with three given bytes: key words, and tokens whose dispatch is by them. A hash table, and in front of it
/// a bitmap, which refuses most places with one look (`cv_may_begin`).
struct HeadTable: Sendable {
  /// The words and rows of one head: ranges of the tables of `CompiledRules`.
  struct Entry: Sendable {
    /// Folded; `HeadTable.free` where the slot is.
    var head = HeadTable.free
    var words: Range<UInt16> = 0..<0
    var tokens: Range<UInt16> = 0..<0
    var led: Range<UInt16> = 0..<0
    /// The lower five bits of the letters that are the fourth of one of its words.
    var fourths: UInt32 = .max

    /// Whether one of the words may go on with this byte: a letter, or what separates the parts of a word.
    @inline(__always)
    func mayGoOn(_ byte: UInt8) -> Bool {
      fourths >> UInt32(byte & 31) & 1 == 1 || byte == 0x20 || byte == 0x2D || byte == 0x5F
    }
  }

  /// No three bytes are this.
  static let free = UInt32.max

  private var slots: [Entry]
  private var bitmap: [UInt64]
  private let shift: UInt32
  /// Every place has the last slot: dispatch without a filter.
  private let isOpen: Bool

  /// - Parameter everything: what every place may be, where there is no filter.
  init(_ entries: [Entry], of everything: Entry?) {
    var bits: UInt32 = 8
    while 1 << bits < entries.count * 4 { bits += 1 }
    shift = 32 - bits
    isOpen = everything != nil
    slots = [Entry](repeating: Entry(), count: 1 << Int(bits))
    bitmap = [UInt64](repeating: isOpen ? .max : 0, count: 256)
    for entry in entries where !isOpen {
      let place = cv_head_place(entry.head)
      bitmap[Int(place >> 6)] |= 1 << UInt64(place & 63)
      var slot = Int(HeadTable.hash(entry.head) >> shift)
      while slots[slot].head != HeadTable.free { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = entry
    }
    if let everything { slots[slots.count - 1] = everything }
  }

  /// The first three bytes of the four, in one case of letters. Other bytes may fall together: who asks compares.
  @inline(__always)
  static func fold(_ quad: UInt32) -> UInt32 { cv_fold_head(quad) }

  @inline(__always)
  private static func hash(_ head: UInt32) -> UInt32 { head &* 0x9E37_79B1 }

  /// The table as plain memory.
  struct Entries {
    fileprivate let slots: UnsafePointer<Entry>
    fileprivate let last: Int
    /// A bit for each value of `cv_head_place`.
    let bitmap: UnsafePointer<UInt64>
    fileprivate let shift: UInt32
    fileprivate let isOpen: Bool

    @inline(__always)
    func entry(_ head: UInt32) -> Entry? {
      if isOpen { return slots[last] }
      // Three quarters of the slots are free, so the search ends.
      var slot = Int(HeadTable.hash(head) >> shift)
      while slots[slot].head != head {
        if slots[slot].head == HeadTable.free { return nil }
        slot = (slot + 1) & last
      }
      return slots[slot]
    }
  }

  func withEntries<Result>(_ body: (Entries) -> Result) -> Result {
    slots.withUnsafeBufferPointer { slots in
      bitmap.withUnsafeBufferPointer { bitmap in
        // Neither is ever empty.
        body(
          Entries(
            slots: slots.baseAddress!, last: slots.count - 1, bitmap: bitmap.baseAddress!, shift: shift, isOpen: isOpen)
        )
      }
    }
  }
}
