import ArgumentParser
import FoundationEssentials
import Posix
import Service
import TrainingLog

struct Serve: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Takes conversations and ratings over HTTP.")

  @OptionGroup var data: DataOptions

  @Option(
    help: """
      The address to listen on, an IPv4 or IPv6 literal; it and the port say nothing where a socket is handed over \
      (LISTEN_FDS). [env: CERBERUS_HOST] (default: 127.0.0.1)
      """)
  var host: String?

  @Option(help: "The port; 0 takes a free one. [env: CERBERUS_PORT] (default: 8080)")
  var port: UInt16?

  @Option(
    help: """
      An origin whose pages may send ratings, as scheme://host[:port]; repeatable. \
      [env: CERBERUS_CORS_ORIGIN, separated by commas]
      """)
  var corsOrigin: [String] = []

  @Option(
    help: """
      An address or CIDR block whose X-Forwarded-For counts; repeatable. [env: CERBERUS_TRUSTED_PROXY, by commas]
      """)
  var trustedProxy: [String] = []

  @OptionGroup(title: "Limits") var limits: LimitOptions

  @Option(
    help: """
      Least level of the event log on stderr: \(EventLog.levels.joined(separator: ", ")). [env: CERBERUS_LOG_LEVEL] \
      (default: info)
      """)
  var logLevel: String?

  func validate() throws {
    guard CrossOrigin(corsOrigin) != nil else { throw ValidationError("--cors-origin \(Self.originRule).") }
    guard trustedProxy.allSatisfy({ AddressRange($0) != nil }) else {
      throw ValidationError("--trusted-proxy \(Self.proxyRule).")
    }
    guard Self.groupSizes.contains(minGroupSize ?? 1) else {
      throw ValidationError("--min-group-size must be from 1 to \(Self.groupSizes.upperBound).")
    }
    guard Self.delays.contains(maintenanceDelay ?? 60) else {
      throw ValidationError("--maintenance-delay must be from 1 to \(Self.delays.upperBound).")
    }
    guard logLevel.map(EventLog.levels.contains) != false else {
      throw ValidationError("--log-level \(Self.levelRule).")
    }
  }

  private static let originRule =
    "must be one scheme://host[:port], without a path or a slash at its end; * and null are not taken"
  private static let proxyRule = "must be an address or a CIDR block"
  private static let levelRule = "must be one of \(EventLog.levels.joined(separator: ", "))"

  /// Flags were checked before; what comes from elsewhere is checked here.
  private func settings(_ sources: OptionSources) throws -> ServerSettings {
    var settings = ServerSettings()
    guard let crossOrigin = CrossOrigin(try corsOrigin.isEmpty ? sources.list(.corsOrigin) ?? [] : corsOrigin) else {
      throw sources.bad(.corsOrigin, Self.originRule)
    }
    settings.crossOrigin = crossOrigin
    let proxies = try trustedProxy.isEmpty ? sources.list(.trustedProxy) ?? [] : trustedProxy
    settings.trustedProxies = proxies.compactMap(AddressRange.init)
    guard settings.trustedProxies.count == proxies.count else { throw sources.bad(.trustedProxy, Self.proxyRule) }
    settings.limits = try limits.limits(sources)
    settings.isMaintained = try !(noMaintenance || sources.flag(.noMaintenance))
    if let delay = try maintenanceDelay ?? sources.number(.maintenanceDelay, in: Self.delays) {
      settings.maintenanceDelaySeconds = delay
    }
    return settings
  }

  private func eventLog(_ sources: OptionSources) throws -> EventLog {
    guard let log = EventLog(level: try logLevel ?? sources.text(.logLevel) ?? "info", sink: LogSink()) else {
      throw sources.bad(.logLevel, Self.levelRule)
    }
    return log
  }
  @Flag(help: "Ratings need a key with the scope feedback too. [env: CERBERUS_REQUIRE_FEEDBACK_KEY]")
  var requireFeedbackKey = false

  @Flag(
    help: """
      No daily work: the dataset is made, and old records go, only by `cerberus curate` and `cerberus retain`. \
      [env: CERBERUS_NO_MAINTENANCE]
      """)
  var noMaintenance = false

  @Option(
    help: """
      Seconds from the start to the first look whether the daily work is due; a clock that is set only after the machine \
      has started is noticed meanwhile. [env: CERBERUS_MAINTENANCE_DELAY] (default: 60)
      """)
  var maintenanceDelay: Int?

  private static let delays = 1...3600

  @Option(
    help: """
      Users that a language, framework or variant must have to be named in statistics to keys without the scope admin; \
      smaller ones are folded into "other". [env: CERBERUS_MIN_GROUP_SIZE] (default: 1)
      """)
  var minGroupSize: Int?

  private static let groupSizes = 1...1_000_000

  func run() throws {
    // None is lost that comes during the start.
    let signals = AwaitedSignals(.terminate, .interrupt, .hangUp)
    let sources = try OptionSources(config: data.config)
    for (name, nearest) in OptionSources.strangers {
      say("cerberus: \(name) in the environment is no option; the nearest known one is \(nearest)")
    }
    var inherited = try ServiceNotes.listener()
    let host = try host(inherited, sources)
    let port = try port ?? sources.number(.port, in: 0...65_535).map { UInt16($0) } ?? 8080
    let settings = try settings(sources)
    let eventLog = try eventLog(sources)
    let feedbackNeedsKey = try requireFeedbackKey || sources.flag(.requireFeedbackKey)
    let gatekeeper = try gatekeeper(sources, host: host, feedbackNeedsKey: feedbackNeedsKey)
    let groupSizeMin = try minGroupSize ?? sources.number(.minGroupSize, in: Self.groupSizes) ?? 1
    let log = try data.openLog(
      queue: limits.queue(sources), groupSizeMin: groupSizeMin, indexPatience: Self.indexPatience)
    let others = try [
      sources.text(.pepperFile).map { (name: OptionName.pepperFile.rawValue, path: $0) }, MasterKey.file(sources),
    ].compactMap { $0 }
    let secrets = OpenSecrets(closing: data.directory, others: others)
    log.counters.whenUnusable { AwaitedSignals.send(.terminate) }
    let loops = ProcessInfo.processInfo.activeProcessorCount
    let server: Server
    do throws(SystemError) {
      if let socket = inherited.take() {
        server = try Server(
          log: log, socket: socket, loops: loops, gatekeeper: gatekeeper, settings: settings, eventLog: eventLog)
      } else {
        server = try Server(
          log: log, host: host, port: port, loops: loops, gatekeeper: gatekeeper, settings: settings,
          eventLog: eventLog)
      }
    } catch {
      // For a person to put right: a server that this one follows has the data directory too, and that is 75 before
      // anything listens.
      let advice = error.code == SystemError.addressInUse ? "; stop what listens there, or take another --port" : ""
      throw fail(.configuration, "cannot listen on \(host), port \(port): \(error)\(advice)")
    }
    greet(host.contains(":") ? "[\(host)]" : host, server.port, needsKey: gatekeeper.needsKeys)
    eventLog.started(port: server.port)
    eventLog.secretsOpen(secrets)
    tellOfIndex(log, eventLog)
    ServiceNotes.tell("READY=1")
    while signals.next() == .hangUp { server.reopen() }
    ServiceNotes.tell("STOPPING=1")
    server.stop()
    guard !log.counters.isUnusable else {
      throw fail(
        .inputOutput, "a log file can be neither synced nor replaced; look at the disk. Nothing acknowledged is lost")
    }
  }

  /// Seconds. Mostly the index is there sooner, and nobody has to ask twice; where it is made anew, who logs is not kept
  /// waiting for it.
  private static let indexPatience = 1.5

  private func tellOfIndex(_ log: TrainingLog, _ eventLog: EventLog) {
    let isLate = !log.isIndexed
    if isLate { eventLog.indexing() }
    log.whenIndexed { [weak log] in
      guard let log else { return }
      for line in log.damagedLines { eventLog.damagedLine(line) }
      if log.repairs.isWorthTelling { eventLog.repaired(log.repairs) }
      if isLate { eventLog.indexed() }
    }
  }

  /// The literal to listen on; that of a socket that was handed over, whatever the options say.
  private func host(_ inherited: borrowing Descriptor?, _ sources: OptionSources) throws -> String {
    switch inherited {
    case .some(let socket): return try socket.localHost()
    case .none:
      let host = try host ?? sources.text(.host) ?? "127.0.0.1"
      return host == "localhost" ? "127.0.0.1" : host
    }
  }

  /// Ends the program where the server would be open to others.
  private func gatekeeper(_ sources: OptionSources, host: String, feedbackNeedsKey: Bool) throws -> Gatekeeper {
    let masterKey = try MasterKey.read(sources)
    let now = Clocks.monotonicNanoseconds()
    let keys: LiveKeys
    do throws(Secrets.Failure) {
      keys = try LiveKeys(data.directory, master: masterKey, now: now)
    } catch { throw fail(Exit(error), error.description) }
    guard HostAddress.isLoopback(host) || !keys.ring(now: now).isEmpty else {
      throw fail(
        .configuration,
        """
        without a key the server listens on loopback only (127.0.0.1 or ::1), since anyone could read and write; \
        make one with `cerberus keys create --name backend --scope log`, or set CERBERUS_API_KEY_FILE
        """)
    }
    return Gatekeeper(keys: keys, host: host, feedbackNeedsKey: feedbackNeedsKey)
  }

  private func greet(_ host: String, _ port: UInt16, needsKey: Bool) {
    let base = "http://\(host):\(port)"
    let key = needsKey ? #" -H "Authorization: Bearer $KEY""# : ""
    say(
      """
      cerberus listens on \(base), data in \(data.path)

        curl -s \(base)/v1/log\(key) -H 'Content-Type: application/json' -d '{"user_id":"ada","session_id":"s1",\
      "user_message":"How do I reverse a list in Python?","assistant_message":"Use reversed(items), or items[::-1] for a \
      copy; items.reverse() works in place."}' | tee /tmp/cerberus-example.json; echo
        curl -s \(base)/v1/feedback\(key) -H 'Content-Type: application/json' -d "{\\"example_id\\":\\"$(grep -o \
      '[0-9a-f-]\\{36\\}' /tmp/cerberus-example.json)\\",\\"score\\":5}"; echo
        curl -s \(base)/v1/stats\(key); echo
      """)
  }
}
