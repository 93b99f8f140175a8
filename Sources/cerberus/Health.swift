import ArgumentParser
import Posix
import Records
import Service

struct Health: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Asks the running server of the data directory whether the next record can be made durable.",
    discussion: "Exit codes: 0 it can, 1 it cannot, 69 no server answers. For containers and monitors.")

  @OptionGroup var data: DataOptions
  @Flag(help: "The object of GET /readyz.") var json = false

  func run() throws {
    let answer: (status: Int, body: [UInt8])?
    do throws(SystemError) { answer = try ControlClient(data.directory).send("GET", "/readyz") } catch {
      throw fail(.unreachable, "the server of this data directory does not answer: \(error)")
    }
    guard let answer else { throw fail(.unreachable, Self.noServer) }
    if json { try output(answer.body + [UInt8(ascii: "\n")]) }
    guard answer.status == 200 else {
      let detail = (try? JSONDocument(parsing: answer.body).root["detail"]?.string).flatMap { $0 }
      throw fail(.failed, "not ready" + (detail.map { ": \($0)" } ?? ""))
    }
    if !json { try output("ready\n".utf8) }
  }

  static let noServer = "no server runs on this data directory; start `cerberus serve`, or name --data-dir"
}
