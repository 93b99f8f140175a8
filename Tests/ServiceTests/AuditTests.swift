import HTTPWire
import Posix
import Records
import TestKit
import Testing
import TrainingLog

@testable import Service

@Suite("What the service writes into the audit log")
struct AuditTests {
  private struct NobodyListens: Error {}

  private func acts(_ fixture: LogFixture) throws -> [JSONElement] {
    try fixture.folder.lines("state/audit.jsonl").map { try JSONDocument(parsing: Array($0.utf8)).root }
  }

  @Test(arguments: [false, true])
  func `an export of a user is noted, also one that breaks off`(_ breaksOff: Bool) throws {
    let fixture = try LogFixture()
    try fixture.log.setConsent(ofUser: "ann", [.training, .logging], refused: true, now: SystemClock().now)
    let request = try UserRequest(
      JSONDocument(parsing: Array("{\"user_id\":\"ann\"}".utf8)).root, takesPurpose: false)
    let answer = try fixture.routes.exportUser(request, by: "open")
    var sent = 0
    let isWhole = (try? answer.write({ if breaksOff, sent == 1 { throw NobodyListens() } }, { _ in sent += 1 })) != nil
    #expect(isWhole == !breaksOff)
    let acts = try acts(fixture)
    #expect(acts.map { $0["act"]?.string } == ["export_user", "end_export"])
    #expect(acts.last?["counts"]?["lines"]?.integer == (breaksOff ? 1 : 2))
    #expect(acts.first?["reference"]?.string == acts.last?["reference"]?.string)
  }

  @Test(arguments: [false, true])
  func `an export of the dataset is noted with the rows that went out, also one that breaks off`(
    _ breaksOff: Bool
  ) throws {
    let fixture = try LogFixture()
    let row =
      #"{"messages":[{"role":"user","content":"Q"},{"role":"assistant","content":"A"}],"#
      + #""example_id":"01938e5e-0000-7000-8000-000000000001","score":0,"language":"","split":"train"}"# + "\n"
    try AtomicFile.replace(fixture.directory.trainingData, with: Array(String(repeating: row, count: 3).utf8))
    let collector = try fixture.collector()
    let answer = try ExportOrder([]).answer(fixture.directory, fixture.log.erasures) {
      collector.auditedExport(.exportDataset, counting: "rows", by: "open")
    }
    var sent = 0
    var isBegun: [Bool] = []
    let isWhole =
      (try? answer.write({ if breaksOff, sent == 1 { throw NobodyListens() } }) { _ in
        // The process may end with this row.
        isBegun.append(try self.acts(fixture).map { $0["act"]?.string } == ["export_dataset"])
        sent += 1
      }) != nil
    #expect(isWhole == !breaksOff)
    #expect(isBegun == Array(repeating: true, count: breaksOff ? 1 : 3))
    let acts = try acts(fixture)
    #expect(acts.map { $0["act"]?.string } == ["export_dataset", "end_export"])
    #expect(acts.last?["counts"]?["rows"]?.integer == (breaksOff ? 1 : 3))
    #expect(acts.first?["reference"]?.string == acts.last?["reference"]?.string)
  }

  @Test func `an export that fails before it begins is not noted, one of nothing is`() throws {
    let fixture = try LogFixture()
    let collector = try fixture.collector()
    let answer = try ExportOrder([]).answer(fixture.directory, fixture.log.erasures) {
      collector.auditedExport(.exportDataset, counting: "rows", by: "open")
    }
    #expect(throws: (any Error).self) { try answer.write({}, { _ in }) }
    #expect(try acts(fixture).isEmpty)
    try AtomicFile.replace(fixture.directory.trainingData, with: [])
    try answer.write({}, { _ in })
    #expect(try acts(fixture).map { $0["act"]?.string } == ["export_dataset", "end_export"])
  }

  @Test func `a run of the curator is noted with the version that it made`() throws {
    let fixture = try LogFixture()
    let answer = try fixture.collector().curate(by: "open")
    let version = try #require(try JSONDocument(parsing: answer.body).root["version"]?.string)
    let acts = try acts(fixture)
    #expect(acts.map { $0["reference"]?.string } == [version])
    #expect(acts.first?["counts"]?.members.map { $0.key.string } == ["examples", "train", "test"])
  }
}
