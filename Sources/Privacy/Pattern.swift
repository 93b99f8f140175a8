/// A token's shape in a small subset of regular expressions that needs no backtracking:
///
/// - `abc` literal bytes; `\\` before a character makes it literal
/// - `[A-Za-z0-9_-]` a set of ASCII bytes, `-` literal at the end
/// - `{n}` `{n,m}` `{n,}` after a set; without one the set stands for exactly one byte
/// - `( )` once: the part that is replaced; the whole match without it
///
/// Runs are greedy and never give a byte back, so a run of variable length must be followed by something outside its set.
struct Pattern: Sendable {
  enum Element: Sendable, Equatable {
    case literal(UInt8)
    case run(ByteSet, min: Int, max: Int)
    case open
    case close
  }

  let elements: [Element]

  init(_ text: String) throws(PatternError) {
    var parser = PatternParser(bytes: Array(text.utf8))
    elements = try parser.parse()
  }

  /// Bytes that every match has.
  var minimumLength: Int {
    elements.reduce(0) { sum, element in
      switch element {
      case .open, .close: sum
      case .literal: sum + 1
      case .run(_, let min, _): sum + min
      }
    }
  }

  /// Bytes of fixed-length runs before the first literal: dispatch is on the literal, which is rarer.
  var leadLength: Int {
    var length = 0
    for element in elements {
      switch element {
      case .open, .close: continue
      case .literal: return length
      case .run(_, let min, let max):
        if min != max { return 0 }
        length += min
      }
    }
    return 0
  }

  /// Bytes that can stand at `position` of a match. All bytes where a match can be over by then.
  func bytes(at position: Int) -> ByteSet {
    // Places reached after `position` bytes: an element and how much of it is read. Few: the bytes
    // that are asked for stand within the first eight, or behind a lead of fixed length.
    var places: Set<Place> = [Place(element: 0, read: 0)]
    for _ in 0..<position { places = Set(places.flatMap { steps(from: $0).map(\.next) }) }
    var result = ByteSet([])
    for place in places {
      let steps = steps(from: place)
      if steps.isEmpty { return .all }
      for step in steps { result = result.union(step.set) }
    }
    return result
  }

  private struct Place: Hashable {
    var element: Int
    var read: Int
  }

  /// What can be read at `place`, and where it leads. Empty behind the last element.
  private func steps(from place: Place) -> [(set: ByteSet, next: Place)] {
    var steps: [(set: ByteSet, next: Place)] = []
    var place = place
    while place.element < elements.count {
      switch elements[place.element] {
      case .open, .close: break
      case .literal(let byte):
        return steps + [(ByteSet([byte]), Place(element: place.element + 1, read: 0))]
      case .run(let set, let min, let max):
        // Past the minimum, how much was read makes no difference to the places that matter here.
        let read = Swift.min(place.read + 1, Swift.max(min, 8))
        if place.read < max { steps.append((set, Place(element: place.element, read: read))) }
        if place.read < min { return steps }
      }
      place = Place(element: place.element + 1, read: 0)
    }
    return []
  }
}

/// 256 bits, one per byte value.
struct ByteSet: Sendable, Equatable {
  static let all = ByteSet(bits: SIMD4(repeating: .max))

  private(set) var bits: SIMD4<UInt64>

  init(bits: SIMD4<UInt64>) { self.bits = bits }

  init(_ members: some Sequence<UInt8>) {
    bits = SIMD4(repeating: 0)
    for byte in members { insert(byte) }
  }

  mutating func insert(_ byte: UInt8) { bits[Int(byte >> 6)] |= 1 << UInt64(byte & 63) }

  func contains(_ byte: UInt8) -> Bool { bits[Int(byte >> 6)] >> UInt64(byte & 63) & 1 == 1 }

  /// The least member, 255 when there is none.
  var first: Int { members.first.map(Int.init) ?? 255 }

  var count: Int { (0..<4).reduce(0) { $0 + bits[$1].nonzeroBitCount } }

  var members: [UInt8] {
    var members: [UInt8] = []
    for word in 0..<4 {
      var rest = bits[word]
      while rest != 0 {
        members.append(UInt8(word * 64 + rest.trailingZeroBitCount))
        rest &= rest - 1
      }
    }
    return members
  }

  /// The member of a set of one.
  var only: UInt8? {
    count == 1 ? members[0] : nil
  }

  func union(_ other: ByteSet) -> ByteSet { ByteSet(bits: bits | other.bits) }

  func subtracting(_ other: ByteSet) -> ByteSet { ByteSet(bits: bits & ~other.bits) }

  func intersects(_ other: ByteSet) -> Bool { bits & other.bits != SIMD4(repeating: 0) }
}

/// A pattern outside the subset. Names the fault and where it is, so that a row can be mended.
package struct PatternError: Error, Equatable, CustomStringConvertible {
  package let reason: String
  /// Byte offset in the pattern; nil where it is about the row.
  package let offset: Int?

  package var description: String { offset.map { "\(reason) at byte \($0) of the pattern" } ?? reason }
}
