/// How an index file calls the names that a record is counted under.
struct LabelNumbers: Sendable {
  private var numbers: [ExampleRow.Labels: Int] = [:]
  private var labels: [Int: ExampleRow.Labels] = [:]

  subscript(number: Int) -> ExampleRow.Labels? { labels[number] }

  func number(of labels: ExampleRow.Labels) -> Int? { numbers[labels] }

  /// That nobody has.
  var next: Int { (labels.keys.max() ?? 0) + 1 }

  mutating func add(_ added: ExampleRow.Labels, number: Int) {
    numbers[added] = number
    labels[number] = added
  }

  mutating func remove(_ removed: ExampleRow.Labels) {
    if let number = numbers.removeValue(forKey: removed) { labels[number] = nil }
  }
}
