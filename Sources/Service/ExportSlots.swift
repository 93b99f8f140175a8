import Synchronization

/// How many exports may run at once: each has a thread and up to a few megabytes.
final class ExportSlots: Sendable {
  static let countMax = 4

  private let taken = Atomic<Int>(0)

  /// Given back with the last owner: the reading queue or the connection, whichever lets go later.
  final class Slot: Sendable {
    private let slots: ExportSlots

    fileprivate init(_ slots: ExportSlots) { self.slots = slots }

    deinit { slots.taken.wrappingSubtract(1, ordering: .relaxed) }
  }

  /// nil when all are taken.
  func take() -> Slot? {
    guard taken.wrappingAdd(1, ordering: .relaxed).newValue <= Self.countMax else {
      taken.wrappingSubtract(1, ordering: .relaxed)
      return nil
    }
    return Slot(self)
  }
}
