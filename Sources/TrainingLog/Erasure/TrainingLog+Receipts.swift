import Privacy
import Records

/// Receipts on their way to whoever asked: one that is lost on it, with the process or the connection, goes to the next
/// who asks for the same.
extension TrainingLog {
  /// What is owed of these erasures and of earlier ones of the same, in one receipt: whoever asks once learns all. From
  /// now on it is on its way. nil where nothing is owed.
  package func takeReceipt(owedFor erasures: [Erasure]) -> ErasureReceipt? { take(erasures.compactMap(\.entry.claim)) }

  /// The same of erasures of this record.
  package func takeReceipt(owedFor id: ExampleID) -> ErasureReceipt? { take([erasures.hasher.hash(id)]) }

  private func take(_ claims: [KeyedHash]) -> ErasureReceipt? {
    let parts = claims.flatMap(erasures.takeOwed)
    guard let newest = parts.max(by: { $0.at <= $1.at }) else { return nil }
    guard parts.count > 1 else { return newest }
    let counts = parts.reduce(ErasureCounts()) { $0.adding($1.counts) }
    let receipt = ErasureReceipt(id: newest.id, at: newest.at, counts: counts, key: secrets.receiptKey)
    erasures.join(parts, as: receipt)
    return receipt
  }

  /// The receipts of single erasures that one stands for.
  package func parts(of receipt: ErasureReceipt) -> [ErasureReceipt] { erasures.parts(of: receipt) }

  /// It did not reach who asked.
  package func owe(_ receipt: ErasureReceipt) {
    guard receipt.counts != ErasureCounts() else { return }
    erasures.owe(receipt)
  }

  /// It did; no later process owes it.
  package func noteReceived(_ receipt: ErasureReceipt, now: Timestamp) throws {
    guard receipt.counts != ErasureCounts() else { return }
    let parts = parts(of: receipt)
    try commit.withWriter { try $0.noteReceived(parts, at: now) }
  }

  /// For a request that found nothing to erase.
  package func emptyReceipt(now: Timestamp) -> ErasureReceipt {
    ErasureReceipt(id: Self.newReceiptID(), at: now, counts: ErasureCounts(), key: secrets.receiptKey)
  }
}
