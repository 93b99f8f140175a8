import HTTPWire
import TestKit
import TrainingLog

@testable import Service

/// A log in a directory of its own.
struct LogFixture {
  let folder: TestServer.Home
  let log: TrainingLog

  init(_ folder: TestServer.Home? = nil) throws {
    let folder = try folder ?? TestServer.Home()
    self.folder = folder
    log = try TrainingLog.reopened(TrainingLog.Configuration(directory: DataDirectory(folder.path)))
  }

  var directory: DataDirectory { DataDirectory(folder.path) }
  var routes: Routes { get throws { Routes(try collector()) } }

  func collector(clock: any WallClock = SystemClock()) throws -> Collector {
    Collector(log: log, clock: clock, gatekeeper: try gatekeeper(), settings: ServerSettings(), eventLog: silence)
  }

  /// Without keys.
  private func gatekeeper(_ host: String = "127.0.0.1") throws -> Gatekeeper {
    Gatekeeper(keys: try LiveKeys(directory, master: nil, now: 0), host: host, feedbackNeedsKey: false)
  }

  func server(host: String = "127.0.0.1", port: UInt16 = 0, loops: Int = 2) throws -> Server {
    try Server(log: log, host: host, port: port, loops: loops, gatekeeper: try gatekeeper(host), eventLog: silence)
  }
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

/// A log that goes nowhere: -1 is never open.
let silence = EventLog(level: "error", sink: LogSink(raw: -1))!
