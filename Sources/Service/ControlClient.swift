import Posix
import Records
import TrainingLog

/// Asks the running server of a data directory through its control socket, for the command line.
///
/// A run of the curator or an erasure is silent for as long as it takes, so how long an answer may take is no measure of a
/// server that hangs. What it says to `GET /livez` is: its loops answer that at once whatever else is being done, unless
/// the process is stopped or stuck. So after each `patience` of silence it is asked, and given up only where that, too,
/// stays without an answer.
package struct ControlClient: Sendable {
  package static let patience = 5_000
  /// So often nobody may listen any more while an answer is waited for: a server that ends has 10 s for what is under way.
  private static let deafMax = 3

  private let directory: DataDirectory
  private let patience: Int

  /// - Parameter patience: milliseconds of silence.
  package init(_ directory: DataDirectory, patience: Int = Self.patience) {
    self.directory = directory
    self.patience = patience
  }

  /// Throws where somebody listens and is silent (`SystemError.isOfSilence`).
  package func isAlive() throws(SystemError) -> Bool { try send("GET", "/livez", isPatient: false) != nil }

  /// Throws when the server goes away before its answer is complete, and when it is silent (`SystemError.isOfSilence`).
  ///
  /// - Parameters:
  ///   - body: JSON; nil for a request without one.
  ///   - isPatient: whether a server that is alive may take longer than the patience.
  /// - Returns: status and body; nil when no server listens there.
  package func send(
    _ method: String, _ path: String, _ body: [UInt8]? = nil, isPatient: Bool = true
  ) throws(SystemError) -> (status: Int, body: [UInt8])? {
    guard let socket = try connected() else { return nil }
    var deaf = 0
    func waitOn() throws(SystemError) {
      guard isPatient else { throw SystemError(call: "recv", code: SystemError.timedOut) }
      // A connection that breaks off is of a server that is about to end: its answer may come yet.
      do { deaf = try isAlive() ? 0 : deaf + 1 } catch {
        guard !error.isOfSilence else { throw error }
        deaf += 1
      }
      guard deaf <= Self.deafMax else { throw SystemError(call: "recv", code: SystemError.timedOut) }
    }
    let fields = body.map { "Content-Type: application/json\r\nContent-Length: \($0.count)\r\n" } ?? ""
    let head = "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\(fields)\r\n"
    let request = Array(head.utf8) + (body ?? [])
    var sent = 0
    while sent < request.count {
      let count = try request[sent...].withUnsafeBufferPointer { (bytes) throws(SystemError) in
        try socket.send(UnsafeRawBufferPointer(bytes))
      }
      if let count { sent += count } else { try waitOn() }
    }
    var answer: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 64 * 1024)
    while true {
      let count = try buffer.withUnsafeMutableBufferPointer { (bytes) throws(SystemError) in
        try socket.receive(into: UnsafeMutableRawBufferPointer(bytes))
      }
      guard let count else {
        try waitOn()
        continue
      }
      if count == 0 { break }
      answer += buffer[..<count]
    }
    guard let end = Self.headEnd(answer), let status = Int(String(decoding: answer[9..<12], as: UTF8.self)),
      let body = Self.body(answer[end...], head: answer[..<end])
    else { throw SystemError(call: "recv", code: SystemError.connectionReset) }
    return (status, body)
  }

  /// Whether the code of a problem says that no run is possible before somebody has put something right.
  package static func isBlocked(_ code: String?) -> Bool { code == Problem.curationBlocked("").code }

  /// nil where nobody listens.
  private func connected() throws(SystemError) -> Descriptor? {
    do { return try Descriptor.connected(path: directory.controlSocket, patience: patience) } catch {
      if error.isOfSilence { throw error }
      return nil
    }
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
