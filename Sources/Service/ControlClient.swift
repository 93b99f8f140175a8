import Posix
import Records
import TrainingLog

/// Asks the running server of a data directory through its control socket, for the command line.
package struct ControlClient {
  private let directory: DataDirectory

  package init(_ directory: DataDirectory) { self.directory = directory }

  /// Throws when the server goes away before its answer is complete.
  ///
  /// - Returns: status and body; nil when no server listens there.
  package func send(_ method: String, _ path: String) throws(SystemError) -> (status: Int, body: [UInt8])? {
    guard let socket = try? Descriptor.connected(path: directory.controlSocket) else { return nil }
    let request = Array("\(method) \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".utf8)
    try request.withUnsafeBufferPointer { (bytes) throws(SystemError) in
      try socket.write(UnsafeRawBufferPointer(bytes))
    }
    var answer: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 64 * 1024)
    while true {
      let count = try buffer.withUnsafeMutableBufferPointer { (bytes) throws(SystemError) in
        try socket.receive(into: UnsafeMutableRawBufferPointer(bytes))
      }
      guard let count, count > 0 else { break }
      answer += buffer[..<count]
    }
    guard let end = Self.headEnd(answer), let status = Int(String(decoding: answer[9..<12], as: UTF8.self)),
      answer.count - end == Self.contentLength(answer[..<end])
    else { throw SystemError(call: "recv", code: SystemError.connectionReset) }
    return (status, Array(answer[end...]))
  }

  /// Our own server gives one with every answer to a request without Accept-Encoding.
  private static func contentLength(_ head: ArraySlice<UInt8>) -> Int? {
    let name = "content-length:"
    let line = String(decoding: head, as: UTF8.self).split(separator: "\r\n").first {
      $0.lowercased().hasPrefix(name)
    }
    return line.flatMap { Int($0.dropFirst(name.count).drop { $0 == " " }) }
  }

  private static func headEnd(_ bytes: [UInt8]) -> Int? {
    // A status line has twelve bytes up to the end of the status.
    guard bytes.count >= 16 else { return nil }
    return (16...bytes.count).first { bytes[($0 - 4)..<$0].elementsEqual([13, 10, 13, 10]) }
  }
}
