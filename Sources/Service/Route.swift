import HTTPWire
import TrainingLog

/// A line of the table of routes (contract, section 2).
struct Route {
  enum Action {
    case log, feedback, stats, progress, curate, export, example, eraseExample, eraseUser, exportUser, optOut, optIn,
      retain, curateInOrder, curation, importLines
    case alive, ready, metrics, description, start, dashboard

    /// Cannot be done before the index is in step with the files. Of what is logged and rated the committer decides.
    var needsIndex: Bool {
      switch self {
      case .stats, .progress, .curate, .example, .eraseExample, .eraseUser, .exportUser, .retain, .curateInOrder,
        .importLines:
        true
      case .log, .feedback, .export, .optOut, .optIn, .curation, .alive, .ready, .metrics, .description, .start,
        .dashboard:
        false
      }
    }
  }

  let method: Method
  let path: String
  /// What a key must be good for; nil where none is needed. Feedback asks for its scope only if so configured.
  let scope: Scope?
  let action: Action

  init(_ method: Method, _ path: String, _ scope: Scope?, _ action: Action) {
    self.method = method
    self.path = path
    self.scope = scope
    self.action = action
  }

  func takes(_ method: Method) -> Bool { method == self.method || (method == .head && self.method == .get) }
}
