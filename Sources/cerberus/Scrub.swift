import ArgumentParser
import Posix
import Privacy
import Records

struct Scrub: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Prints stdin with personal data and secrets removed.")

  @Flag(help: #"A filter: one {"text":…} a line in, one {"text":…,"redactions":{…}} a line out."#) var jsonl = false

  @Option(help: "A JSON file of options, of which \"scrub-rules\" counts here. [env: CERBERUS_CONFIG]")
  var config: String?

  func run() throws {
    let scrubber = try OptionSources(config: config).scrubber()
    if jsonl {
      var number = 0
      while let line = readLine(strippingNewline: true) {
        number += 1
        try output(try filtered(line, number: number, scrubber))
      }
      return
    }
    var text = try StandardStreams.readInput()
    scrubber.scrub(utf8: &text)
    try output(text)
  }

  private func filtered(_ line: String, number: Int, _ scrubber: Scrubber) throws -> [UInt8] {
    guard let text = (try? JSONDocument(parsing: Array(line.utf8)))?.root["text"]?.string else {
      throw fail(.badData, "line \(number) is not a JSON object with a string \"text\"")
    }
    let scrubbed = scrubber.scrub(text: text)
    var writer = JSONWriter(reserving: text.utf8.count + 64)
    writer.object { object in
      object.key("text")
      object.string(scrubbed.value)
      object.key("redactions")
      object.object { counts in
        for (name, count) in scrubbed.redactions {
          counts.key(name)
          counts.integer(count)
        }
      }
    }
    return writer.bytes + [UInt8(ascii: "\n")]
  }
}
