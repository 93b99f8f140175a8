/// The fields of a head in the order received: one buffer with the whole head, and ranges into it.
///
/// Names are tokens, kept as received and compared without regard to ASCII case. Values are trimmed and free of
/// control bytes; they may hold bytes from 0x80 up (RFC 9110 section 5.5).
package struct HeaderFields: Sendable {
  /// What a lookup of a field that may stand only once finds.
  package enum Single: Sendable, Equatable {
    case absent
    case value(ArraySlice<UInt8>)
    case repeated
  }

  struct Entry: Sendable {
    var name: Range<UInt32>
    var value: Range<UInt32>
  }

  /// The head from the request line on.
  let bytes: [UInt8]
  let entries: [Entry]

  init(bytes: [UInt8], entries: [Entry]) {
    self.bytes = bytes
    self.entries = entries
  }

  package var count: Int { entries.count }

  /// Name and value of the field at `index`, 0 ..< count.
  package subscript(index: Int) -> (name: ArraySlice<UInt8>, value: ArraySlice<UInt8>) {
    (slice(entries[index].name), slice(entries[index].value))
  }

  /// The value of the first field of that name.
  package func first(_ name: String) -> ArraySlice<UInt8>? {
    index(of: name, from: 0).map { slice(entries[$0].value) }
  }

  /// The values of all fields of that name, in order.
  package func all(_ name: String) -> [ArraySlice<UInt8>] {
    var values: [ArraySlice<UInt8>] = []
    var next = index(of: name, from: 0)
    while let found = next {
      values.append(slice(entries[found].value))
      next = index(of: name, from: found + 1)
    }
    return values
  }

  /// The value of a field that may stand only once; of two lines neither wins.
  package func single(_ name: String) -> Single {
    guard let found = index(of: name, from: 0) else { return .absent }
    return index(of: name, from: found + 1) == nil ? .value(slice(entries[found].value)) : .repeated
  }

  /// The first value of that name as text; bytes that are no UTF-8 become U+FFFD.
  package func text(_ name: String) -> String? {
    first(name).map { String(decoding: $0, as: UTF8.self) }
  }

  private func slice(_ range: Range<UInt32>) -> ArraySlice<UInt8> {
    bytes[Int(range.lowerBound)..<Int(range.upperBound)]
  }

  private func index(of name: String, from start: Int) -> Int? {
    var name = name
    return name.withUTF8 { wanted in
      bytes.withUnsafeBufferPointer { head in
        (start..<entries.count).first { index in
          let range = entries[index].name
          guard range.count == wanted.count else { return false }
          let offset = Int(range.lowerBound)
          // Bound: entry ranges lie inside `bytes`, and both names hold `wanted.count` bytes.
          for step in 0..<wanted.count where ASCII.lower(head[offset + step]) != ASCII.lower(wanted[step]) {
            return false
          }
          return true
        }
      }
    }
  }
}
