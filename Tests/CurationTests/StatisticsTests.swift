import Records
import Testing

@testable import Curation
@testable import TrainingLog

@Suite("Statistics")
struct StatisticsTests {
  private static func report(_ folder: DataFolder, _ tallies: Tallies) throws -> JSONElement {
    try JSONDocument(
      parsing: StatisticsReport.json(tallies: tallies, directory: folder.directory, now: DataFolder.now)
    ).root
  }

  private static let keys = [
    "conversations", "users", "sessions", "rated", "comments", "corrections", "feedback_rate", "average_score",
    "scores", "high_quality", "quality_rate", "rejected", "languages", "frameworks", "complexities", "models",
    "variants", "redactions", "per_day", "opted_out_users", "erased_records", "storage_bytes", "curated",
  ]

  @Test("Nothing there yet")
  func empty() throws {
    let folder = try DataFolder()
    let bytes = StatisticsReport.json(tallies: Tallies(), directory: folder.directory, now: DataFolder.now)
    let rejected = #"{"opted_out":0,"low_score":0,"blank":0,"too_short":0,"pii":0,"exact_duplicate":0}"#
    #expect(
      String(decoding: bytes, as: UTF8.self) == #"""
        {"conversations":0,"users":0,"sessions":0,"rated":0,"comments":0,"corrections":0,"feedback_rate":0,\#
        "average_score":0,"scores":{"1":0,"2":0,"3":0,"4":0,"5":0},"high_quality":0,"quality_rate":0,\#
        "rejected":\#(rejected),"languages":{},"frameworks":{},"complexities":{},"models":{},"variants":{},\#
        "redactions":{},"per_day":[],"opted_out_users":0,"erased_records":0,"storage_bytes":0,\#
        "curated":{"examples":0,"train":0,"test":0,"rejected":\#(rejected.dropLast()),"near_duplicate":0,"moat":0},\#
        "version":"","at":""}}
        """#)
  }

  @Test("Everything counted, from real records")
  func full() throws {
    let folder = try DataFolder()
    var named = conversation(1)
    named.redactions = [RedactionCount(type: "EMAIL", count: 2)]
    named.framework = "django"
    let twin = conversation(2, question: named.userMessage, answer: named.assistantMessage)
    let other = conversation(3, user: user(.train, from: 99), at: "2026-03-04T00:00:00Z")
    let short = conversation(4, answer: "Yes.", at: "2026-03-04T00:00:00Z")
    let low = conversation(5, at: "2026-03-04T00:00:00Z")
    try folder.add(named, twin, other, short, low)
    try folder.rate(named, 5)
    try folder.rate(other, 4, correction: goodAnswer(77))
    try folder.rate(low, 2)
    try folder.append(
      Records.Comment(exampleID: low.exampleID, comment: "Wrong.", timestamp: DataFolder.now).line(), to: .comments)
    let manifest = try folder.curate()
    let log = try TrainingLog.reopened(.init(directory: folder.directory))
    let report = try Self.report(folder, log.counters.tallies)

    #expect(report.members.map { $0.key.string ?? "" } == Self.keys)
    let expected: [(StaticString, Int)] = [
      ("conversations", 5), ("users", 2), ("sessions", 2), ("rated", 3), ("comments", 1), ("corrections", 1),
      ("high_quality", 2), ("opted_out_users", 0), ("erased_records", 0),
    ]
    for (name, count) in expected { #expect(report[name]?.integer == count, "\(name)") }
    #expect(report["feedback_rate"]?.numberText == "0.6")
    #expect(report["quality_rate"]?.numberText == "0.4")
    #expect(report["average_score"]?.numberText == "\(11.0 / 3.0)")
    #expect(text(report["scores"]) == #"{"1":0,"2":1,"3":0,"4":1,"5":1}"#)
    #expect(
      text(report["rejected"])
        == #"{"opted_out":0,"low_score":1,"blank":0,"too_short":1,"pii":0,"exact_duplicate":1}"#)
    let curated = text(report["rejected"]).dropLast() + #","near_duplicate":0,"moat":0}"#
    #expect(text(manifest["rejected"]) == curated)
    #expect(text(report["frameworks"]) == #"{"django":{"conversations":1,"rated":1,"average_score":5}}"#)
    #expect(text(report["languages"]) == #"{"python":{"conversations":5,"rated":3,"average_score":\#(11.0 / 3.0)}}"#)
    #expect(text(report["redactions"]) == #"{"EMAIL":2}"#)
    let days = report["per_day"]?.items ?? []
    #expect(days.map { $0["date"]?.string ?? "" } == (1...10).map { "2026-03-" + ($0 < 10 ? "0" : "") + "\($0)" })
    #expect(text(days.first) == #"{"date":"2026-03-01","conversations":2,"rated":1,"high_quality":1}"#)
    #expect(text(days[1]) == #"{"date":"2026-03-02","conversations":0,"rated":0,"high_quality":0}"#)
    #expect(text(days[3]) == #"{"date":"2026-03-04","conversations":3,"rated":2,"high_quality":1}"#)
    let version = manifest["version"]?.string ?? ""
    #expect(
      text(report["curated"]) == #"""
        {"examples":2,"train":2,"test":0,"rejected":\#(curated),"version":"\#(version)",\#
        "at":"2026-03-10T12:00:00.000Z"}
        """#)
    #expect((report["storage_bytes"]?.integer ?? 0) > 4_096)
  }

  @Test("per_day holds the last 90 days, and a record from behind midnight")
  func window() throws {
    let folder = try DataFolder()
    var tallies = Tallies()
    let today = DataFolder.now.day
    for age in [200, 89, 88, 3, -1] {
      tallies.add(Tally(conversations: 1), to: .day, today.advanced(by: -age).description)
    }
    let days = try Self.report(folder, tallies)["per_day"]?.items ?? []
    #expect(days.count == 90)
    #expect(days.first?["date"]?.string == today.advanced(by: -88).description)
    #expect(days.last?["date"]?.string == today.advanced(by: 1).description)
    #expect(days.reduce(0) { $0 + ($1["conversations"]?.integer ?? 0) } == 3)
  }

  @Test("storage_bytes is the size of the raw and curated files, whatever stands beside them")
  func storage() throws {
    let folder = try DataFolder()
    try folder.append([UInt8](repeating: 0x20, count: 99), to: .feedback)
    try AtomicFile.replace(folder.directory.manifest, with: [1, 2, 3])
    try AtomicFile.replace(folder.directory.pepper, with: [UInt8](repeating: 1, count: 32))
    #expect(try Self.report(folder, Tallies())["storage_bytes"]?.integer == 103)
  }

  private func text(_ element: JSONElement?) -> String {
    var writer = JSONWriter()
    writer.value(element?.value ?? .null)
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
