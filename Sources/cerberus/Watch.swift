import ArgumentParser
import Posix
import Records
import Service
import TrainingLog

struct Watch: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows live what comes in: progress, quality, conversations a second.",
    discussion: "On a terminal one picture that is drawn anew, elsewhere a line each time. Ctrl+C ends it.")

  @OptionGroup var data: DataOptions
  @Option(help: "Seconds between two looks, from 0.1 to 3600.") var interval = 2.0
  @Option(help: "Ends after so many looks; 0 goes on.") var count = 0
  @Flag(help: "Each time a line with the objects of GET /v1/stats and GET /v1/progress.") var json = false

  func validate() throws {
    guard (0.1...3600).contains(interval) else { throw ValidationError("--interval must be from 0.1 to 3600.") }
    guard count >= 0 else { throw ValidationError("--count must not be negative.") }
  }

  func run() throws {
    let style = Style.output
    let isDrawn = StandardStreams.outputIsTerminal && !json && environment("TERM") != "dumb"
    var last: (conversations: Int, at: UInt64)?
    var looks = 0
    while true {
      let now = Clocks.monotonicNanoseconds()
      let (stats, progress) = (try ask("/v1/stats"), try ask("/v1/progress"))
      guard let statistics = try? JSONDocument(parsing: stats).root,
        let goal = try? JSONDocument(parsing: progress).root
      else { throw fail(.failed, "the server's answer is not readable") }
      let conversations = statistics["conversations"]?.integer ?? 0
      let rate = last.map { Double(conversations - $0.conversations) / (Double(now - $0.at) / 1e9) } ?? 0
      last = (conversations, now)
      if json {
        try output(Array(#"{"stats":"#.utf8) + stats + Array(#","progress":"#.utf8) + progress + Array("}\n".utf8))
      } else if isDrawn {
        let lines =
          ["\(pace(rate)), \(SystemClock().now)", ""] + ProgressView(report: goal, style: style).lines + [""]
          + StatisticsView(report: statistics, style: style).lines
        // To the corner, and each line cleared behind its text: less flicker than an empty screen.
        try output(("\u{1b}[H" + lines.map { $0 + "\u{1b}[K\n" }.joined() + "\u{1b}[J").utf8)
      } else {
        try output((line(statistics, goal, rate) + "\n").utf8)
      }
      looks += 1
      if looks == count { return }
      Clocks.pause(seconds: interval)
    }
  }

  private func pace(_ rate: Double) -> String { "\(Figure.score(rate)) conversations/s" }

  private func line(_ stats: JSONElement, _ goal: JSONElement, _ rate: Double) -> String {
    func figure(_ name: StaticString) -> String { Figure.count(stats[name]?.integer ?? 0) }
    let percent = goal["percent"]?.numberText.flatMap(Double.init) ?? 0
    return "\(SystemClock().now)  \(figure("conversations")) conversations, \(figure("rated")) rated, "
      + "\(figure("high_quality")) high quality, \(Figure.percent(percent / 100)) of the goal, \(pace(rate))"
  }

  private func ask(_ path: String) throws -> [UInt8] {
    do {
      guard let (status, body) = try data.server().send("GET", path) else {
        throw fail(.unreachable, Health.noServer)
      }
      guard status == 200 else { throw fail(.tryLater, "the server answered \(status)") }
      return body
    } catch let error as SystemError {
      throw DataOptions.silence(error)
    }
  }
}
