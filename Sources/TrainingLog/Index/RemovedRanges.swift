/// What erasures have taken out of a file. The index names places by logical offsets, those that lines have as long as
/// nothing is gone, so that taking out one line moves no other's; the file itself knows physical ones.
struct RemovedRanges: Equatable {
  struct Range: Equatable {
    /// Logical.
    let start: Int
    let length: Int
  }

  /// In the order of offsets; none touches another.
  private(set) var ranges: [Range] = []
  /// Bytes gone before and in each range.
  private var gone: [Int] = []

  init(_ ranges: [Range] = []) {
    var merged: [Range] = []
    for range in ranges.sorted(by: { $0.start < $1.start }) where range.length > 0 {
      if let last = merged.last, last.start + last.length >= range.start {
        let end = max(last.start + last.length, range.start + range.length)
        merged[merged.count - 1] = Range(start: last.start, length: end - last.start)
      } else {
        merged.append(range)
      }
    }
    self.ranges = merged
    var sum = 0
    gone = merged.map { range in
      sum += range.length
      return sum
    }
  }

  /// Bytes gone in all: what is appended stands this much farther on than the file tells.
  var bytes: Int { gone.last ?? 0 }

  func contains(_ logical: Int) -> Bool {
    let before = count { range, _ in range.start <= logical }
    return before > 0 && logical < ranges[before - 1].start + ranges[before - 1].length
  }

  /// Where in the file a line stands that is not gone.
  func physical(_ logical: Int) -> Int {
    let before = count { range, _ in range.start <= logical }
    return before == 0 ? logical : logical - gone[before - 1]
  }

  /// The way back, for the first byte of a line.
  func logical(_ physical: Int) -> Int {
    // Where the file goes on behind a range.
    let before = count { $0.start + $0.length - gone[$1] <= physical }
    return before == 0 ? physical : physical + gone[before - 1]
  }

  /// Bytes of the file that are going to be removed: where an earlier range lies between two of them they are two.
  func logical(_ range: Swift.Range<Int>) -> [Range] {
    var parts: [Range] = []
    var start = range.lowerBound
    // Where the file goes on behind each earlier range, from the first behind the beginning.
    var hole = count { $0.start + $0.length - gone[$1] <= start }
    while start < range.upperBound {
      let next = hole < ranges.count ? ranges[hole].start + ranges[hole].length - gone[hole] : .max
      let end = min(range.upperBound, next)
      parts.append(Range(start: logical(start), length: end - start))
      start = end
      hole += 1
    }
    return parts
  }

  func adding(_ more: [Range]) -> RemovedRanges { RemovedRanges(ranges + more) }

  /// How many ranges fulfil what the first ones do and the later ones do not.
  private func count(where isBefore: (Range, Int) -> Bool) -> Int {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if isBefore(ranges[middle], middle) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
