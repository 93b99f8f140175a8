/// Language and framework of a conversation, as fixed lower-case names.
///
/// Each is `""` where the text does not show it: a wrong name spoils statistics and splits, an absent one does not.
package struct DetectedStack: Equatable, Sendable {
  /// One of `StackDetector.languages`, or `""`.
  package var language: String
  /// One of `StackDetector.frameworks`, or `""`.
  package var framework: String

  package init(language: String, framework: String) {
    self.language = language
    self.framework = framework
  }
}
