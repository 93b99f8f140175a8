/// What a key may be used for (contract, section 2); each route needs one of them or none.
package enum Scope: String, CaseIterable, Sendable {
  case log, feedback, read, admin, export, privacy

  /// Whether what people have written comes out by it, or goes.
  package var reachesTexts: Bool { self == .admin || self == .export || self == .privacy }
}
