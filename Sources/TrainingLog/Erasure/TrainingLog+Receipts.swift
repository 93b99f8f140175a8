import Privacy
import Records

/// Receipts on their way to whoever asked: one that is lost on it, with the process or the connection, goes to the next
/// who asks for the same.
extension TrainingLog {
  /// The last receipt of an erasure of the same that has reached nobody. From now on it is on its way.
  package func takeReceipt(owedFor erasure: Erasure) -> ErasureReceipt? {
    erasure.entry.claim.flatMap(erasures.takeOwed)
  }

  /// The same of an erasure of this record.
  package func takeReceipt(owedFor id: ExampleID) -> ErasureReceipt? { erasures.takeOwed(erasures.hasher.hash(id)) }

  /// It did not reach who asked.
  package func owe(_ receipt: ErasureReceipt) {
    guard receipt.counts != ErasureCounts() else { return }
    erasures.owe(receipt)
  }

  /// It did; no later process owes it.
  package func noteReceived(_ receipt: ErasureReceipt, now: Timestamp) throws {
    guard receipt.counts != ErasureCounts() else { return }
    try commit.withWriter { try $0.noteReceived(receipt, at: now) }
  }

  /// For a request that found nothing to erase.
  package func emptyReceipt(now: Timestamp) -> ErasureReceipt {
    ErasureReceipt(id: Self.newReceiptID(), at: now, counts: ErasureCounts(), key: secrets.receiptKey)
  }
}
