import Dispatch
import Foundation
import Posix
import Records
import TrainingLog

/// Makes the lines of chosen rows: a live one from its record and ratings, an expired one from the old file, under a
/// random id.
struct RowSource {
  /// A line with its LF, and what is counted of it.
  struct Row: Sendable {
    let line: [UInt8]
    let id: Lineage.RowID?
    let language: String
    /// Where the line stands in the old file, if it is from there.
    var offset: Int?
  }

  private let live: LiveRows
  /// The new id of each record that has expired since the last run: the same in both files, so that an original and its
  /// correction stay a pair when nobody can tell any more whose they were.
  private var newIDs: [ExampleID: String] = [:]
  private var random: any RandomNumberGenerator

  init(_ live: LiveRows, random: any RandomNumberGenerator) {
    self.live = live
    self.random = random
  }

  var survey: Survey { live.survey }

  /// Pieces for each core, so that none waits long for the others.
  private static let piecesPerCore = 4

  /// The rows of a batch in its order, made on all cores.
  ///
  /// - Parameters:
  ///   - isNegative: the original answers are wanted.
  ///   - meanwhile: done on one of the cores.
  mutating func rows(
    _ batch: ArraySlice<Entry>, in old: PublishedFile, isNegative: Bool,
    meanwhile: @escaping @Sendable () throws -> Void
  ) throws -> [Row] {
    var rows = [Row?](repeating: nil, count: batch.count)
    var places: [LiveRows.Place] = []
    for (position, entry) in batch.enumerated() {
      switch entry.source {
      case .live(let number): places.append(LiveRows.Place(position: position, number: number))
      case .expired(let number): rows[position] = try row(of: old.rows[number], in: old)
      }
    }
    let made = Mutex((rows: rows, failure: (any Error)?.none))
    let ordered = live.inOrderOfFiles(places)
    let pieces = min(ordered.count, ProcessInfo.processInfo.activeProcessorCount * Self.piecesPerCore)
    DispatchQueue.concurrentPerform(iterations: pieces + 1) { [live] piece in
      do {
        if piece == pieces { return try meanwhile() }
        let part = ordered[ordered.count * piece / pieces..<ordered.count * (piece + 1) / pieces]
        let rows = try part.map { place in
          let entry = batch[batch.startIndex + place.position]
          return try isNegative
            ? live.row(of: place.number, isNegative: true) : live.row(of: place.number, as: entry, in: old)
        }
        made.withLock { made in for (place, row) in zip(part, rows) { made.rows[place.position] = row } }
      } catch { made.withLock { $0.failure = error } }
    }
    return try made.withLock { made in
      if let failure = made.failure { throw failure }
      return made.rows.compactMap { $0 }
    }
  }

  private mutating func row(of row: PublishedRow, in old: PublishedFile) throws -> Row {
    var line = try old.line(of: row)
    let language = (try? JSONDocument(parsing: line).root["language"]?.string) ?? ""
    if let id = row.exampleID {
      let newID = newIDs[id] ?? UUIDText.version4(high: random.next(), low: random.next())
      newIDs[id] = newID
      line = PublishedRow.line(line, renamed: newID)
    }
    let isKept = row.exampleID == nil
    return Row(
      line: line + [UInt8(ascii: "\n")], id: CuratedLine.uuid(of: line), language: language,
      offset: isKept ? row.place.offset : nil)
  }
}
