/// The sketch by which similar texts find each other: one-permutation MinHash (Li, Owen and Zhang, 2012) of 128 bins with
/// optimal densification (Shrivastava, 2017), cut into 32 bands of 4 rows. Two texts are candidates when a band is equal:
/// at Jaccard 0.75 all but 5 in a million pairs are. What a candidate is worth is for the exact sets to say.
enum MinHash {
  static let bins = 128
  static let bands = 32
  static let rows = 4

  /// Appends the 32 band keys of a set, which is sorted and not empty.
  ///
  /// The upper seven bits of a shingle name its bin, so the minimum of a bin is the first of the set that falls into it.
  static func appendBands(of set: [UInt32], to keys: inout [UInt32]) {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: bins) { minima in
      minima.update(repeating: none)
      var last = bins
      for shingle in set {
        let bin = Int(shingle >> 25)
        if bin != last { minima[bin] = UInt64(shingle) }
        last = bin
      }
      withUnsafeTemporaryAllocation(of: UInt64.self, capacity: bins) { filled in
        for bin in 0..<bins {
          var source = bin
          var attempt = 0
          // Ends: the order of a bin names every bin, and one of them is filled.
          while minima[source] == none {
            source = Int(order[bin * bins + attempt])
            attempt += 1
          }
          filled[bin] = minima[source]
        }
        for band in 0..<bands {
          var key = UInt64(band)
          for row in 0..<rows { key = (key ^ filled[band * rows + row]) &* 0x9fb2_1c65_1e98_df25 ^ key >> 31 }
          key = (key ^ key >> 32) &* 0xd6e8_feb8_6659_fd93
          keys.append(UInt32(truncatingIfNeeded: key >> 32))
        }
      }
    }
  }

  private static let none = UInt64.max

  /// For each bin all bins in an order of its own, in which an empty one looks for a filled one.
  private static let order: [UInt8] = {
    var state: UInt64 = 1
    func next() -> UInt64 {
      // xorshift64* (Sebastiano Vigna, 2014).
      state ^= state >> 12
      state ^= state << 25
      state ^= state >> 27
      return state &* 0x2545_f491_4f6c_dd1d
    }
    return (0..<bins).flatMap { _ in
      var bins = (0..<UInt8(Self.bins)).map { $0 }
      for index in stride(from: bins.count - 1, to: 0, by: -1) {
        bins.swapAt(index, Int(next() >> 33) % (index + 1))
      }
      return bins
    }
  }()
}
