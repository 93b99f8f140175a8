import Records

/// What the committer is asked to make durable.
package enum Work: Sendable {
  case conversation(StoredConversation)
  /// Lines of one request, decided on one by one and made durable together.
  case conversations([StoredConversation])
  /// The example is looked up by the committer, behind everything that was handed in before.
  ///
  /// - Parameter unlessRated: nothing is kept where the example has a rating, which is newer; the outcome is `replayed`.
  case rating(Rating, now: Timestamp, unlessRated: Bool = false)

  /// Records that wait for the disk.
  package var count: Int { if case .conversations(let list) = self { list.count } else { 1 } }
}

/// What became of it. Only `stored`, `replayed`, `rated` and `pending` acknowledge: the line is in its file, and the file is synced.
package enum Outcome: Equatable, Sendable {
  case stored(ExampleID)
  /// The same conversation was sent before and stands under this id.
  case replayed(ExampleID)
  /// The id or the idempotency key belongs to another conversation, or they belong to two.
  case conflict
  /// New, and with a time at which nothing new is taken.
  case invalid(InvalidFields)
  /// One for each of several conversations.
  case several([Outcome])
  case rated
  /// Kept until its conversation arrives.
  case pending
  case unknownExample
  /// The user of the conversation refuses that anything is stored.
  case optedOut
  /// The same of a rating.
  case ratingOptedOut
  /// The id or the idempotency key is of a record that was erased.
  case erased
  /// Cannot be decided on before the index is complete; to be sent again.
  case notIndexed
  /// A write or a sync failed; nothing of it is kept, as far as the disk allows.
  case storageFailed
  case outOfSpace
}

/// Works of one event loop, in the order in which they arrived, and the way back to it.
package struct CommitBatch: Sendable {
  package struct Item: Sendable {
    package let token: UInt64
    package let work: Work

    package init(token: UInt64, work: Work) {
      self.token = token
      self.work = work
    }
  }

  package let items: [Item]
  /// Records in it.
  let count: Int
  /// Called on the committer's queue; must only hand over.
  package let deliver: @Sendable ([(token: UInt64, outcome: Outcome)]) -> Void

  package init(items: [Item], deliver: @escaping @Sendable ([(token: UInt64, outcome: Outcome)]) -> Void) {
    self.items = items
    count = items.reduce(0) { $0 + $1.work.count }
    self.deliver = deliver
  }
  /// What fits into `room` records, and the rest.
  func divided(room: Int) -> (taken: CommitBatch, refused: [Item]) {
    guard count > room else { return (self, []) }
    var room = room
    var (taken, refused): ([Item], [Item]) = ([], [])
    for item in items {
      if item.work.count <= room {
        room -= item.work.count
        taken.append(item)
      } else {
        refused.append(item)
      }
    }
    return (CommitBatch(items: taken, deliver: deliver), refused)
  }
}
