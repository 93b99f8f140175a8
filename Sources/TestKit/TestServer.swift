import Foundation
import Glibc
import TrainingLog

/// The real server in a process of its own, on a free port of the loopback.
package final class TestServer: Sendable {
  /// A data directory that several servers may use one after the other; removed with this object.
  package final class Home: Sendable {
    package let path: String
    private let isOurs: Bool

    /// One that is there, and stays.
    package init(at path: String) {
      self.path = path
      isOurs = false
    }

    /// One with the same files, for tests that change what takes long to make.
    package convenience init(copying other: Home) throws {
      try self.init()
      for name in try FileManager.default.contentsOfDirectory(atPath: other.path) {
        try FileManager.default.copyItem(atPath: other.path + "/" + name, toPath: path + "/" + name)
      }
    }

    /// - Parameter onDisk: refuses file systems in memory, where nothing can be lost.
    package init(onDisk: Bool = false) throws {
      guard let folder = ["/tmp", "/var/tmp"].first(where: { !onDisk || !Self.isMemory($0) }) else {
        throw ChildProcess.Failure(description: "this test needs /tmp or /var/tmp on a disk")
      }
      var template = Array((folder + "/cerberus-XXXXXX").utf8CString)
      guard mkdtemp(&template) != nil else { throw ChildProcess.Failure(description: "mkdtemp: errno \(errno)") }
      path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
      isOurs = true
    }

    deinit { if isOurs { try? FileManager.default.removeItem(atPath: path) } }

    private static func isMemory(_ path: String) -> Bool {
      let mounts = (try? String(contentsOfFile: "/proc/self/mounts", encoding: .utf8)) ?? ""
      var (longest, type) = (0, "")
      for line in mounts.split(separator: "\n") {
        // Device, place and type; the longest place counts, and of equal ones the last.
        let fields = line.split(separator: " ").map(String.init)
        guard fields.count > 2, fields[1] == "/" || (path + "/").hasPrefix(fields[1] + "/"), fields[1].count >= longest
        else { continue }
        (longest, type) = (fields[1].count, fields[2])
      }
      return ["tmpfs", "ramfs"].contains(type)
    }

    /// Bytes of a file below; nil when it is not there.
    package func bytes(_ name: String) -> [UInt8]? {
      FileManager.default.contents(atPath: path + "/" + name).map { [UInt8]($0) }
    }

    /// Complete lines of a file below, also of a sealed one; none when it is not there.
    package func lines(_ name: String) -> [String] {
      var bytes = bytes(name)
      if name.hasSuffix(".gz") { bytes = bytes.flatMap { try? GzipReader.decompress($0, limit: 1 << 30) } }
      guard let bytes, let last = bytes.lastIndex(of: 10) else { return [] }
      return String(decoding: bytes[..<last], as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        .map(String.init)
    }

    /// Names of the day files, sorted.
    package var days: [String] {
      ((try? FileManager.default.contentsOfDirectory(atPath: path + "/training_logs")) ?? [])
        .filter { $0.hasPrefix("conversations_") }.sorted()
    }

    /// Lines of all conversations, day by day.
    package var conversations: [String] { days.flatMap { lines("training_logs/" + $0) } }

    /// Every regular file below, as a path relative to this.
    package var files: [String] {
      ((try? FileManager.default.subpathsOfDirectory(atPath: path)) ?? []).filter { name in
        (try? FileManager.default.attributesOfItem(atPath: path + "/" + name)[.type] as? FileAttributeType)
          == .typeRegular
      }.sorted()
    }

    /// Permission bits; nil when it is not there.
    package func mode(_ name: String) -> Int? {
      (try? FileManager.default.attributesOfItem(atPath: path + "/" + name)[.posixPermissions] as? NSNumber)?.intValue
    }
  }

  package let home: Home
  package let port: UInt16
  private let process: ChildProcess

  /// Listens when it returns.
  ///
  /// - Parameters:
  ///   - arguments: added to `serve --data-dir … --port 0`.
  ///   - wrapper: what it is started by, see `CerberusBinary.start`.
  ///   - listener: a listening socket that it is handed (sd_listen_fds(3)).
  package init(
    _ home: Home? = nil, arguments: [String] = [], environment: [String: String] = [:], under wrapper: [String] = [],
    listener: Int32? = nil
  ) throws {
    let home = try home ?? Home()
    self.home = home
    process = try CerberusBinary.start(
      ["serve", "--data-dir", home.path, "--port", "0"] + arguments, environment: environment,
      under: wrapper, listener: listener)
    var port: UInt16?
    while port == nil {
      guard let line = try process.nextErrorLine() else {
        throw ChildProcess.Failure(description: "the server ended with \(try process.wait()): \(process.error)")
      }
      port = Self.port(in: line)
    }
    self.port = port ?? 0
  }

  /// From `cerberus listens on http://127.0.0.1:PORT, data in …`.
  package static func port(in line: String) -> UInt16? {
    guard let address = line.firstRange(of: "listens on http://") else { return nil }
    let host = line[address.upperBound...].prefix { $0 != "," }
    guard let colon = host.lastIndex(of: ":") else { return nil }
    return UInt16(host[host.index(after: colon)...])
  }

  /// A connection; the server lives for as long as it does.
  package func connect() throws -> TestClient { try TestClient(port: port, keeping: self) }

  /// Returns when nobody listens on the port any more, which is to say that the server has begun to stop.
  package func waitUntilDeaf() throws {
    let begin = ContinuousClock.now
    while let client = try? TestClient(port: port) {
      _ = consume client
      guard ContinuousClock.now - begin < .seconds(Int(ChildProcess.patienceSeconds)) else {
        throw ChildProcess.Failure(description: "the server listens after \(ChildProcess.patienceSeconds) s")
      }
    }
  }

  /// Closes our end of its stderr, as a terminal does that goes away.
  package func closeError() { process.closeError() }

  /// SIGTERM, and the exit.
  @discardableResult
  package func stop() throws -> ChildProcess.Exit {
    askToStop()
    return try process.wait()
  }

  /// SIGHUP.
  package func askToReopen() { process.send(SIGHUP) }

  /// SIGSTOP: nothing of it runs until `goOn`.
  package func pause() { process.send(SIGSTOP) }
  package func goOn() { process.send(SIGCONT) }

  /// SIGTERM alone.
  package func askToStop() { process.send(SIGTERM) }

  package func wait() throws -> ChildProcess.Exit { try process.wait() }

  /// SIGKILL: nothing of the process gets to run again.
  @discardableResult
  package func kill() throws -> ChildProcess.Exit {
    process.send(SIGKILL)
    return try process.wait()
  }

  var pid: pid_t { process.pid }

  /// The end of what it says on stderr, which is waited for a while in case that it is about to end.
  var lastWords: String {
    process.listen(milliseconds: 2000)
    return String(process.error.suffix(4000))
  }

  /// What it has said on stderr and stdout; complete after its end.
  package var errorText: String { process.error }
  package var outputText: String { process.output }
}
