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

  let file: IndexFile
  private(set) var directory: KeyDirectory
  private var filters = KeyFilters()
  /// What differs from the pages, also where it is gone (0).
  private(set) var fresh: [UInt64: UInt64] = [:]
  /// Set since the last save was planned, as often as they were.
  private(set) var changed: [UInt64] = []

  init(_ kind: Kind, _ file: IndexFile) throws(DatabaseError) {
    self.file = file
    directory = try KeyDirectory(kind, of: file)
    filters.grow(to: directory.slots)
  }

  /// 0 where there is none.
  func value(of key: UInt64) throws(DatabaseError) -> UInt64 {
    if let value = fresh[key] { return value }
    guard let index = directory.index(of: key) else { return 0 }
    let place = directory.places[index]
    guard !filters.excludes(key, at: place.slot) else { return 0 }
    return try file.readKeyPage(place.page) { page in
      if !filters.knows(place.slot) { filters.set(KeyFilters.words(of: KeyPage.entries(in: page)), at: place.slot) }
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
    for place in directory.places {
      try file.readKeyPage(place.page) { page in
        for entry in KeyPage.entries(in: page) where fresh[entry.key] == nil { keys.append(entry.key) }
      }
    }
    return keys
  }
}

/// What a save does with it.
extension KeyTable {
  /// As it was in the journal.
  func load(_ entry: KeyEntry) { fresh[entry.key] = entry.value }

  /// What these have now; those that are not fresh are passed over, since the pages have the same of them.
  func entries(_ keys: some Sequence<UInt64>) -> [KeyEntry] {
    keys.compactMap { key in fresh[key].map { KeyEntry(key: key, value: $0) } }
  }

  /// In order.
  var gone: [KeyEntry] { entries(fresh.filter { $0.value == 0 }.keys.sorted()) }

  /// A save is going to write what was changed.
  func planned() { changed.removeAll(keepingCapacity: true) }

  /// The pages have these, but for what was changed meanwhile.
  func settle(_ entries: [KeyEntry]) {
    for entry in entries where fresh[entry.key] == entry.value { fresh[entry.key] = nil }
  }

  /// The pages are as the save has left them.
  func settle(_ written: KeyDirectory) {
    filters.grow(to: written.slots)
    for (slot, words) in written.filters { filters.set(words, at: slot) }
    directory = written
    directory.settle()
  }
}
