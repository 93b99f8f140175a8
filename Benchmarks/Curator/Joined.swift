import Posix
import Records
import TrainingLog

@testable import Curation

/// The curator's parts for what polars and DuckDB are asked to do in `comparators.py`, and nothing more: read, join the
/// last rating, filter by rating and length, drop exact copies but for the best rated, write.
struct Joined {
  private struct Row {
    let hash: ContentHash
    let score: Int
    let line: [UInt8]
  }

  private let ratings: RatingBook
  private let rules = QualityRules()

  init(_ directory: DataDirectory) throws { ratings = try RatingBook(directory) }

  /// Returns how many rows were written.
  func run(_ directory: DataDirectory, to path: String) throws -> Int {
    let days = try Directories.list(directory.logs).filter { $0.hasPrefix("conversations_") }
    let rows = try Cores.map(days[...], each: 4) { days in
      try days.flatMap { try self.rows(of: directory.logs + "/" + $0) }
    }.joined()
    // The first of the best, as a sort by rating that keeps the order would have it.
    var best: [ContentHash: Int] = [:]
    for row in rows { best[row.hash] = max(best[row.hash] ?? -1, row.score) }
    let writer = try AtomicFileWriter(path)
    var piece: [UInt8] = []
    var count = 0
    for row in rows where best[row.hash] == row.score {
      best[row.hash] = nil
      piece += row.line
      count += 1
      if piece.count > 1 << 20 {
        try writer.write(piece)
        piece.removeAll(keepingCapacity: true)
      }
    }
    try writer.write(piece)
    try writer.commit()
    return count
  }

  private func rows(of path: String) throws -> [Row] {
    var rows: [Row] = []
    try LineReader().read(ReadOnlyFile(path)) { line, _ in
      let conversation = try Conversation(line: line)
      let score = ratings.score(of: conversation.exampleID)
      let answer = conversation.assistantMessage
      guard score == 0 || score >= rules.goodScore, answer.trimmedCharacters() >= rules.answerCharactersMin else {
        return
      }
      var writer = JSONWriter(reserving: line.count)
      writer.object { row in
        for (name, text) in [
          ("example_id", conversation.exampleID.description), ("user_message", conversation.userMessage),
          ("assistant_message", answer), ("language", conversation.language),
        ] {
          row.key(name)
          row.string(text)
        }
        row.key("score")
        row.integer(score)
      }
      let hash = ContentHash(question: conversation.userMessage, answer: answer)
      rows.append(Row(hash: hash, score: score, line: writer.bytes + [UInt8(ascii: "\n")]))
    }
    return rows
  }
}
