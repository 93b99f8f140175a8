import Records

/// What the committer is asked to make durable.
package enum Work: Sendable {
  case conversation(StoredConversation)
  /// The example is looked up by the committer, behind everything that was handed in before.
  case rating(Rating, now: Timestamp)
}

/// What became of it. Only `stored` and `rated` acknowledge: the line is in its file, and the file is synced.
package enum Outcome: Equatable, Sendable {
  case stored(ExampleID)
  case rated
  case unknownExample
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
  /// Called on the committer's queue; must only hand over.
  package let deliver: @Sendable ([(token: UInt64, outcome: Outcome)]) -> Void

  package init(items: [Item], deliver: @escaping @Sendable ([(token: UInt64, outcome: Outcome)]) -> Void) {
    self.items = items
    self.deliver = deliver
  }
}
