/// Why the curator will not go on.
package enum CurationError: Error, Equatable, CustomStringConvertible {
  /// A day in a form that this version cannot read.
  case sealedDay(String)
  /// A record changed its place while the curator ran.
  case recordMoved
  /// A file that is made from others is cut short; without it the next run makes it again.
  case derivedFileDamaged

  package var description: String {
    switch self {
    case .sealedDay(let name): "\(name) is sealed, and this version cannot read sealed days"
    case .recordMoved: "a day file was rewritten while the curator read it; run it again"
    case .derivedFileDamaged: "a file in state/surveys is damaged; remove it, and the next run makes it again"
    }
  }
}
