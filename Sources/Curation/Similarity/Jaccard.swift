/// Similarity of two sets: what they share by all that they hold. Sets are sorted and hold nothing twice.
enum Jaccard {
  /// 0 when both are empty: without a token there is nothing to be similar in.
  static func of(_ a: [UInt32], _ b: [UInt32]) -> Double {
    let shared = Self.shared(a, b)
    let all = a.count + b.count - shared
    return all == 0 ? 0 : Double(shared) / Double(all)
  }

  static func shared(_ a: [UInt32], _ b: [UInt32]) -> Int {
    a.withUnsafeBufferPointer { a in
      b.withUnsafeBufferPointer { b in
        var (i, j, shared) = (0, 0, 0)
        while i < a.count, j < b.count {
          let (x, y) = (a[i], b[j])
          // Without branches, which would be guessed wrongly every other time.
          shared &+= x == y ? 1 : 0
          i &+= x <= y ? 1 : 0
          j &+= y <= x ? 1 : 0
        }
        return shared
      }
    }
  }

  /// Whether sets of these sizes can reach the threshold at all.
  static func mayReach(_ threshold: Double, _ a: Int, _ b: Int) -> Bool {
    Double(min(a, b)) >= threshold * Double(max(a, b))
  }
}
