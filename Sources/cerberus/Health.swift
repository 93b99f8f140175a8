import ArgumentParser
import Posix
import Records
import Service

struct Health: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Asks the running server of the data directory whether the next record can be made durable.",
    discussion: "Exit codes: 0 it can, 1 it cannot, 69 no server answers. For containers and monitors.")

  @OptionGroup var data: DataOptions
  @Flag(help: "As JSON: ready, and the reason where it is not.") var json = false

  func run() throws {
    let answer: (status: Int, body: [UInt8])?
    do { answer = try data.server().send("GET", "/readyz") } catch let error as SystemError {
      throw DataOptions.silence(error)
    }
    guard let answer else { throw fail(.unreachable, Self.noServer) }
    let isReady = answer.status == 200
    let detail = (try? JSONDocument(parsing: answer.body).root["detail"]?.string).flatMap { $0 }
    if json {
      var report = JSONWriter(reserving: 128)
      report.object { report in
        report.key("ready")
        report.bool(isReady)
        guard !isReady else { return }
        report.key("reason")
        report.string(detail ?? "it answers \(answer.status)")
      }
      try output(report.bytes + [UInt8(ascii: "\n")])
    } else if isReady {
      try output("ready\n".utf8)
    }
    guard isReady else { throw fail(.failed, detail ?? "not ready: the server answers \(answer.status)") }
  }

  static let noServer = "no server runs on this data directory; start `cerberus serve`, or name --data-dir"
}
