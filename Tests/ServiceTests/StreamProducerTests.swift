import Dispatch
import HTTPWire
import Posix
import TestKit
import Testing
import TrainingLog
import struct Synchronization.Atomic

@testable import Service

/// The reading side of an export, without a loop that takes what it delivers.
struct StreamProducerTests {
  private final class Taken: Sendable {
    let events = Mutex<[ExportStream.Event]>([])
    /// Signalled once for each event.
    let arrived = DispatchSemaphore(value: 0)

    func take(_ event: ExportStream.Event) {
      events.withLock { $0.append(event) }
      arrived.signal()
    }

    /// Waits for the next event.
    func next() throws {
      guard arrived.wait(timeout: .now() + .seconds(Int(ChildProcess.patienceSeconds))) == .success else {
        throw TestClient.Failure(description: "nothing more came")
      }
    }

    /// Bytes of each begin and chunk.
    var sizes: [Int] {
      events.withLock { events in
        events.compactMap {
          switch $0 {
          case .begin(let response): response.body.count
          case .chunk(let bytes): bytes.count
          default: nil
          }
        }
      }
    }
  }

  private let folder: TemporaryDirectory
  private let directory: DataDirectory
  private let taken = Taken()
  private let slots = ExportSlots()

  /// 40 rows of about 32 KiB.
  init() throws {
    folder = try TemporaryDirectory()
    directory = DataDirectory(folder("data"))
    try directory.create()
    let answer = String(repeating: "x", count: 32 * 1024)
    let row =
      "{\"messages\":[{\"role\":\"user\",\"content\":\"Q\"},{\"role\":\"assistant\",\"content\":\"\(answer)\"}],"
      + "\"example_id\":\"01938e5e-0000-7000-8000-000000000001\",\"score\":0,\"language\":\"\",\"split\":\"train\"}\n"
    try AtomicFile.replace(directory.trainingData, with: Array(String(repeating: row, count: 40).utf8))
  }

  private func start(_ stream: ExportStream, _ order: ExportOrder, isCompressed: Bool = false) throws -> DispatchGroup {
    let running = DispatchGroup()
    var answer = order.answer(directory, try ErasureJournal(reading: directory, key: [1])) {
      ExportAudit(.exportDataset, counting: "rows") { _, _, _ in }
    }
    answer.isCompressed = isCompressed
    DispatchQueue(label: "test.export").async(group: running) { [answer, taken] in
      StreamProducer(answer, stream: stream, deliver: taken.take).run()
    }
    return running
  }

  @Test func `no more is read than there are credits, and a cancelled reading ends`() throws {
    let stream = ExportStream(try #require(slots.take()))
    let running = try start(stream, try ExportOrder([]))
    for _ in 0..<ExportStream.chunksMax { try taken.next() }
    #expect(taken.arrived.wait(timeout: .now() + .milliseconds(50)) == .timedOut)
    stream.giveBackCredit()
    try taken.next()
    stream.cancel()
    running.wait()
    #expect(taken.sizes == Array(repeating: ExportStream.chunkBytes, count: ExportStream.chunksMax + 1))
  }

  @Test func `with a credit for each chunk all comes, begun once and ended once`() throws {
    let stream = ExportStream(try #require(slots.take()))
    let size = try ReadOnlyFile(directory.trainingData).size()
    let running = try start(stream, try ExportOrder([]))
    // One event for each chunk, and the end.
    for _ in 0...(size + ExportStream.chunkBytes - 1) / ExportStream.chunkBytes {
      try taken.next()
      stream.giveBackCredit()
    }
    running.wait()
    #expect(taken.sizes.reduce(0, +) == size)
    #expect(taken.sizes.allSatisfy { $0 <= ExportStream.chunkBytes })
    let events = taken.events.withLock { $0 }
    guard case .begin = events.first, case .end = events.last else {
      Issue.record("not begun, or not ended")
      return
    }
  }

  @Test(arguments: [false, true])
  func `a cancelled export of rows that nobody wants ends, and says nothing`(_ isCompressed: Bool) throws {
    let stream = ExportStream(try #require(slots.take()))
    stream.cancel()
    try start(stream, try ExportOrder([("language", "none")]), isCompressed: isCompressed).wait()
    #expect(taken.events.withLock { $0.isEmpty })
  }

  @Test func `places are counted and come back`() throws {
    var held = (0..<ExportSlots.countMax).map { _ in slots.take() }
    #expect(held.allSatisfy { $0 != nil })
    for _ in 0..<3 { #expect(slots.take() == nil) }
    held.removeLast()
    let again = slots.take()
    #expect(again != nil)
    #expect(slots.take() == nil)
  }
}
