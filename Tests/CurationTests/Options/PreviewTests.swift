import Posix
import Records
import Testing
import TrainingLog

@testable import Curation

@Suite("What a run would do")
struct PreviewTests {
  private func files(_ folder: DataFolder) throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for parent in [folder.directory.curated, folder.directory.state, folder.directory.surveys] {
      guard Directories.exists(parent) else { continue }
      for name in try Directories.list(parent) { files[parent + "/" + name] = try? readFile(parent + "/" + name) }
    }
    return files
  }

  @Test("A dry run counts what a run would, and changes nothing", arguments: [false, true])
  func dryRun(hasRun: Bool) throws {
    let folder = try DataFolder()
    for number in 0..<8 { try folder.add(conversation(number)) }
    try folder.rate(conversation(1), 2)
    if hasRun { try folder.curate() }
    try folder.rate(conversation(2), 1)
    let before = try files(folder)
    let preview = try JSONDocument(parsing: folder.curator.preview { _ in }).root
    #expect(try files(folder) == before)
    let manifest = try folder.curate()
    for name: StaticString in ["examples", "train", "test", "preferences", "expired", "damaged"] {
      #expect(preview[name]?.integer == manifest[name]?.integer, "\(name)")
    }
    for name: StaticString in ["rejected", "overlaps", "rules", "damaged_lines", "inputs"] {
      #expect(preview[name] != nil && preview[name]?.value == manifest[name]?.value, "\(name)")
    }
    #expect(preview["version"] == nil && preview["files"] == nil)
  }

  /// What is asked, and how many of rows rated 0 to 5 with answers of 90 characters stay.
  @Test("What if", arguments: [(4, 50, 3), (2, 50, 5), (1, 50, 6), (5, 50, 2), (4, 1000, 0)])
  func whatIf(score: Int, length: Int, expected: Int) throws {
    let folder = try DataFolder()
    for number in 0..<6 {
      try folder.add(conversation(number))
      if number > 0 { try folder.rate(conversation(number), number) }
    }
    var rules = CurationRules()
    rules.quality.goodScore = score
    rules.quality.answerCharactersMin = length
    let preview = try JSONDocument(parsing: folder.curator(seed: 1, rules: rules).preview { _ in }).root
    #expect(preview["examples"]?.integer == expected)
  }

  private func explain(_ folder: DataFolder, _ id: String) throws -> JSONElement {
    try JSONDocument(parsing: folder.curator.explain(id) { _ in }).root
  }

  @Test("The story of one example: its rules, its twins, and the held-out text that it is too near to")
  func explained() throws {
    let folder = try DataFolder()
    let words = (0..<40).map { "word\($0)" }.joined(separator: " ")
    let best = conversation(1, question: "Q?", answer: words)
    let twin = conversation(2, question: "Q?", answer: words + " more")
    let short = conversation(3, answer: "Short.")
    let near = conversation(
      4, user: user(.test), question: "Another?", answer: (0..<26).map { "word\($0)" }.joined(separator: " "))
    try folder.add(best, twin, short)
    try folder.rate(best, 5)
    try folder.rate(short, 1)
    let plain = try explain(folder, best.exampleID.description)
    #expect(plain["in_dataset"]?.value == .bool(true))
    #expect(plain["reason"]?.string == "")
    #expect(plain["rules"]?.members.allSatisfy { $0.value.string == "kept" } == true)
    #expect(plain["twins"]?.items.map { $0["example_id"]?.string } == [twin.exampleID.description])
    let left = try explain(folder, twin.exampleID.description)
    #expect(left["reason"]?.string == "near_duplicate")
    #expect(left["rules"]?["near_duplicate"]?.string == "broken")
    #expect(left["twins"]?.items.first?["in_dataset"]?.value == .bool(true))
    let bad = try explain(folder, short.exampleID.description)
    #expect(bad["reason"]?.string == "low_score")
    #expect(bad["rules"]?["too_short"]?.string == "broken")
    #expect(bad["rules"]?["moat"]?.string == "not asked")
    #expect(bad["negative"]?.string == "low_score")
    try folder.add(near)
    let tooNear = try explain(folder, best.exampleID.description)
    #expect(tooNear["reason"]?.string == "moat")
    #expect(tooNear["too_near_to"]?.string == near.exampleID.description)
    for unknown in ["none", ExampleID(milliseconds: 1, sequence: 0, random: 1).description] {
      #expect(throws: CurationOrder.Failure.unknownExample) { try explain(folder, unknown) }
    }
    try folder.curate()
    try folder.expire(best.timestamp.day)
    try folder.curate()
    let id = try #require(try folder.dataset().first?.id)
    #expect(try explain(folder, id)["expired"]?.value == .bool(true))
  }

  @Test("An order is the same after its way through the control socket")
  func order() throws {
    var order = CurationOrder()
    #expect(order.isUsual && order.isWriting)
    order.explain = "x"
    order.isDryRun = true
    order.minScore = 3
    order.minLength = 7
    order.rules = [.refusal, .unclosedFence]
    order.exclude = ["/a b", "/c"]
    order.balance.perUser = 1
    order.balance.perLanguage = 2
    order.balance.target = 3
    order.balance.temperature = 1.5
    order.balance.seed = 4
    let read = try CurationOrder(JSONDocument(parsing: order.json).root)
    #expect(read.json == order.json)
    #expect(read.balance == order.balance)
    #expect(!read.isUsual && !read.isWriting)
    for wrong in [#"{"target":0}"#, #"{"temperature":0.5}"#, #"{"other":1}"#, #"{"seed":-1}"#] {
      #expect(throws: CurationOrder.Failure.badOrder) {
        try CurationOrder(JSONDocument(parsing: Array(wrong.utf8)).root)
      }
    }
  }
}
