import Records
import TrainingLog

/// What a run would do, without doing it.
extension DataCurator {
  /// The manifest that a run by these rules would write, as far as nothing need be written for it. Reads all files and changes none.
  package func preview(progress: (Double) -> Void) throws -> [UInt8] {
    try manifest(decide(keepsSurveys: false, progress: progress)).bytes
  }

  /// The whole story of one example: every rule that it was held against, its twins, and what became of it.
  package func explain(_ text: String, progress: (Double) -> Void) throws -> [UInt8] {
    let state = try decide(keepsSurveys: false, progress: progress)
    guard let id = ExampleID(text), let number = state.survey.numbers[id] else {
      return try expired(text.lowercased(), state)
    }
    return try Explanation(state, rules, number: Int(number)).json
  }

  /// Of a row whose record is gone nothing is known but the row.
  private func expired(_ id: String, _ state: CurationState) throws -> [UInt8] {
    guard let wanted = UUIDText.parse(id) else { throw CurationOrder.Failure.unknownExample }
    let row = state.old.rows.first { ($0.id.high, $0.id.low) == wanted }
    guard let row else { throw CurationOrder.Failure.unknownExample }
    let isKept = state.selection.dataset.contains { !$0.isLive && $0.hash == row.hash }
    var writer = JSONWriter()
    writer.object { object in
      object.key("example_id")
      object.string(id)
      object.key("in_dataset")
      object.bool(isKept)
      object.key("expired")
      object.bool(true)
      object.key("split")
      object.string(row.side.rawValue)
      object.count("score", row.score)
    }
    return writer.bytes
  }
}
