import Records

/// How many examples were left out, by reason. All reasons that were looked for are always there.
struct RejectionCounts: Equatable {
  /// Of one record, and of exact duplicates: what the live statistics know.
  static let live: [LeftOut] = [.optedOut, .lowScore, .blank, .tooShort, .pii, .exactDuplicate]
  /// What the curator looks for in any case.
  static let always = live + [.nearDuplicate, .moat]

  /// In the order in which they are looked at and written.
  let reasons: [LeftOut]
  private var counts: [LeftOut: Int] = [:]

  init(reasons: [LeftOut] = Self.live) { self.reasons = reasons }

  subscript(reason: LeftOut) -> Int {
    get { counts[reason] ?? 0 }
    set { counts[reason] = newValue == 0 ? nil : newValue }
  }

  var total: Int { counts.values.reduce(0, +) }

  func write(to writer: inout JSONWriter) {
    writer.object { object in
      for reason in reasons {
        object.key(reason.rawValue)
        object.integer(self[reason])
      }
    }
  }
}
