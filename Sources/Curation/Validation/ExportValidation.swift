import Posix
import Records
import TrainingLog

/// Holds a file against the rules of exports: what makes readers and trainers load it as it is. Any file of JSON lines,
/// plain or compressed, ours or not.
package struct ExportValidation {
  package struct Fault: Equatable {
    /// From 1; 0 for what is wrong with the file as a whole.
    package let line: Int
    package let reason: String
  }

  package private(set) var rows = 0
  package private(set) var faultCount = 0
  /// The first of them.
  package private(set) var faults: [Fault] = []
  /// As asked for, or as the columns of the first row say.
  package private(set) var format: ExportFormat?

  package static let faultsMax = 100

  private var shape = RowShape()
  private var pairs = NeighbourRule()

  /// - Parameter format: nil to tell it by the columns.
  package init(_ file: ReadOnlyFile, format: ExportFormat? = nil) throws {
    self.format = format
    let walk = Walk(self)
    do {
      try LineStream(file: file).read { line, number in walk.validation.check(line, number) }
    } catch let failure as GzipReader.Failure {
      walk.validation.add(0, failure == .truncated ? "the compressed file ends too early" : "the file is no valid gzip")
    }
    self = walk.validation
    if rows == 0, faultCount == 0 { add(0, "there is no row; a reader cannot tell the columns") }
  }

  /// What the closure that gets the lines writes to.
  private final class Walk {
    var validation: ExportValidation

    init(_ validation: ExportValidation) { self.validation = validation }
  }

  private mutating func add(_ line: Int, _ reason: String) {
    faultCount += 1
    if faults.count < Self.faultsMax { faults.append(Fault(line: line, reason: reason)) }
  }

  private mutating func check(_ line: [UInt8], _ number: Int) {
    let row: JSONElement
    do throws(JSONError) { row = try JSONDocument(parsing: line).root } catch {
      return add(number, "the line \(error.code.rawValue)")
    }
    guard row.kind == .object else { return add(number, "the line is no object") }
    rows += 1
    var reasons = shape.faults(of: row)
    let columns = row.members.map { $0.key.string ?? "" }
    if format == nil, let guess = TrainerColumns.guess(columns) { format = guess }
    guard let format, let known = TrainerColumns.of(format) else {
      return add(number, "the columns are those of no format")
    }
    reasons += known.faults(of: columns)
    reasons += row.members.filter { !known.required.contains($0.key.string ?? "") }.compactMap(Self.timeFault)
    if reasons.isEmpty { reasons += TurnRules(format: format).faults(of: row) }
    if reasons.isEmpty, format == .kto { reasons += pairs.faults(of: row) }
    for reason in reasons { add(number, reason) }
  }

  /// Times have milliseconds on every row: readers that infer a unit take it from the first.
  private static func timeFault(_ member: (key: JSONElement, value: JSONElement)) -> String? {
    guard let text = member.value.string, text.utf8.count > 10, Array(text.utf8)[10] == UInt8(ascii: "T"),
      let time = Timestamp(rfc3339: text), time.description != text
    else { return nil }
    return "\(member.key.string ?? "") is a time, but not in UTC with milliseconds"
  }

  /// The report as JSON.
  package var json: [UInt8] {
    var writer = JSONWriter()
    writer.object { object in
      object.key("format")
      object.string(format?.rawValue ?? "")
      object.count("rows", rows)
      object.count("fault_count", faultCount)
      object.key("faults")
      object.array { list in
        for fault in faults {
          list.object { object in
            object.count("line", fault.line)
            object.key("reason")
            object.string(fault.reason)
          }
        }
      }
    }
    return writer.bytes
  }
}

/// Neighbours of a file for KTO differ in their prompts, and are no near-duplicates.
private struct NeighbourRule {
  private var prompt: ContentHash?
  private var set: [UInt32] = []
  private var maker = ShingleMaker()

  mutating func faults(of row: JSONElement) -> [String] {
    let turns = (row["prompt"]?.items ?? []).map { "\($0["role"]?.string ?? ""): \($0["content"]?.string ?? "")" }
    let prompt = ContentHash(question: row["prompt"]?.string ?? turns.joined(separator: "\n"), answer: "")
    let set = maker.make(question: lastText(row["prompt"], of: "user"), answer: lastText(row["completion"])).set
    defer { (self.prompt, self.set) = (prompt, set) }
    if prompt == self.prompt { return ["prompt is the same as in the row before"] }
    return Jaccard.of(set, self.set) >= CurationRules().nearDuplicate
      ? ["the row is a near-duplicate of the one before"] : []
  }

  private func lastText(_ column: JSONElement?, of role: StaticString = "assistant") -> String {
    column?.string ?? column?.items.last { $0["role"]?.isText(role) == true }?["content"]?.string ?? ""
  }
}
