/// A key and what is kept under it; 0 where nothing is.
struct KeyEntry: Equatable {
  let key: UInt64
  let value: UInt64
}

/// Entries in the order of their keys, 16 bytes each, as a row of `key_pages` holds them.
enum KeyPage {
  /// That many still fit, with the rest of the row, on one leaf of a SQLite file (https://sqlite.org/fileformat2.html#b_tree_pages).
  static let entriesMax = 252
  /// Of pages that are made of more than one can hold, so that they do not have to be divided again soon.
  private static let entriesMade = 190

  /// What a page that is there has under a key.
  static func value(of key: UInt64, in page: UnsafeRawBufferPointer) -> UInt64 {
    var (low, high) = (0, page.count / MemoryLayout<KeyEntry>.stride)
    while low < high {
      let middle = (low + high) / 2
      let entry = entry(middle, in: page)
      if entry.key == key { return entry.value }
      if entry.key < key { low = middle + 1 } else { high = middle }
    }
    return 0
  }

  static func entries(in page: UnsafeRawBufferPointer) -> [KeyEntry] {
    (0..<page.count / MemoryLayout<KeyEntry>.stride).map { entry($0, in: page) }
  }

  private static func entry(_ index: Int, in page: UnsafeRawBufferPointer) -> KeyEntry {
    // In bounds: `loadUnaligned` checks it.
    page.loadUnaligned(fromByteOffset: index * MemoryLayout<KeyEntry>.stride, as: KeyEntry.self)
  }

  /// - Parameter changes: in order; of those without a value nothing is left.
  static func merge(_ entries: [KeyEntry], _ changes: [KeyEntry]) -> [KeyEntry] {
    var merged: [KeyEntry] = []
    merged.reserveCapacity(entries.count + changes.count)
    var next = 0
    for change in changes {
      while next < entries.count, entries[next].key < change.key {
        merged.append(entries[next])
        next += 1
      }
      if next < entries.count, entries[next].key == change.key { next += 1 }
      if change.value != 0 { merged.append(change) }
    }
    merged += entries[next...]
    return merged
  }

  /// Pages that hold these.
  static func divide(_ entries: [KeyEntry]) -> [ArraySlice<KeyEntry>] {
    guard entries.count > entriesMax else { return [entries[...]] }
    let pages = (entries.count + entriesMade - 1) / entriesMade
    return (0..<pages).map { entries[entries.count * $0 / pages..<entries.count * ($0 + 1) / pages] }
  }

  /// Where a page that begins with a key may be said to begin: behind the page before, and with no more of the key, which
  /// may have to be forgotten, than that takes.
  static func border(from last: UInt64, to first: UInt64) -> UInt64 {
    let different = 63 - (last ^ first).leadingZeroBitCount
    return (first >> different) << different
  }
}
