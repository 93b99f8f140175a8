/// A map from numbers to numbers that need not be in memory. What was changed lately is (`fresh`); the rest stands in the
/// index file in pages, of which memory knows where each begins. A key that is new costs no look at the file, mostly.
final class KeyTable {
  enum Kind: Int, CaseIterable {
    /// How many records there are of each.
    case users = 1
    case sessions
    /// See `TwinGroups`.
    case twins
    /// The head of the id of the record that was sent with an idempotency key.
    case keys
  }

  struct Place: Equatable {
    /// No key of the page is smaller, none of the page before is as large.
    let first: UInt64
    let page: Int
    /// Of its filter.
    let slot: Int
  }

  let kind: Kind
  var file: IndexFile
  /// In order; the first begins with 0.
  private(set) var places: [Place] = []
  private var filters = KeyFilters()
  /// What differs from the pages, also where it is gone (0).
  private(set) var fresh: [UInt64: UInt64] = [:]
  /// Set since the last transaction, as often as they were.
  private(set) var changed: [UInt64] = []

  init(_ kind: Kind, _ file: IndexFile) throws(DatabaseError) {
    self.kind = kind
    self.file = file
    try loadPlaces()
  }

  func loadPlaces() throws(DatabaseError) {
    filters = KeyFilters()
    places = try file.keyPages(kind).map { Place(first: $0.first, page: $0.page, slot: filters.add()) }
  }

  /// 0 where there is none.
  func value(of key: UInt64) throws(DatabaseError) -> UInt64 {
    if let value = fresh[key] { return value }
    guard let index = placeIndex(of: key), !filters.excludes(key, at: places[index].slot) else { return 0 }
    let slot = places[index].slot
    return try file.readKeyPage(places[index].page) { page in
      if !filters.knows(slot) { filters.make(of: KeyPage.entries(in: page), at: slot) }
      return KeyPage.value(of: key, in: page)
    }
  }

  func set(_ value: UInt64, for key: UInt64) {
    fresh[key] = value
    changed.append(key)
  }

  /// Adds to what is there; returns the sum.
  func add(_ number: Int, to key: UInt64) throws(DatabaseError) -> UInt64 {
    let old = try value(of: key)
    let sum = UInt64(max(0, Int(truncatingIfNeeded: old) + number))
    if sum != old { set(sum, for: key) }
    return sum
  }

  /// All keys that have a value.
  func allKeys() throws(DatabaseError) -> [UInt64] {
    var keys = fresh.compactMap { $0.value == 0 ? nil : $0.key }
    for place in places {
      try file.readKeyPage(place.page) { page in
        for entry in KeyPage.entries(in: page) where fresh[entry.key] == nil { keys.append(entry.key) }
      }
    }
    return keys
  }

  /// The one that holds it if any does.
  private func placeIndex(of key: UInt64) -> Int? {
    var (low, high) = (0, places.count)
    while low < high {
      let middle = (low + high) / 2
      if places[middle].first <= key { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? nil : low - 1
  }
}

/// What a transaction of the index file does with it.
extension KeyTable {
  /// As it was in the journal.
  func load(_ entry: KeyEntry) { fresh[entry.key] = entry.value }

  /// The pages have these as well by now.
  func settle(_ keys: some Sequence<UInt64>) { for key in keys { fresh[key] = nil } }

  func settleChanges() { changed.removeAll(keepingCapacity: true) }

  /// Brings these into the pages.
  ///
  /// - Parameter keys: in order; those that are not fresh are passed over.
  func write(_ keys: ArraySlice<UInt64>) throws(DatabaseError) {
    var rest = keys
    while let key = rest.first {
      let index = placeIndex(of: key)
      let end = index.map { $0 + 1 } ?? 0
      let behind = end < places.count ? places[end].first : nil
      let here = rest.prefix { key in behind.map { key < $0 } ?? true }
      rest = rest.dropFirst(here.count)
      let changes = here.compactMap { key in fresh[key].map { KeyEntry(key: key, value: $0) } }
      if !changes.isEmpty { try write(changes, at: index) }
    }
  }

  private func write(_ changes: [KeyEntry], at index: Int?) throws(DatabaseError) {
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
        made.append(Place(first: first, page: page, slot: filters.add()))
      }
      if let place = made.last { filters.make(of: part, at: place.slot) }
    }
    places.replaceSubrange((index ?? 0)..<(index.map { $0 + 1 } ?? 0), with: made)
  }
}
