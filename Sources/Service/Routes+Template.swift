import HTTPWire

/// What logs and metrics may say of a path.
extension Routes {
  static let feedbackPath = "/v1/feedback"

  /// The path as it stands in the table; `other` for any that is none of ours. Never what the client sent.
  func template(_ head: RequestHead) -> String {
    Self.table.first { Self.matches($0.path, head.path) }?.path ?? "other"
  }

  /// Called all the time, by backends, browsers or monitors.
  static func isBusy(_ template: String) -> Bool { busy.contains(template) }

  private static let busy: Set = [
    "/v1/log", feedbackPath, "/v1/stats", "/v1/progress", "/livez", "/readyz", "/healthz", "/metrics",
    "/control/curation",
  ]
}
