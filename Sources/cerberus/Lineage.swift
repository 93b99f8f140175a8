import ArgumentParser
import Curation
import Posix
import Records

struct Lineage: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows which versions of the dataset held an example, or what a version was.",
    discussion: """
      Works beside a running server. An example that was erased is not known any more, nor is one whose raw record has \
      expired: its row goes on under a random id.
      """)

  @OptionGroup var data: DataOptions
  @Argument(help: "An example_id, or a version: the 16 hexadecimal digits of the manifest.") var subject: String
  @Flag(help: "The answer as JSON; of a version with the ids of its rows.") var json = false

  func validate() throws {
    guard LineageReport.Subject(subject) == nil else { return }
    throw ValidationError("The argument must be an example_id or a version of 16 hexadecimal digits.")
  }

  /// On a terminal the ids of a version would bury the rest; `known_rows` counts them.
  private static func withoutIDs(_ report: [UInt8]) throws -> [UInt8] {
    let members = try JSONDocument(parsing: report).root.members
    var writer = JSONWriter()
    writer.object { object in
      for (key, value) in members where key.string != "known_ids" {
        object.key(key.string ?? "")
        object.value(value.value)
      }
    }
    return writer.bytes
  }

  func run() throws {
    try data.requireDirectory()
    guard let subject = LineageReport.Subject(subject) else { return }
    let report: [UInt8]?
    let erasures = try data.erasures()
    do { report = try LineageReport.json(of: subject, data.directory, hiding: erasures) } catch {
      throw fail(.inputOutput, "the lineage cannot be read: \(error)")
    }
    guard let report else {
      switch subject {
      case .example:
        throw fail(.failed, "no version of the dataset held an example of that id, or it is erased or expired")
      case .version: throw fail(.failed, "no run has made that version")
      }
    }
    try show(json ? report : Self.withoutIDs(report), asJSON: json)
  }
}
