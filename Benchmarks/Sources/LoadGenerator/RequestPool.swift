/// All requests of a run, built before it starts and kept in one block: sending one is a single `send` from it.
package struct RequestPool: Sendable {
  private let bytes: [UInt8]
  /// Request `i` is `bytes[bounds[i]..<bounds[i + 1]]`.
  private let bounds: [Int]
  /// Mean size of the bodies alone, in bytes.
  package let meanBodyBytes: Int

  package var count: Int { bounds.count - 1 }

  /// `count` distinct requests of `workload` from `seed`, to `127.0.0.1:port`.
  package init(_ workload: Workload, count: Int, seed: UInt64, port: UInt16) {
    var random = SplitMix64(seed: seed)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count * 2400)
    var bounds = [0]
    var bodyBytes = 0
    for number in 0..<count {
      let (type, target, body) = workload.request(number, using: &random)
      bodyBytes += body.count
      let head = """
        POST \(target) HTTP/1.1\r
        Host: 127.0.0.1:\(port)\r
        Content-Type: \(type)\r
        Content-Length: \(body.count)\r
        \r\n
        """
      bytes += head.utf8
      bytes += body
      bounds.append(bytes.count)
    }
    self.bytes = bytes
    self.bounds = bounds
    meanBodyBytes = count == 0 ? 0 : bodyBytes / count
  }

  /// Lends the bytes of request `index` from `offset` on.
  func withRequest<Result>(_ index: Int, from offset: Int, _ use: (UnsafeRawBufferPointer) -> Result) -> Result {
    bytes.withUnsafeBytes { all in
      use(UnsafeRawBufferPointer(rebasing: all[(bounds[index] + offset)..<bounds[index + 1]]))
    }
  }
}
