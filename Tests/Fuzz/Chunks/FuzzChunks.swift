import FuzzKit
import HTTPWire

/// Any bytes as a chunked body: nothing traps, and the actions are the same whole and cut in two.
@main
enum FuzzChunks {
  static func main() {
    Fuzzer.run { data, size in
      guard let data, size > 1 else { return 0 }
      let head = Array("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n".utf8)
      let input = head + Array(UnsafeBufferPointer(start: data + 1, count: size - 1))
      let cut = head.count + Int(data[0]) * (size - 1) / 256
      input.withUnsafeBytes { input in
        precondition(Trace.of(input, cutAt: nil) == Trace.of(input, cutAt: cut), "the cut changes what is read")
      }
      return 0
    }
  }
}
