/// What "similar" means here, to be printed wherever a number that depends on it is printed.
package enum ShingleDefinition {
  /// Tokens of a shingle.
  static let words = 5
  static let tokens = "lower-cased runs of letters, digits and _"
  static let text = "question and published answer as one row of tokens"
}
