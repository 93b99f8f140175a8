/// A stretch of the way to the goal; reached when its end is.
struct Milestone: Sendable {
  let name: String
  /// High-quality examples.
  let from: Int
  let to: Int

  static let all = [
    Milestone(name: "infrastructure", from: 0, to: 1_000),
    Milestone(name: "initial dataset", from: 1_000, to: 5_000),
    Milestone(name: "first experiment", from: 5_000, to: 10_000),
    Milestone(name: "model v1", from: 10_000, to: 25_000),
    Milestone(name: "production", from: 25_000, to: 50_000),
  ]

  static let goal = 50_000
}
