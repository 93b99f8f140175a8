/// Why the curator will not go on.
package enum CurationError: Error, Equatable, CustomStringConvertible {
  /// A part of a sealed day cannot be read.
  case damagedDay(String)
  /// A record changed its place while the curator ran.
  case recordMoved
  /// A file that is made from others is cut short; without it the next run makes it again.
  case derivedFileDamaged
  /// The ledger of the split; what to do.
  case ledgerLost(String)

  /// Nothing can be curated before somebody has put right what the data directory lacks.
  package var isOfConfiguration: Bool { if case .ledgerLost = self { true } else { false } }

  package var description: String {
    switch self {
    case .damagedDay(let name):
      "\(name) is damaged, and its records would pass for expired: put it back from a backup, or remove it"
    case .recordMoved: "a day file was rewritten while the curator read it; run it again"
    case .derivedFileDamaged: "a file in state/surveys is damaged; remove it, and the next run makes it again"
    case .ledgerLost(let advice): advice
    }
  }
}
