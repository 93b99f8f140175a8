/// The side of the split on which a row stands.
package enum Side: String, Sendable {
  case train, test
}
