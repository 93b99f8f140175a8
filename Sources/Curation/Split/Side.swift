/// The side of the split on which a row stands.
enum Side: String, Sendable {
  case train, test
}
