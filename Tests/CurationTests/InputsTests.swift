import Posix
import Privacy
import Records
import Testing
import TrainingLog

@testable import Curation

/// What the manifest says that a run has read.
@Suite("Inputs of a run")
struct InputsTests {
  private func inputs(_ manifest: JSONElement) -> [String: [String]] {
    let items = manifest["inputs"]?.items ?? []
    return Dictionary(
      uniqueKeysWithValues: items.map { item in
        (item["file"]?.string ?? "-", ["\(item["bytes"]?.integer ?? -1)", item["sha256"]?.string ?? "-"])
      })
  }

  @Test("Each file with its size and a hash that changes with it alone, whatever was surveyed when")
  func inputs() throws {
    let folder = try DataFolder()
    let days = ["2026-03-01", "2026-03-02"]
    let records = days.enumerated().map { conversation($0.offset, at: "\($0.element)T10:00:00Z") }
    for record in records { try folder.add(record) }
    try folder.rate(records[0], 5)
    let first = inputs(try folder.curate())
    #expect(first.keys.sorted() == days.map { "conversations_\($0).jsonl" } + ["feedback.jsonl"])
    for (name, input) in first {
      #expect(input[0] == "\(try folder.bytes(folder.directory.logs + "/" + name).count)", "\(name)")
    }
    let feedback = try folder.bytes(folder.directory.path(of: .feedback))
    #expect(first["feedback.jsonl"]?[1] == SHA256.hash(feedback).hex)
    #expect(try inputs(folder.curate()) == first)
    try folder.add(conversation(7, at: "2026-03-02T11:00:00Z"))
    try folder.rate(records[1], 4, correction: goodAnswer(8))
    let second = inputs(try folder.curate())
    #expect(second["conversations_2026-03-01.jsonl"] == first["conversations_2026-03-01.jsonl"])
    for name in ["conversations_2026-03-02.jsonl", "feedback.jsonl"] { #expect(second[name] != first[name], "\(name)") }
    #expect(second["corrections.jsonl"] != nil)
    #expect(try inputs(folder.copy().curate()) == second, "a run that surveys everything anew says the same")
  }

  @Test("An evaluation set is one of them")
  func exclusion() throws {
    let folder = try DataFolder()
    try folder.add(conversation(1))
    let text = Array("one two three\n".utf8)
    let path = folder.directory.root + "/eval.txt"
    try AtomicFile.replace(path, with: text)
    var rules = CurationRules()
    rules.exclusion = try Exclusion([path])
    let manifest = try JSONDocument(parsing: folder.curator(seed: 1, rules: rules).run(now: DataFolder.now) { _ in })
    #expect(inputs(manifest.root)["eval.txt"] == ["\(text.count)", SHA256.hash(text).hex])
  }
}
