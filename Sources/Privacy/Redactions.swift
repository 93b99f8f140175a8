/// How many distinct values of each type were removed. Holds counts, never a value.
///
/// Iterating gives the types that occur, in the fixed order of `RedactionType`.
package struct Redactions: Equatable, Sendable, Sequence {
  package static let none = Redactions()

  /// One lane per type; the lanes above the number of types stay 0.
  private var counts = SIMD16<UInt32>(repeating: 0)

  package init() {}

  package var isEmpty: Bool { counts == SIMD16(repeating: 0) }

  /// Distinct values of this type; negative numbers and ones over `UInt32.max` are clamped.
  package subscript(type: RedactionType) -> Int {
    get { Int(counts[type.index]) }
    set { counts[type.index] = UInt32(clamping: newValue) }
  }

  /// All types together.
  package var total: Int { reduce(0) { $0 + $1.count } }

  /// Adds the counts of `other`: right for records of different numbering (a comment starts above its record's count).
  package mutating func add(_ other: Redactions) {
    for type in RedactionType.allCases { self[type] += other[type] }
  }

  package func makeIterator() -> Iterator { Iterator(redactions: self) }

  package struct Iterator: IteratorProtocol {
    fileprivate let redactions: Redactions
    fileprivate var types = RedactionType.allCases.makeIterator()

    fileprivate init(redactions: Redactions) { self.redactions = redactions }

    package mutating func next() -> (name: String, count: Int)? {
      while let type = types.next() {
        let count = redactions[type]
        if count > 0 { return (type.rawValue, count) }
      }
      return nil
    }
  }
}
