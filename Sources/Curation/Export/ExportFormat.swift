/// The shapes in which trainers load a dataset unmodified.
package enum ExportFormat: String, CaseIterable, Sendable {
  /// The rows as they are curated: a `messages` column, and what is known of each row beside it.
  case messages
  /// `{"messages":[{"role","content"}]}` and nothing else, as OpenAI's fine-tuning takes it.
  case openai
  /// TRL's conversational prompt-completion: `{"prompt":[…],"completion":[{…}]}`.
  case promptCompletion = "prompt-completion"
  /// `{"conversations":[{"from","value"}]}`.
  case sharegpt
  /// `{"instruction","input","output"}`, with `system` and `history` where the dataset has any.
  case alpaca
}
