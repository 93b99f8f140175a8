import Posix
import Records

/// How the dataset is thinned out so that no user and no language drowns the others; off unless asked for.
///
/// The best stay: rated before unrated, the higher rating first, then the longer closed answer, then by a seeded hash, so
/// that the same records give the same choice.
package struct Balance: Equatable, Sendable {
  /// Rows of one user; of a row whose record has expired nobody knows the user.
  package var perUser: Int?
  /// Rows of one language.
  package var perLanguage: Int?
  /// Rows in all.
  package var target: Int?
  /// With a target: a language of n rows gets a share that grows with n^(1/temperature). 1 keeps the shares as they are,
  /// more makes them more equal. Without it all languages get the same, as far as they have it.
  package var temperature: Double?
  package var seed = 0

  package static let counts = 1...1_000_000_000
  package static let temperatures = 1.0...100.0

  package init() {}

  var isOff: Bool { perUser == nil && perLanguage == nil && target == nil }

  func write(to object: inout JSONWriter) {
    for (name, value) in [("per_user", perUser), ("per_language", perLanguage), ("target", target)] {
      if let value { object.count(name, value) }
    }
    if let temperature { object.number("temperature", temperature) }
    if !isOff { object.count("seed", seed) }
  }

  mutating func read(_ name: String, _ value: JSONElement) -> Bool {
    let count = value.integer.flatMap { Self.counts.contains($0) ? $0 : nil }
    switch name {
    case "per_user": perUser = count
    case "per_language": perLanguage = count
    case "target": target = count
    case "temperature": temperature = value.numberText.flatMap { Double($0) }
    case "seed":
      guard let integer = value.integer, integer >= 0 else { return false }
      seed = integer
      return true
    default: return false
    }
    return name == "temperature" ? temperature.map(Self.temperatures.contains) ?? false : count != nil
  }
}

extension Balance {
  /// A row that competes.
  struct Row {
    /// nil where it is not known.
    let user: UInt64?
    let language: String
    let rating: Double
    let length: Int
    let hash: ContentHash
    /// Its raw record is gone: left out once, it would be gone for ever. It counts, and stays.
    let isPermanent: Bool
  }

  /// Numbers of the rows that have to go.
  func surplus(of rows: [Row]) -> Set<Int> {
    let order = rows.indices.sorted { precedes(rows[$0], rows[$1]) }
    var users: [UInt64: Int] = [:]
    var languages: [String: Int] = [:]
    var kept: [Int] = []
    for number in order {
      let row = rows[number]
      if let perUser, let user = row.user, users[user, default: 0] >= perUser { continue }
      if let perLanguage, !row.isPermanent, languages[row.language, default: 0] >= perLanguage { continue }
      if let user = row.user { users[user, default: 0] += 1 }
      languages[row.language, default: 0] += 1
      kept.append(number)
    }
    if let target, kept.count > target {
      var quotas = Self.quotas(languages, target: target, temperature: temperature)
      kept.removeAll { number in
        let left = quotas[rows[number].language] ?? 0
        quotas[rows[number].language] = left - 1
        return left <= 0 && !rows[number].isPermanent
      }
    }
    return Set(rows.indices).subtracting(kept)
  }

  private func precedes(_ a: Row, _ b: Row) -> Bool {
    if a.isPermanent != b.isPermanent { return a.isPermanent }
    if a.rating != b.rating { return a.rating > b.rating }
    if a.length != b.length { return a.length > b.length }
    return mixed(a.hash) < mixed(b.hash)
  }

  private func mixed(_ hash: ContentHash) -> (UInt64, UInt64) {
    // Steele, Lea and Flood (2014), the finalizer of SplitMix64.
    var z = hash.high ^ (UInt64(truncatingIfNeeded: seed) &* 0x9e37_79b9_7f4a_7c15)
    z = (z ^ z >> 30) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ z >> 27) &* 0x94d0_49bb_1331_11eb
    return (z ^ z >> 31, hash.low)
  }

  /// Shares of `target` by weights, none above what a language has; what is left over goes to the others.
  static func quotas(_ counts: [String: Int], target: Int, temperature: Double?) -> [String: Int] {
    func weight(_ count: Int) -> Double {
      guard let temperature else { return 1 }
      return count == 0 ? 0 : power(of: Double(count), 1 / temperature)
    }
    // The smallest first: what it cannot fill is there for those behind it.
    let order = counts.sorted { ($0.value, $0.key) < ($1.value, $1.key) }
    var sum = order.reduce(0) { $0 + weight($1.value) }
    var left = target
    var quotas: [String: Int] = [:]
    for (language, count) in order {
      let share = min(count, Int((Double(left) * weight(count) / sum).rounded()))
      quotas[language] = share
      left -= share
      sum -= weight(count)
    }
    // Rounding may have left a few, which the largest have.
    for (language, count) in order.reversed() where left > 0 {
      let more = min(left, count - (quotas[language] ?? 0))
      quotas[language, default: 0] += more
      left -= more
    }
    return quotas
  }
}
