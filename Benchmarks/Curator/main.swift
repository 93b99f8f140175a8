// What the command line cannot show of the curator alone, for Benchmarks/curate.py:
//
//   curator-bench duplicates TEXTS GROUPS   the near-duplicates among texts that are in memory
//   curator-bench joined DATA ROWS          what polars and DuckDB are asked to do, of the same data
//   curator-bench unscrubbed DATA           a whole run without the second scrub
//
// Prints one line of JSON: seconds of the wall clock.

import Dispatch
import Foundation
import Posix
import Privacy
import Records
import Synchronization
import TrainingLog

@testable import Curation

/// Texts as the comparators get them: lines of `{"question": …, "answer": …}`.
func texts(_ path: String) throws -> [(question: String, answer: String)] {
  try Data(contentsOf: URL(filePath: path)).split(separator: UInt8(ascii: "\n")).map { line in
    let root = try JSONDocument(parsing: Array(line)).root
    return (root["question"]?.string ?? "", root["answer"]?.string ?? "")
  }
}

/// The curator's own way from texts to groups, on all cores like the curator.
func duplicates(_ texts: [(question: String, answer: String)]) throws -> UnionFind {
  let cores = ProcessInfo.processInfo.activeProcessorCount
  let parts = Mutex([(part: SurveyPart, texts: [TextSurvey])](repeating: (SurveyPart(), []), count: cores))
  DispatchQueue.concurrentPerform(iterations: cores) { core in
    var judge = LineJudge(scrubber: .standard)
    var part = SurveyPart()
    var found: [TextSurvey] = []
    for text in texts[texts.count * core / cores..<texts.count * (core + 1) / cores] {
      found.append(judge.survey(question: text.question, answer: text.answer, hasPII: false, into: &part))
    }
    parts.withLock { $0[core] = (part, found) }
  }
  var bands: [UInt32] = []
  var sets: [(store: ShingleStore, text: TextSurvey)] = []
  for (part, texts) in parts.withLock({ $0 }) {
    bands += part.bands
    let store = ShingleStore(part.shingles)
    sets += texts.map { (store, $0) }
  }
  let twins = NearTwins(
    threshold: CurationRules().nearDuplicate, bands: bands, rows: sets.indices.map { Int32($0) },
    set: { [sets] in try sets[$0].store.set(of: sets[$0].text) })
  return try twins.groups(of: sets.indices.filter { sets[$0].text.shinglesCount > 0 }, count: sets.count)
}

/// One line of JSON for each group of two and more: the numbers of its texts.
func lines(_ groups: UnionFind, count: Int) -> String {
  var groups = groups
  let members = Dictionary(grouping: 0..<count) { groups.find($0) }.values.filter { $0.count > 1 }
  return members.map { "[" + $0.map(String.init).joined(separator: ",") + "]\n" }.sorted().joined()
}

func seconds(_ body: () throws -> Void) rethrows -> Double {
  let clock = ContinuousClock()
  let time = try clock.measure(body)
  return Double(time.components.seconds) + Double(time.components.attoseconds) * 1e-18
}

let arguments = CommandLine.arguments
switch (arguments.dropFirst().first, arguments.count) {
case ("duplicates", 4):
  let texts = try texts(arguments[2])
  var groups = UnionFind(count: 0)
  let time = try seconds { groups = try duplicates(texts) }
  try Data(lines(groups, count: texts.count).utf8).write(to: URL(filePath: arguments[3]))
  print("{\"seconds\":\(time)}")
case ("joined", 4):
  let directory = DataDirectory(arguments[2])
  var rows = 0
  let time = try seconds { rows = try Joined(directory).run(directory, to: arguments[3]) }
  print("{\"seconds\":\(time),\"rows\":\(rows)}")
case ("unscrubbed", 3):
  let curator = DataCurator(
    directory: DataDirectory(arguments[2]), splitKey: [UInt8](repeating: 7, count: 32),
    scrubber: try Scrubber(rules: []), tool: "bench")
  print("{\"seconds\":\(try seconds { _ = try curator.run(now: SystemClock().now) { _ in } })}")
default:
  FileHandle.standardError.write(
    Data("usage: curator-bench duplicates TEXTS GROUPS | joined DATA ROWS | unscrubbed DATA\n".utf8))
  exit(64)
}
