import Posix
import Records
import TestKit
import Testing

@testable import TrainingLog

/// An erasure reaches into a damaged member: nothing of the user may stay there, and of the others no more goes than
/// cannot be read. The log, its index and `verify` agree afterwards.
@Suite("Erasure in damaged members")
struct DamagedErasureTests {
  enum Place: String, CaseIterable {
    case header, codes, middle, end, trailer

    func offset(in member: Range<Int>) -> Int {
      switch self {
      case .header: member.lowerBound
      // Those of the compression, without which nothing can be read.
      case .codes: member.lowerBound + 60
      case .middle: member.lowerBound + member.count / 2
      case .end: member.lowerBound + member.count * 9 / 10
      case .trailer: member.upperBound - 1
      }
    }

    /// How many records of others can be lost, of the 50 in a member.
    var lost: ClosedRange<Int> {
      switch self {
      case .header, .trailer: 0...0
      case .codes: 50...50
      case .middle: 1...35
      case .end: 1...10
      }
    }
  }

  @Test("A byte is another, and one user is erased", arguments: Place.allCases, [0, 1])
  func erase(_ place: Place, inMember member: Int) throws {
    let stored = try DamagedLog()
    try stored.flip(place.offset(in: stored.members[member].bytes))
    let log = try stored.open()
    let told = Mutex<[StorageFault]>([])
    log.counters.observeFaults { fault in told.withLock { $0.append(fault) } }
    let receipt = try #require(try log.eraseNow(user: "user3").first)
    #expect(receipt.counts.records == 21)

    var left: [ExampleID] = []
    for (number, record) in stored.others(than: "user3") {
      let line = try log.example(record.id)?.line
      #expect(line == nil || line == record.line, "record \(number)")
      if number / DamagedLog.perMember != member { #expect(line == record.line, "record \(number)") }
      if line != nil { left.append(record.id) }
    }
    let lost = stored.others(than: "user3").count - left.count
    #expect(place.lost.contains(lost), "\(lost)")
    #expect(told.withLock { $0.map(\.work) } == (lost == 0 ? [] : [.erasure]))
    #expect(told.withLock { $0 }.allSatisfy { $0.reason.hasPrefix("\(lost) records ") })

    let tallies = log.counters.tallies
    #expect(tallies[.total, "all"].conversations == left.count)
    var lines = 0
    try log.exportUser("user4") { _ in lines += 1 }
    let ofOne = Set(stored.records.indices.filter { $0 % 6 == 4 }.map { stored.records[$0].id })
    #expect(lines == ofOne.intersection(left).count)
    log.saveIndexNow()
    _ = consume log
    let report = try Verification(stored.fixture.directory).run()
    #expect(report.isClean, "\(report.faults.prefix(5))")
    let reopened = try stored.open()
    #expect(reopened.counters.tallies == tallies)
    _ = consume reopened
    try stored.removeIndex()
    #expect(try stored.open().counters.tallies == tallies)
    let text = try GzipReader.decompress(try readFile(stored.path) ?? [], limit: 1 << 24)
    for number in stride(from: 3, to: stored.records.count, by: 6) {
      #expect(!text.holds(Array(stored.records[number].id.description.utf8)))
    }
  }

  @Test("A record that was lost may be sent again")
  func resent() throws {
    let stored = try DamagedLog()
    try stored.flip(stored.members[0].bytes.lowerBound + 60)
    let log = try stored.open()
    try log.eraseNow(user: "user3")
    let lost = stored.records[4]
    #expect(try log.example(lost.id) == nil)
    #expect(log.commitNow(.conversation(lost), .conversation(lost)) == [.stored(lost.id), .replayed(lost.id)])
    #expect(try log.example(lost.id)?.line == lost.line)
  }

  @Test("A place outside of the text is an error or nothing, never a crash", arguments: [-1, -100, Int.min, Int.max])
  func outside(_ offset: Int) throws {
    var random = SeededGenerator(seed: 1)
    let sample = SealedSample()
    let sealed = try sample.seal([SealedSample.text([20, 30], &random)])
    for count in [0, 1, 10, Int.max] {
      if offset < 0 {
        #expect(throws: SystemError.self) { try sealed.read(at: offset, count: count) }
      } else {
        #expect(try sealed.read(at: offset, count: count) == [])
      }
    }
  }
}
