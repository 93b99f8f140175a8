import FuzzKit
import HTTPWire

/// Any bytes as one connection: nothing traps, and the actions are the same whole and cut in two. The first byte says
/// where the cut is.
@main
enum FuzzWire {
  static func main() {
    Fuzzer.run { data, size in
      guard let data, size > 1 else { return 0 }
      let input = UnsafeRawBufferPointer(start: data + 1, count: size - 1)
      let cut = Int(data[0]) * input.count / 256
      precondition(Trace.of(input, cutAt: nil) == Trace.of(input, cutAt: cut), "the cut changes what is read")
      return 0
    }
  }
}
