/// A ledger that is not as it was left (`LedgerMark`).
package struct LedgerFault: Error, Equatable, CustomStringConvertible {
  package enum Kind: Equatable, Sendable {
    /// With so many bytes.
    case gone(Int)
    /// By so many bytes.
    case short(Int)
    case changed
    /// The mark, not the ledger.
    case unreadable
  }

  /// Of the ledger, in `state`.
  let name: String
  let kind: Kind

  /// Lines that were written are not there any more: nobody may go on as if there had never been any.
  package var isLoss: Bool {
    switch kind {
    case .gone, .short, .changed: true
    case .unreadable: false
    }
  }

  var reason: String {
    switch kind {
    case .gone(let bytes): "the ledger is gone, with \(bytes) bytes that were written"
    case .short(let bytes): "the ledger ends here; \(bytes) bytes more were written"
    case .changed: "the ledger is not what was written: somebody has changed it, or the disk has"
    case .unreadable:
      """
      what the ledger had cannot be told: its mark, \(name)\(LedgerMark.suffix), is damaged; if the ledger is whole, \
      remove the mark, and it is made anew
      """
    }
  }

  var damagedLine: DamagedLine { DamagedLine(file: "state/\(name)", offset: 0, reason: reason) }

  package var description: String {
    """
    state/\(name): \(reason). What it forbids would come back unseen. Put it back, from a copy or a backup; if it is lost \
    for good, remove state/\(name)\(LedgerMark.suffix), and cerberus goes on with what is there
    """
  }
}
