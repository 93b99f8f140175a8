/// One turn of a conversation.
package struct Message: Hashable, Sendable {
  /// Roles of OpenAI's chat format, which trainers know.
  package enum Role: String, CaseIterable, Sendable {
    case system, developer, user, assistant, tool
  }

  package var role: Role
  package var content: String

  package init(role: Role, content: String) {
    self.role = role
    self.content = content
  }
}
