import ArgumentParser
import Dispatch
import Foundation
import Posix
import Service
import TrainingLog

struct Serve: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Takes conversations and ratings over HTTP.")

  @OptionGroup var data: DataOptions

  @Option(help: "The address to listen on, an IPv4 or IPv6 literal. [env: CERBERUS_HOST] (default: 127.0.0.1)")
  var host: String?

  @Option(help: "The port; 0 takes a free one. [env: CERBERUS_PORT] (default: 8080)")
  var port: UInt16?

  func run() throws {
    StandardStreams.ignoreFatalSignals()
    let host = host ?? environment("CERBERUS_HOST") ?? "127.0.0.1"
    let port = try port ?? environmentNumber("CERBERUS_PORT", in: 0...65_535).map { UInt16($0) } ?? 8080
    let address = host == "localhost" ? "127.0.0.1" : host
    guard address.hasPrefix("127.") || address == "::1" else {
      throw fail(
        .configuration, "without keys the server listens on loopback only (127.0.0.1 or ::1): anyone could write")
    }
    guard let eventLog = EventLog(level: "info", sink: LogSink()) else { return }
    let settings = ServerSettings()
    let termination = terminationSignals()
    let log = try data.openLog()
    let server: Server
    do throws(SystemError) {
      server = try Server(
        log: log, host: address, port: port, loops: ProcessInfo.processInfo.activeProcessorCount,
        settings: settings, eventLog: eventLog)
    } catch { throw fail(.configuration, "cannot listen there: \(error)") }
    greet(address.contains(":") ? "[\(address)]" : address, server.port)
    termination.arrived.wait()
    server.stop()
    for source in termination.sources { source.cancel() }
  }

  private func greet(_ host: String, _ port: UInt16) {
    let base = "http://\(host):\(port)"
    say(
      """
      cerberus listens on \(base), data in \(data.path)

        curl -s \(base)/v1/log -H 'Content-Type: application/json' -d '{"user_id":"ada","session_id":"s1",\
      "user_message":"How do I reverse a list in Python?","assistant_message":"Use reversed(items), or items[::-1] for a \
      copy; items.reverse() works in place."}' | tee /tmp/cerberus-example.json; echo
        curl -s \(base)/v1/feedback -H 'Content-Type: application/json' -d "{\\"example_id\\":\\"$(grep -o \
      '[0-9a-f-]\\{36\\}' /tmp/cerberus-example.json)\\",\\"score\\":5}"; echo
        curl -s \(base)/v1/stats; echo
      """)
  }

  /// Signals SIGTERM and SIGINT from now on, so that none that comes during the start is lost.
  private func terminationSignals() -> (arrived: DispatchSemaphore, sources: [any DispatchSourceSignal]) {
    let arrived = DispatchSemaphore(value: 0)
    let sources = [SIGTERM, SIGINT].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { arrived.signal() }
      source.resume()
      return source
    }
    return (arrived, sources)
  }
}
