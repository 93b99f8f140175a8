/// An option that can also come from the environment or the configuration file, by its name on the command line.
enum OptionName: String, CaseIterable {
  case dataDir = "data-dir"
  case host
  case port
  case corsOrigin = "cors-origin"
  case trustedProxy = "trusted-proxy"
  case retentionDays = "retention-days"
  case diskReserve = "disk-reserve"
  case maxRequestLine = "max-request-line"
  case maxHeaderBytes = "max-header-bytes"
  case maxHeaderLines = "max-header-lines"
  case maxBody = "max-body"
  case headTimeout = "head-timeout"
  case bodyTimeout = "body-timeout"
  case idleTimeout = "idle-timeout"
  case writeTimeout = "write-timeout"
  case maxConnections = "max-connections"
  case maxQueue = "max-queue"
  case feedbackRate = "feedback-rate"
  case rateLimit = "rate-limit"
  case logLevel = "log-level"
  case pepperFile = "pepper-file"
  case apiKeyFile = "api-key-file"
  case noMaintenance = "no-maintenance"
  case maintenanceDelay = "maintenance-delay"
  case minGroupSize = "min-group-size"
  case requireFeedbackKey = "require-feedback-key"
  case scrubRules = "scrub-rules"
  /// Of the commands that ask a running server.
  case serverTimeout = "server-timeout"

  /// `CERBERUS_DATA_DIR`.
  var variable: String { "CERBERUS_" + snake.uppercased() }

  /// `data_dir`, the other spelling that the configuration file may use.
  var snake: String { String(rawValue.map { $0 == "-" ? "_" : $0 }) }

  /// Of a member of the configuration file, in either spelling.
  init?(member: String) {
    guard let name = Self.allCases.first(where: { $0.rawValue == member || $0.snake == member }) else { return nil }
    self = name
  }
}
