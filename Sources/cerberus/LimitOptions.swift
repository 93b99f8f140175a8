import ArgumentParser
import Service

/// The limits of `cerberus serve` (contract, section 2, Limits).
struct LimitOptions: ParsableArguments {
  @Option(help: "Bytes of a request line; beyond them 414. [env: CERBERUS_MAX_REQUEST_LINE] (default: 16384)")
  var maxRequestLine: Int?

  @Option(help: "Bytes of a header block; beyond them 431. [env: CERBERUS_MAX_HEADER_BYTES] (default: 32768)")
  var maxHeaderBytes: Int?

  @Option(help: "Lines of a header block; beyond them 431. [env: CERBERUS_MAX_HEADER_LINES] (default: 100)")
  var maxHeaderLines: Int?

  @Option(help: "Bytes of a body, also once inflated; beyond them 413. [env: CERBERUS_MAX_BODY] (default: 1048576)")
  var maxBody: Int?

  @Option(help: "Seconds for a whole request head; then 408. [env: CERBERUS_HEAD_TIMEOUT] (default: 10)")
  var headTimeout: Int?

  @Option(
    help: "Seconds for a whole body, and one for each 64 KiB; then 408. [env: CERBERUS_BODY_TIMEOUT] (default: 10)")
  var bodyTimeout: Int?

  @Option(help: "Seconds that a connection may be idle. [env: CERBERUS_IDLE_TIMEOUT] (default: 30)")
  var idleTimeout: Int?

  @Option(
    help: "Seconds for which a client may take nothing of an answer. [env: CERBERUS_WRITE_TIMEOUT] (default: 30)")
  var writeTimeout: Int?

  @Option(help: "Open connections; beyond them 503. [env: CERBERUS_MAX_CONNECTIONS] (default: 1024)")
  var maxConnections: Int?

  @Option(help: "Records that wait for the disk; beyond them 503. [env: CERBERUS_MAX_QUEUE] (default: 2048)")
  var maxQueue: Int?

  @Option(
    help: """
      Ratings a minute and client address without a key, with bursts of twice as many; beyond them 429. \
      [env: CERBERUS_FEEDBACK_RATE] (default: 30)
      """)
  var feedbackRate: Int?

  @Option(
    help: """
      Requests a minute for each API key, with bursts of twice as many. [env: CERBERUS_RATE_LIMIT] (default: no limit)
      """)
  var rateLimit: Int?

  /// What each may be. A head must have room for a Host, a queue for the lines of one request.
  private static let ranges: [OptionName: ClosedRange<Int>] = [
    .maxRequestLine: 1024...1 << 20, .maxHeaderBytes: 1024...1 << 20, .maxHeaderLines: 8...10_000,
    .maxBody: 1024...1 << 30, .headTimeout: seconds, .bodyTimeout: seconds, .idleTimeout: seconds,
    .writeTimeout: seconds, .maxConnections: 1...1_000_000, .maxQueue: 1000...10_000_000,
    .feedbackRate: 1...1_000_000, .rateLimit: 1...1_000_000,
  ]
  private static let seconds = 1...86_400

  private var flags: [(name: OptionName, value: Int?)] {
    [
      (.maxRequestLine, maxRequestLine), (.maxHeaderBytes, maxHeaderBytes), (.maxHeaderLines, maxHeaderLines),
      (.maxBody, maxBody), (.headTimeout, headTimeout), (.bodyTimeout, bodyTimeout), (.idleTimeout, idleTimeout),
      (.writeTimeout, writeTimeout), (.maxConnections, maxConnections), (.maxQueue, maxQueue),
      (.feedbackRate, feedbackRate), (.rateLimit, rateLimit),
    ]
  }

  func validate() throws {
    for (name, value) in flags {
      guard let value, let range = Self.ranges[name], !range.contains(value) else { continue }
      throw ValidationError("--\(name.rawValue) must be from \(range.lowerBound) to \(range.upperBound).")
    }
  }

  /// Flags were checked before; what comes from elsewhere is checked here.
  func limits(_ sources: OptionSources) throws -> Limits {
    var limits = Limits()
    func set(_ limit: inout Int, _ name: OptionName) throws { limit = try value(name, sources) ?? limit }
    try set(&limits.requestLineBytes, .maxRequestLine)
    try set(&limits.headerBytes, .maxHeaderBytes)
    try set(&limits.headerLines, .maxHeaderLines)
    try set(&limits.bodyBytes, .maxBody)
    try set(&limits.headSeconds, .headTimeout)
    try set(&limits.bodySeconds, .bodyTimeout)
    try set(&limits.idleSeconds, .idleTimeout)
    try set(&limits.writeStallSeconds, .writeTimeout)
    try set(&limits.connections, .maxConnections)
    try set(&limits.feedbackPerMinute, .feedbackRate)
    limits.requestsPerKeyMinute = try value(.rateLimit, sources)
    return limits
  }

  /// Records that may wait for the disk; nil for the usual number.
  func queue(_ sources: OptionSources) throws -> Int? { try value(.maxQueue, sources) }

  private func value(_ name: OptionName, _ sources: OptionSources) throws -> Int? {
    if let flag = flags.first(where: { $0.name == name })?.value { return flag }
    guard let range = Self.ranges[name] else { preconditionFailure("no range of \(name)") }
    return try sources.number(name, in: range)
  }
}
