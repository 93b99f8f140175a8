/// Finds the known name that an unknown one was most likely meant to be.
package enum NearestName {
  /// The known name with the smallest edit distance (the first of equals), among those that hold the other or are held by
  /// it where there are some: `id` is meant to be `example_id`, though `score` takes fewer edits. Only the first 64 bytes
  /// are compared.
  package static func find(for name: String, among known: [String]) -> String {
    let target = Array(name.utf8.prefix(64))
    let start = String(decoding: target, as: UTF8.self)
    let alike = known.filter { $0.contains(start) || start.contains($0) }
    return (alike.isEmpty ? known : alike).min { distance(target, Array($0.utf8)) < distance(target, Array($1.utf8)) }
      ?? ""
  }

  /// Levenshtein distance in bytes, two rows at a time.
  private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var previous = Array(0...b.count)
    for (row, byte) in a.enumerated() {
      var current = [row + 1]
      for (column, other) in b.enumerated() {
        current.append(min(previous[column] + (byte == other ? 0 : 1), previous[column + 1] + 1, current[column] + 1))
      }
      previous = current
    }
    return previous[b.count]
  }
}
