import Records

/// 128 bits that are spread evenly already, or nearly: ids and hashes of texts.
protocol WideKey: BitwiseCopyable, Sendable {
  var high: UInt64 { get }
  var low: UInt64 { get }
}

extension ExampleID: WideKey {}
extension ContentHash: WideKey {}
extension Lineage.RowID: WideKey {}

/// Numbers by ids or hashes of texts: a `Dictionary` for a few hundred thousand of them, without its general hashing, which
/// was a tenth of a run with nothing new. Open addressing with linear probing (Peterson, 1957). Only grows.
struct NumberTable<Key: WideKey>: Sendable {
  private struct Slot: BitwiseCopyable, Sendable {
    var high: UInt64 = 0
    var low: UInt64 = 0
    /// Below zero where there is none.
    var number: Int32 = -1
  }

  private var slots: [Slot] = []
  private(set) var count = 0

  /// Clients choose most bits of an id; without these nobody can choose many that fall together.
  private static var multiplier: UInt64 { tableSecrets.0 }
  private static var offset: UInt64 { tableSecrets.1 }

  init(expecting count: Int = 0) { if count > 0 { grow(to: count) } }

  private mutating func grow(to count: Int) {
    var capacity = 64
    while capacity * 2 < count * 3 { capacity *= 2 }
    let old = slots
    slots = [Slot](repeating: Slot(), count: capacity)
    for slot in old where slot.number >= 0 { slots[place(slot.high, slot.low)] = slot }
  }

  mutating func reserve(_ count: Int) { if count * 3 > slots.count * 2 { grow(to: count) } }

  /// Where the key is, or where it would be.
  private func place(_ high: UInt64, _ low: UInt64) -> Int {
    var hash = (high ^ Self.offset).multipliedFullWidth(by: Self.multiplier)
    hash = ((hash.high ^ hash.low ^ low)).multipliedFullWidth(by: Self.multiplier)
    let mask = slots.count - 1
    var at = Int(truncatingIfNeeded: hash.high ^ hash.low) & mask
    return slots.withUnsafeBufferPointer { slots in
      // Ends: a third of the slots are free at least.
      while slots[at].number >= 0, slots[at].low != low || slots[at].high != high { at = (at + 1) & mask }
      return at
    }
  }

  subscript(key: Key) -> Int32? {
    guard count > 0 else { return nil }
    let number = slots[place(key.high, key.low)].number
    return number < 0 ? nil : number
  }

  /// Slots in a row that are taken: no look-up takes more steps.
  var longestRun: Int {
    var (run, longest) = (0, 0)
    for slot in slots + slots {
      run = slot.number < 0 ? 0 : run + 1
      longest = max(longest, min(run, slots.count))
    }
    return longest
  }

  func contains(_ key: Key) -> Bool { self[key] != nil }

  /// - Parameter number: not below zero.
  /// - Returns: what stood there; it stays if it is not to be replaced.
  @discardableResult
  mutating func set(_ key: Key, _ number: Int32, replaces: Bool = true) -> Int32? {
    reserve(count + 1)
    let at = place(key.high, key.low)
    let old = slots[at].number
    if old < 0 { count += 1 }
    if old < 0 || replaces { slots[at] = Slot(high: key.high, low: key.low, number: number) }
    return old < 0 ? nil : old
  }
}

/// Of this process; the first is odd.
private let tableSecrets = (UInt64.random(in: .min ... .max) | 1, UInt64.random(in: .min ... .max))
