import Records

/// What a trainer takes of a row: which columns there must be, and which names none of the others may have.
struct TrainerColumns {
  let format: ExportFormat
  /// In the order of the export.
  let required: [String]
  /// Whether columns of metadata may stand behind them.
  var allowsMore = true

  /// Names that TRL, LLaMA-Factory, Axolotl or transformers give a meaning of their own: metadata under one of them would
  /// be taken for a prompt, a label or a tensor (TRL, "Dataset formats and types"; transformers' collators).
  static let reserved: Set<String> = [
    "prompt", "completion", "chosen", "rejected", "label", "labels", "label_ids", "text", "messages", "conversations",
    "instruction", "input", "output", "system", "history", "input_ids", "attention_mask", "token_type_ids",
    "position_ids", "completion_mask", "assistant_masks", "prompt_input_ids", "completion_input_ids",
    "chosen_input_ids", "rejected_input_ids", "ref_chosen_logps", "ref_rejected_logps", "reference_logps",
    "KL_completion_input_ids", "score_chosen", "score_rejected", "margin", "image", "images", "video", "videos",
    "audio", "audios", "tools", "chat_template_kwargs", "seq_lengths",
  ]

  static let all: [TrainerColumns] = [
    TrainerColumns(format: .messages, required: ["messages"]),
    TrainerColumns(format: .openai, required: ["messages"], allowsMore: false),
    TrainerColumns(format: .promptCompletion, required: ["prompt", "completion"]),
    TrainerColumns(format: .kto, required: ["prompt", "completion", "label"]),
    TrainerColumns(format: .dpo, required: ["prompt", "chosen", "rejected"]),
    TrainerColumns(format: .sharegpt, required: ["conversations"]),
    TrainerColumns(format: .alpaca, required: ["instruction", "input", "output"]),
  ]

  static func of(_ format: ExportFormat) -> TrainerColumns? { all.first { $0.format == format } }

  /// The format that has these columns; the one that names most of them.
  static func guess(_ columns: [String]) -> ExportFormat? {
    let fitting = all.filter { $0.required.allSatisfy(columns.contains) }
    if columns == ["messages"] { return .openai }
    return fitting.max { $0.required.count < $1.required.count }?.format
  }

  func faults(of columns: [String]) -> [String] {
    var faults = required.filter { !columns.contains($0) }.map { "\($0) is missing" }
    // The one column of Alpaca that may stand there or not.
    let mine = format == .alpaca ? required + ["system"] : required
    for column in columns where !mine.contains(column) {
      if Self.reserved.contains(column) {
        faults.append("\(column) is a name that trainers give a meaning of their own")
      } else if !allowsMore {
        faults.append("there are columns beside \(required.joined(separator: ", "))")
      }
    }
    return faults
  }
}
