import HTTPWire
import TestKit
import TrainingLog

@testable import Service

/// A log in a directory of its own.
struct LogFixture {
  let folder: TestServer.Home
  let log: TrainingLog

  init() throws {
    folder = try TestServer.Home()
    log = try TrainingLog(TrainingLog.Configuration(directory: DataDirectory(folder.path)))
  }

  var directory: DataDirectory { DataDirectory(folder.path) }
  var routes: Routes { Routes(Collector(log: log, clock: SystemClock())) }
}

/// The head of a request, by way of the wire.
func head(_ line: String, _ fields: [String]) throws -> RequestHead {
  var wire = ServerConnection(limits: WireLimits(), now: 0)
  let text = Array((["\(line) HTTP/1.1", "Host: a"] + fields + ["", ""]).joined(separator: "\r\n").utf8)
  text.withUnsafeBytes { wire.receive($0, now: 0) }
  guard case .head(let head) = wire.nextAction(now: 0) else {
    throw TestClient.Failure(description: "no head: \(line) \(fields)")
  }
  return head
}
