import Posix
import Records
import TrainingLog

/// Asks the running server of a data directory through its control socket, for the command line.
package struct ControlClient {
  private let directory: DataDirectory

  package init(_ directory: DataDirectory) { self.directory = directory }

  /// Throws when the server goes away before its answer is complete.
  ///
  /// - Parameter body: JSON; nil for a request without one.
  /// - Returns: status and body; nil when no server listens there.
  package func send(
    _ method: String, _ path: String, _ body: [UInt8]? = nil
  ) throws(SystemError) -> (status: Int, body: [UInt8])? {
    guard let socket = try? Descriptor.connected(path: directory.controlSocket) else { return nil }
    let fields = body.map { "Content-Type: application/json\r\nContent-Length: \($0.count)\r\n" } ?? ""
    let head = "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\(fields)\r\n"
    let request = Array(head.utf8) + (body ?? [])
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
      let body = Self.body(answer[end...], head: answer[..<end])
    else { throw SystemError(call: "recv", code: SystemError.connectionReset) }
    return (status, body)
  }

  /// nil for one that is not complete. Our own server says of every body how long it is, or sends chunks.
  private static func body(_ bytes: ArraySlice<UInt8>, head: ArraySlice<UInt8>) -> [UInt8]? {
    let fields = String(decoding: head, as: UTF8.self).lowercased().split(separator: "\r\n")
    func value(_ name: String) -> Substring? {
      fields.first { $0.hasPrefix(name + ":") }?.dropFirst(name.count + 1).drop { $0 == " " }
    }
    if value("transfer-encoding") == "chunked" { return chunks(bytes) }
    return value("content-length").flatMap { Int($0) } == bytes.count ? Array(bytes) : nil
  }

  /// RFC 9112, section 7.1, as far as our own server uses it: neither extensions nor trailers.
  private static func chunks(_ bytes: ArraySlice<UInt8>) -> [UInt8]? {
    var rest = bytes
    var body: [UInt8] = []
    while let end = rest.firstIndex(of: 13), let size = Int(String(decoding: rest[..<end], as: UTF8.self), radix: 16) {
      rest = rest[end...].dropFirst(2)
      if size == 0 { return body }
      guard rest.count >= size + 2 else { return nil }
      body += rest.prefix(size)
      rest = rest.dropFirst(size + 2)
    }
    return nil
  }

  private static func headEnd(_ bytes: [UInt8]) -> Int? {
    // A status line has twelve bytes up to the end of the status.
    guard bytes.count >= 16 else { return nil }
    return (16...bytes.count).first { bytes[($0 - 4)..<$0].elementsEqual([13, 10, 13, 10]) }
  }
}
