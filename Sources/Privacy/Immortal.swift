/// Memory of tables that are made once and live as long as the program.
///
/// Sendable because nothing writes to it after `init`; never freed, so no pointer into it dangles.
struct Immortal<Element>: @unchecked Sendable {
  private let base: UnsafeMutablePointer<Element>

  init(_ elements: [Element]) {
    base = .allocate(capacity: max(1, elements.count))
    for (index, element) in elements.enumerated() { (base + index).initialize(to: element) }
  }

  /// `index` must be one of the elements.
  @inline(__always)
  subscript(index: Int) -> Element { base[index] }
}
