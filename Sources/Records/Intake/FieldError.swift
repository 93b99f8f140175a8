/// One broken rule of one field: a JSON Pointer (RFC 6901) and the rule, never the value.
package struct FieldError: Equatable, Sendable {
  package let pointer: String
  package let detail: String

  package init(pointer: String, detail: String) {
    self.pointer = pointer
    self.detail = detail
  }
}

/// The broken rules of one body, in the order of discovery: at least one, at most `reportedMax`.
package struct InvalidFields: Error, Equatable, Sendable {
  /// As many as an answer lists (contract, section 2).
  package static let reportedMax = 20

  package let errors: [FieldError]

  package init(errors: [FieldError]) { self.errors = errors }
}
