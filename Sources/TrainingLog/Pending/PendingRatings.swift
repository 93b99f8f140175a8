import Records

/// The ratings that wait for their conversation, at most a day by the time in the example's id.
struct PendingRatings {
  /// A client mints an id when it asks; a day is more than any conversation takes.
  static let waitingSeconds = 86_400
  /// Anybody may be allowed to rate, so what one stranger can make the service remember has to end somewhere.
  static let countMax = 65_536

  private var ratings: [ExampleID: PendingRating] = [:]
  /// Lines of the file that no longer stand for anything.
  private(set) var obsoleteLines = 0

  subscript(id: ExampleID) -> PendingRating? { ratings[id] }

  var isEmpty: Bool { ratings.isEmpty }
  var isFull: Bool { ratings.count >= Self.countMax }

  /// Whether a rating may wait for a record of that id.
  static func mayWait(for id: ExampleID, now: Timestamp) -> Bool {
    id.timestamp >= now.advanced(bySeconds: -waitingSeconds)
      && id.timestamp <= now.advanced(bySeconds: AcceptanceWindow.aheadSeconds)
  }

  mutating func add(_ rating: PendingRating) {
    if let earlier = ratings[rating.id] {
      obsoleteLines += 1
      ratings[rating.id] = earlier.merged(with: rating)
    } else {
      ratings[rating.id] = rating
    }
  }

  mutating func remove(_ id: ExampleID) { if ratings.removeValue(forKey: id) != nil { obsoleteLines += 1 } }

  /// Drops what has waited long enough; true when there was any.
  mutating func dropExpired(now: Timestamp) -> Bool {
    let expired = ratings.keys.filter { $0.timestamp < now.advanced(bySeconds: -Self.waitingSeconds) }
    for id in expired { remove(id) }
    return !expired.isEmpty
  }

  /// The file as it should be, one line each in the order of ids.
  func content() -> [UInt8] {
    ratings.values.sorted { $0.id < $1.id }.flatMap { $0.line() + [UInt8(ascii: "\n")] }
  }

  mutating func wasRewritten() { obsoleteLines = 0 }

  var all: [PendingRating] { ratings.values.sorted { $0.id < $1.id } }
}
