import Dispatch
import Foundation
import Posix
import TestKit
import Testing
import TrainingLog

@testable import Service

/// A disk that takes its time: a sync waits for as long as the gate is closed.
private final class GatedFileSystem: FileSystem {
  let gate = DispatchSemaphore(value: 1)
  private let real = PosixFileSystem()

  func openLog(_ path: String) throws(SystemError) -> any LogFile { GatedFile(try real.openLog(path), gate) }
  func openSecret(_ path: String) throws(SystemError) -> any LogFile { try real.openSecret(path) }
  func exists(_ path: String) -> Bool { real.exists(path) }
  func identity(_ path: String) -> UInt64? { real.identity(path) }
  func list(_ directory: String) throws(SystemError) -> [String] { try real.list(directory) }
  func synchronizeDirectory(_ path: String) throws(SystemError) { try real.synchronizeDirectory(path) }
  func rename(_ from: String, to: String) throws(SystemError) { try real.rename(from, to: to) }
  func remove(_ path: String) throws(SystemError) { try real.remove(path) }
  func freeBytes(_ path: String) throws(SystemError) -> Int { try real.freeBytes(path) }
}

private final class GatedFile: LogFile {
  private let real: any LogFile
  private let gate: DispatchSemaphore

  init(_ real: any LogFile, _ gate: DispatchSemaphore) { (self.real, self.gate) = (real, gate) }

  func synchronizeData() throws(SystemError) {
    gate.wait()
    defer { gate.signal() }
    try real.synchronizeData()
  }
  func append(_ bytes: [UInt8]) throws(SystemError) { try real.append(bytes) }
  func truncate(to size: Int) throws(SystemError) { try real.truncate(to: size) }
  func size() throws(SystemError) -> Int { try real.size() }
  func read(at offset: Int, count: Int) throws(SystemError) -> [UInt8] { try real.read(at: offset, count: count) }
}

@Suite("A full commit queue")
struct FullQueueTests {
  private static let room = 8

  @Test func `it answers 503 with Retry-After while memory stays flat, and goes on with the disk`() throws {
    StandardStreams.ignoreFatalSignals()
    let home = try TestServer.Home()
    let disk = GatedFileSystem()
    var configuration = TrainingLog.Configuration(directory: DataDirectory(home.path))
    configuration.queuedRecords = Self.room
    let log = try TrainingLog(configuration, fileSystem: disk)
    let keys = try LiveKeys(configuration.directory, master: nil, now: Clocks.monotonicNanoseconds())
    // The flood takes its time where everything is instrumented, and nobody is to be cut off for idleness meanwhile.
    var settings = ServerSettings()
    settings.limits.idleSeconds = 3600
    let server = try Server(
      log: log, host: "127.0.0.1", port: 0, loops: 2,
      gatekeeper: Gatekeeper(keys: keys, host: "127.0.0.1", feedbackNeedsKey: false), settings: settings,
      eventLog: silence)
    defer { server.stop() }
    disk.gate.wait()
    var isClosed = true
    defer { if isClosed { disk.gate.signal() } }

    let clients = try (0..<20).map { _ in try TestClient(port: server.port) }
    for (number, client) in clients.enumerated() {
      try client.send("POST", "/v1/log", fields: Self.json, body: LogBody(user: "u-\(number)").bytes)
    }
    // Nobody can be answered with anything else; the room is used to the last place, and nobody else is kept waiting.
    let end = ContinuousClock.now + .seconds(Int(ChildProcess.patienceSeconds))
    var refused: [Int] = []
    while refused.count < clients.count - Self.room, ContinuousClock.now < end {
      refused = clients.indices.filter { clients[$0].hears(within: 5) }
    }
    try #require(refused.count == clients.count - Self.room)
    for index in refused {
      let answer = try clients[index].response()
      #expect(answer.status == 503)
      #expect(answer["Retry-After"] == "1")
      #expect(answer["Connection"] == nil)
    }
    #expect(try clients[refused[0]].get("/readyz").status == 200)

    // 100 MiB that nobody may keep.
    let large = LogBody(answer: String(repeating: "A long answer. ", count: 3500)).bytes
    let flood = try TestClient(port: server.port)
    let before = try #require(try residentBytes())
    for _ in 0..<2000 {
      try flood.send("POST", "/v1/log", fields: Self.json, body: large)
      #expect(try flood.response().status == 503)
    }
    #expect(try #require(try residentBytes()) - before < 32 << 20)

    disk.gate.signal()
    isClosed = false
    for index in clients.indices where !refused.contains(index) {
      #expect(try clients[index].response().status == 201)
    }
    #expect(try clients[refused[0]].post("/v1/log", LogBody(user: "again").bytes).status == 201)
    let metrics = try clients[0].get("/metrics").text
    #expect(metrics.contains("cerberus_refusals_total{reason=\"queueFull\"} "))
    #expect(!metrics.contains("cerberus_refusals_total{reason=\"queueFull\"} 0\n"))
  }

  private static let json = [("Content-Type", "application/json")]

  /// Of this process, which the server is part of (proc_pid_statm(5)).
  private func residentBytes() throws -> Int? {
    try String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " ").dropFirst().first
      .flatMap { Int($0) }.map { $0 * 4096 }
  }
}
