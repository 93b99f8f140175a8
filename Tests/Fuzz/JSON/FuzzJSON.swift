import Foundation
import FuzzKit
import Records

/// Any bytes as JSON: nothing traps; what is taken is taken by Foundation's reader too, which is laxer; and written out
/// and read again it is the same value.
@main
enum FuzzJSON {
  static func main() {
    Fuzzer.run { data, size in
      let bytes = data.map { Array(UnsafeBufferPointer(start: $0, count: size)) } ?? []
      guard let value = try? JSONDocument(parsing: bytes).root.value else { return 0 }
      precondition(
        (try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)) != nil,
        "Foundation refuses it")
      var writer = JSONWriter()
      writer.value(value)
      let again = try? JSONDocument(parsing: writer.bytes).root.value
      precondition(again == value, "written and read again it is another value")
      return 0
    }
  }
}
