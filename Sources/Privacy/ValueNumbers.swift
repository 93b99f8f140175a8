/// Numbers the values of one record by type, from 1: the same value, the same number.
struct ValueNumbers: Sendable {
  private struct Entry {
    let type: RedactionType
    let number: Int
    /// Where the value's bytes stand in `bytes`.
    let range: Range<Int>
  }

  /// Records have a handful of values: up to here they are compared one by one.
  private static let linearLimit = 12

  private var entries: [Entry] = []
  private var bytes: [UInt8] = []
  private var last = SIMD16<UInt32>(repeating: 0)
  /// Digest of type and value → entry; filled when there are many. Equal digests are told apart by the next free one.
  private var places: [UInt64: Int] = [:]

  mutating func number(of value: UnsafeBufferPointer<UInt8>, type: RedactionType) -> Int {
    if entries.count <= ValueNumbers.linearLimit {
      for index in entries.indices where holds(index, value, type) { return entries[index].number }
      let number = append(value, type)
      if entries.count > ValueNumbers.linearLimit {
        for index in entries.indices { insert(index) }
      }
      return number
    }
    var digest = ValueNumbers.digest(value, type)
    while let index = places[digest] {
      if holds(index, value, type) { return entries[index].number }
      digest &+= 1
    }
    let number = append(value, type)
    places[digest] = entries.count - 1
    return number
  }

  private func holds(_ index: Int, _ value: UnsafeBufferPointer<UInt8>, _ type: RedactionType) -> Bool {
    let entry = entries[index]
    return entry.type == type && entry.range.count == value.count && bytes[entry.range].elementsEqual(value)
  }

  private mutating func append(_ value: UnsafeBufferPointer<UInt8>, _ type: RedactionType) -> Int {
    last[type.index] += 1
    let number = Int(last[type.index])
    entries.append(Entry(type: type, number: number, range: bytes.count..<bytes.count + value.count))
    bytes.append(contentsOf: value)
    return number
  }

  private mutating func insert(_ index: Int) {
    var digest = bytes[entries[index].range].withUnsafeBufferPointer {
      ValueNumbers.digest($0, entries[index].type)
    }
    while places[digest] != nil { digest &+= 1 }
    places[digest] = index
  }

  /// One hashing of the whole value, seeded by the process: nobody can prepare values that collide.
  private static func digest(_ value: UnsafeBufferPointer<UInt8>, _ type: RedactionType) -> UInt64 {
    var hasher = Hasher()
    hasher.combine(type)
    hasher.combine(bytes: UnsafeRawBufferPointer(value))
    return UInt64(bitPattern: Int64(hasher.finalize()))
  }
}
