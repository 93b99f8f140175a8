/// The shapes in which trainers load a dataset unmodified.
package enum ExportFormat: String, CaseIterable, Sendable {
  /// The rows as they are curated: a `messages` column, and what is known of each row beside it.
  case messages
  /// `{"messages":[{"role","content"}]}` and nothing else, as OpenAI's fine-tuning takes it.
  case openai
  /// TRL's conversational prompt-completion: `{"prompt":[…],"completion":[{…}]}`.
  case promptCompletion = "prompt-completion"
  /// TRL's unpaired preferences: `{"prompt":[…],"completion":[{…}],"label":true}`.
  case kto
  /// TRL's preferences: `{"prompt":[…],"chosen":[{…}],"rejected":[{…}]}`.
  case dpo
  /// `{"conversations":[{"from","value"}]}`.
  case sharegpt
  /// `{"instruction","input","output"}`, with `system` where the dataset has any.
  case alpaca

  /// Whether it weighs answers against each other, so that bad ones are wanted too.
  var takesNegatives: Bool { self == .kto || self == .dpo }
}
