/// Why the curator will not go on.
package enum CurationError: Error, Equatable, CustomStringConvertible {
  /// A day in a form that this version cannot read.
  case sealedDay(String)
  /// A record changed its place while the curator ran.
  case recordMoved

  package var description: String {
    switch self {
    case .sealedDay(let name): "\(name) is sealed, and this version cannot read sealed days"
    case .recordMoved: "a day file was rewritten while the curator read it; run it again"
    }
  }
}
