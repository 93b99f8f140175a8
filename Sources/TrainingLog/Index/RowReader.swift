import Dispatch
import FoundationEssentials
import Posix
import Privacy
import Records

/// Makes rows of lines that stand in a day file, on all cores: parsing, scrubbing and hashing are most of what a rebuild
/// of the index costs.
struct RowReader: Sendable {
  let scrubber: Scrubber
  let rules: QualityRules

  /// A row for each line, in order, without its offset.
  func rows(of lines: [[UInt8]]) -> [Result<ExampleRow, LineError>] {
    // Several pieces a core, since lines differ.
    let pieces = min(max(lines.count, 1), 4 * ProcessInfo.processInfo.activeProcessorCount)
    let results = Mutex([[Result<ExampleRow, LineError>]](repeating: [], count: pieces))
    DispatchQueue.concurrentPerform(iterations: pieces) { piece in
      let rows = lines[lines.count * piece / pieces..<lines.count * (piece + 1) / pieces].map(row)
      results.withLock { $0[piece] = rows }
    }
    return results.withLock { $0.flatMap { $0 } }
  }

  private func row(of line: [UInt8]) -> Result<ExampleRow, LineError> {
    Result { () throws(LineError) in
      let conversation = try Conversation(line: line)
      let hasPII = !scrubber.scrub(conversation).redactions.isEmpty
      return StoredConversation(reading: conversation, line: line, rules: rules, hasPII: hasPII).row
    }
  }
}
