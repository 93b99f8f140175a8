import Curation
import HTTPWire
import Posix
import TrainingLog

/// Gathers what an export writes into chunks, and begins the answer with the first of them: what fails before is still
/// answered with a status of its own. Used on one queue.
final class ExportProducer {
  private let order: ExportOrder
  private let directory: DataDirectory
  private let stream: ExportStream
  private let deliver: @Sendable (ExportStream.Event) -> Void
  private var gathered: [UInt8] = []
  private var hasBegun = false

  init(
    order: ExportOrder, directory: DataDirectory, stream: ExportStream,
    deliver: @escaping @Sendable (ExportStream.Event) -> Void
  ) {
    self.order = order
    self.directory = directory
    self.stream = stream
    self.deliver = deliver
  }

  func run() {
    do {
      try produce()
    } catch is ExportStream.Cancelled {
      // Nobody is left to be told.
    } catch {
      guard !hasBegun else { return deliver(.abort) }
      let isMissing = error as? DatasetExport.Failure == .noDataset
      deliver(.refuse(isMissing ? Problem.noDataset.response : Problem.internalError.response))
    }
  }

  private func produce() throws {
    if order.isHead {
      guard Directories.exists(directory.trainingData) else { throw DatasetExport.Failure.noDataset }
    } else if order.isCompressed {
      let gzip = GzipWriter(.fast) { try self.append($0) }
      try write { try gzip.append($0) }
      try gzip.finish()
    } else {
      try write { try append($0) }
    }
    if !gathered.isEmpty || !hasBegun { try send() }
    deliver(.end)
  }

  private func write(to sink: (ArraySlice<UInt8>) throws -> Void) throws {
    _ = try DatasetExport(directory: directory).write(
      format: order.format, split: order.split, language: order.language, minScore: order.minScore,
      eachRow: { try stream.check() }, to: sink)
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
    deliver(hasBegun ? .chunk(gathered) : .begin(order.response(gathered)))
    hasBegun = true
    gathered = []
    gathered.reserveCapacity(ExportStream.chunkBytes)
  }
}
