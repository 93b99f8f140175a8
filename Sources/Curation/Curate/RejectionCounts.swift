import Records

/// How many examples were left out, by reason. All reasons that this version knows are always there.
struct RejectionCounts: Equatable {
  static let reasons: [LeftOut] = [.optedOut, .lowScore, .blank, .tooShort, .pii, .exactDuplicate]

  private var counts: [LeftOut: Int] = [:]

  subscript(reason: LeftOut) -> Int {
    get { counts[reason] ?? 0 }
    set { counts[reason] = newValue }
  }

  var total: Int { counts.values.reduce(0, +) }

  func write(to writer: inout JSONWriter) {
    writer.object { object in
      for reason in Self.reasons {
        object.key(reason.rawValue)
        object.integer(self[reason])
      }
    }
  }
}
