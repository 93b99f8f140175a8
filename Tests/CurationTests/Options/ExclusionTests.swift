import Records
import Testing
import TrainingLog

@testable import Curation

@Suite("Decontamination")
struct ExclusionTests {
  private static let thirteen = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu"

  private static func exclusion(_ files: [String]) throws -> Exclusion {
    let folder = try DataFolder()
    let paths = files.indices.map { folder.directory.root + "/set\($0).jsonl" }
    for (path, text) in zip(paths, files) { try AtomicFile.replace(path, with: Array(text.utf8)) }
    return try Exclusion(paths)
  }

  /// Sets, text, and the line that it shares 13 words with; nil for none.
  static let rows: [(set: String, text: String, line: Int32?)] = [
    (thirteen, thirteen, 1),
    (thirteen, "before, \(thirteen.uppercased().replacing(" ", with: " — ")) behind", 1),
    (thirteen, String(thirteen.dropLast(3)), nil),
    (thirteen, thirteen.replacing("zeta", with: "ZETA_1"), nil),
    ("\n\n" + #"{"task":"t","prompt":["short","\#(thirteen)"]}"#, "x " + thirteen, 3),
    (#"["alpha beta gamma delta epsilon zeta eta","theta iota kappa lambda mu nu"]"#, thirteen, nil),
    ("alpha beta gamma delta epsilon zeta eta\ntheta iota kappa lambda mu nu", thirteen, 2),
    ("", thirteen, nil), (thirteen, "", nil), (#"{"a":1}"#, thirteen, nil),
  ]

  @Test("Thirteen words in a row, whatever stands between them", arguments: rows)
  func hits(row: (set: String, text: String, line: Int32?)) throws {
    let hit = try Self.exclusion([row.set]).hit(in: ["nothing", row.text])
    #expect(hit?.place.line == row.line)
    if hit != nil { #expect(hit?.span == Self.thirteen) }
  }

  @Test("The first file that has it is named")
  func files() throws {
    let exclusion = try Self.exclusion(["other", Self.thirteen, Self.thirteen])
    #expect(try #require(exclusion.hit(in: [Self.thirteen])).place.file == 1)
    #expect(exclusion.files == ["set0.jsonl", "set1.jsonl", "set2.jsonl"])
  }

  @Test("A set that cannot be read stops the run")
  func unreadable() throws {
    #expect(throws: CurationOrder.Failure.unreadable("none")) { try Exclusion(["/nowhere/none"]) }
  }

  /// Where the words of the set stand in a record.
  @Test("An example is left out, its negative too, and its row after the record has expired", arguments: 0..<4)
  func dropped(place: Int) throws {
    let folder = try DataFolder()
    var records = (0..<3).map { conversation($0) }
    switch place {
    case 0: records[1].userMessage = "Why " + Self.thirteen
    case 1: records[1].assistantMessage = Self.thirteen + " and so on, until it is long enough"
    case 2: records[1].history = [Message(role: .user, content: Self.thirteen)]
    default: break
    }
    for record in records { try folder.add(record) }
    if place == 3 { try folder.rate(records[1], 2, correction: "So: " + Self.thirteen) }
    var rules = CurationRules()
    rules.exclusion = try Self.exclusion([Self.thirteen])
    try folder.curate()
    #expect(try folder.dataset().count == 3)
    let manifest = try JSONDocument(
      parsing: folder.curator(seed: 1, rules: rules).run(now: DataFolder.now) { _ in }
    ).root
    #expect(manifest["rejected"]?["contaminated"]?.integer == 1)
    #expect(try !folder.dataset().map(\.id).contains(records[1].exampleID.description))
    #expect(try folder.preferences().isEmpty)
    // Without the option it is as if there had been none.
    try folder.curate()
    #expect(try folder.dataset().count == 3)
    try folder.expire(records[0].timestamp.day)
    _ = try folder.curator(seed: 1, rules: rules).run(now: DataFolder.now) { _ in }
    #expect(try folder.dataset().count == 2)
  }
}
