/// Where the pages of a key table begin, in order; the first begins with 0. A value, so that a save can go on with its own
/// while the table answers from the one before.
struct KeyDirectory: Sendable {
  struct Place: Equatable {
    /// No key of the page is smaller, none of the page before is as large.
    let first: UInt64
    let page: Int
    /// Of its filter.
    let slot: Int
  }

  let kind: KeyTable.Kind
  private(set) var places: [Place]
  /// Filters that there are, also of pages that are gone.
  private(set) var slots: Int
  /// Of the pages that were written, by slot.
  private(set) var filters: [Int: [UInt64]] = [:]

  /// The page that holds a key if any does.
  func index(of key: UInt64) -> Int? {
    var (low, high) = (0, places.count)
    while low < high {
      let middle = (low + high) / 2
      if places[middle].first <= key { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? nil : low - 1
  }

  /// The table has what was written by now.
  mutating func settle() { filters = [:] }
}

extension KeyDirectory {
  init(_ kind: KeyTable.Kind, of file: IndexFile) throws(DatabaseError) {
    let pages = try file.keyPages(kind)
    self.init(
      kind: kind, places: pages.enumerated().map { Place(first: $1.first, page: $1.page, slot: $0) },
      slots: pages.count)
  }

  /// Brings entries, which are in order, into the pages of the file, within a transaction.
  mutating func write(_ entries: [KeyEntry], to file: IndexFile) throws(DatabaseError) {
    var rest = entries[...]
    while let key = rest.first?.key {
      let index = index(of: key)
      let end = index.map { $0 + 1 } ?? 0
      let behind = end < places.count ? places[end].first : nil
      let here = rest.prefix { entry in behind.map { entry.key < $0 } ?? true }
      rest = rest.dropFirst(here.count)
      try write(Array(here), at: index, to: file)
    }
  }

  private mutating func write(_ changes: [KeyEntry], at index: Int?, to file: IndexFile) throws(DatabaseError) {
    let old = try index.map { (index) throws(DatabaseError) in
      try file.readKeyPage(places[index].page) { KeyPage.entries(in: $0) }
    }
    let entries = KeyPage.merge(old ?? [], changes)
    if let index, entries.isEmpty, index > 0 {
      try file.removeKeyPage(places[index].page)
      places.remove(at: index)
      return
    }
    let parts = KeyPage.divide(entries)
    var made: [Place] = []
    for (number, part) in parts.enumerated() {
      if number == 0, let index {
        try file.write(part, toKeyPage: places[index].page)
        made.append(places[index])
      } else {
        let first = number == 0 ? 0 : KeyPage.border(from: parts[number - 1].last?.key ?? 0, to: part.first?.key ?? 0)
        let page = try file.addKeyPage(kind, first: first, part)
        made.append(Place(first: first, page: page, slot: slots))
        slots += 1
      }
      if let place = made.last { filters[place.slot] = KeyFilters.words(of: part) }
    }
    // Mostly a page stays where it is, and the array that is shared with the table need not be copied.
    guard index == nil || made.count > 1 else { return }
    places.replaceSubrange((index ?? 0)..<(index.map { $0 + 1 } ?? 0), with: made)
  }
}
