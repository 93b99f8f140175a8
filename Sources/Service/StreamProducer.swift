import HTTPWire
import TrainingLog

/// Gathers what a streamed answer writes into chunks, and begins it with the first of them: what fails before is still
/// answered with a status of its own. Used on one queue.
final class StreamProducer {
  private let answer: StreamedAnswer
  private let stream: ExportStream
  private let deliver: @Sendable (ExportStream.Event) -> Void
  private var gathered: [UInt8] = []
  private var hasBegun = false

  init(_ answer: StreamedAnswer, stream: ExportStream, deliver: @escaping @Sendable (ExportStream.Event) -> Void) {
    self.answer = answer
    self.stream = stream
    self.deliver = deliver
  }

  func run() {
    do {
      try produce()
    } catch is ExportStream.Cancelled {
      // Nobody is left to be told.
    } catch {
      deliver(hasBegun ? .abort : .refuse(answer.refusal(error).response))
    }
  }

  private func produce() throws {
    if answer.isHead {
      try answer.probe()
    } else if answer.isCompressed {
      let gzip = GzipWriter(.fast) { try self.append($0) }
      try answer.write({ try stream.check() }, { try gzip.append($0) })
      try gzip.finish()
    } else {
      try answer.write({ try stream.check() }, { try append($0) })
    }
    if !gathered.isEmpty || !hasBegun { try send() }
    deliver(.end)
  }

  private func append(_ bytes: ArraySlice<UInt8>) throws(ExportStream.Cancelled) {
    var rest = bytes
    while gathered.count + rest.count >= ExportStream.chunkBytes {
      let piece = rest.prefix(ExportStream.chunkBytes - gathered.count)
      gathered += piece
      rest = rest[piece.endIndex...]
      try send()
    }
    gathered += rest
  }

  private func send() throws(ExportStream.Cancelled) {
    try stream.takeCredit()
    deliver(hasBegun ? .chunk(gathered) : .begin(answer.begin(gathered, answer.isCompressed)))
    hasBegun = true
    gathered = []
    gathered.reserveCapacity(ExportStream.chunkBytes)
  }
}
