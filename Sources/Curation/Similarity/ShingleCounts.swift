/// In how many sets a shingle stands: at least so many (Cormode and Muthukrishnan, 2005, with one row).
struct ShingleCounts: Sendable {
  private static let bits: UInt32 = 20
  private var counts = [UInt32](repeating: 0, count: 1 << Int(bits))

  private static func place(_ shingle: UInt32) -> Int { Int((shingle &* 0x85eb_ca6b) >> (32 - bits)) }

  subscript(shingle: UInt32) -> Int { Int(counts[Self.place(shingle)]) }

  mutating func count(_ set: ArraySlice<UInt32>) {
    set.withUnsafeBufferPointer { set in
      counts.withUnsafeMutableBufferPointer { counts in for shingle in set { counts[Self.place(shingle)] &+= 1 } }
    }
  }

  /// Of a set only those that seem to be in the filter.
  mutating func count(_ set: ArraySlice<UInt32>, in filter: ShingleFilter) {
    set.withUnsafeBufferPointer { set in
      counts.withUnsafeMutableBufferPointer { counts in
        for shingle in set where filter.contains(shingle) { counts[Self.place(shingle)] &+= 1 }
      }
    }
  }

  mutating func add(_ other: ShingleCounts) { for place in counts.indices { counts[place] += other.counts[place] } }
}
