import ArgumentParser
import Curation
import FoundationEssentials
import Posix
import Records
import TrainingLog

struct Curate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Writes the dataset anew from the logs and ratings.",
    discussion: """
      Without options the run is that of the server. Rules that are asked for hold for this run alone: the next one \
      without them brings back what they left out.
      """)

  enum Rule: String, ExpressibleByArgument, CaseIterable {
    case unclosedFence = "unclosed-fence"
    case repetition
    case refusal

    var reason: LeftOut {
      switch self {
      case .unclosedFence: .unclosedFence
      case .repetition: .repetition
      case .refusal: .refusal
      }
    }
  }

  @OptionGroup var data: DataOptions
  @Option(
    help: "Tells all about one example: each rule, its twins, and why it is in the dataset or not. Writes nothing.")
  var explain: String?
  @Flag(help: "Says what would be in the dataset, and writes nothing.") var dryRun = false
  @Option(help: "What if the least good score were this, from 1 to 5? Writes nothing.") var minScore: Int?
  @Option(help: "What if an answer needed so many characters? Writes nothing.") var minLength: Int?
  @Option(help: "Jaccard from which two texts are near-duplicates, from 0.7 to 1 (default 0.75).") var nearDuplicate:
    Double?
  @Option(help: "Jaccard from which a training text is too near to a held-out one, from 0.1 to 1 (default 0.5).")
  var moat: Double?
  @Option(
    parsing: .upToNextOption,
    help: "Leaves out what has 13 words in a row with one of these evaluation sets, JSON lines or text.")
  var exclude: [String] = []
  @Option(help: "A rule that is off by default: unclosed-fence, repetition or refusal. Repeatable.") var rule: [Rule] =
    []
  @Option(help: "At most so many rows of one user.") var maxPerUser: Int?
  @Option(help: "At most so many rows of one language.") var maxPerLanguage: Int?
  @Option(help: "The best so many rows, of all languages the same number as far as they have it.") var target: Int?
  @Option(help: "With --target: shares of languages grow with n^(1/T), from 1 (as they are) upwards.") var temperature:
    Double?
  @Option(help: "Decides between rows that are equally good.") var seed = 0
  @Flag(help: "The manifest as JSON.") var json = false

  func validate() throws {
    for (name, value) in [("max-per-user", maxPerUser), ("max-per-language", maxPerLanguage), ("target", target)] {
      guard let value, !Balance.counts.contains(value) else { continue }
      throw ValidationError("--\(name) must be at least 1.")
    }
    if let minScore, !CurationOrder.scores.contains(minScore) {
      throw ValidationError("--min-score must be from 1 to 5.")
    }
    if let minLength, !CurationOrder.lengths.contains(minLength) {
      throw ValidationError("--min-length must be from 1 to \(CurationOrder.lengths.upperBound).")
    }
    if let nearDuplicate, !CurationOrder.nearDuplicates.contains(nearDuplicate) {
      throw ValidationError("--near-duplicate must be from 0.7 to 1.")
    }
    if let moat, !CurationOrder.moats.contains(moat) { throw ValidationError("--moat must be from 0.1 to 1.") }
    if let temperature {
      guard target != nil else { throw ValidationError("--temperature needs --target.") }
      guard Balance.temperatures.contains(temperature) else {
        throw ValidationError("--temperature must be from 1 to 100.")
      }
    }
    guard seed >= 0 else { throw ValidationError("--seed must not be negative.") }
  }

  private var order: CurationOrder {
    var order = CurationOrder()
    order.explain = explain
    order.isDryRun = dryRun
    order.minScore = minScore
    order.minLength = minLength
    order.nearDuplicate = nearDuplicate
    order.moat = moat
    order.rules = rule.map(\.reason)
    // A server may have another folder to start from.
    order.exclude = exclude.map { URL(fileURLWithPath: $0).path }
    order.balance.perUser = maxPerUser
    order.balance.perLanguage = maxPerLanguage
    order.balance.target = target
    order.balance.temperature = temperature
    order.balance.seed = seed
    return order
  }

  func run() throws {
    for path in exclude {
      do { _ = try ReadOnlyFile(path) } catch { throw fail(.inputOutput, "\(path) cannot be read: \(error)") }
      if (try? Exclusion([path]).isEmpty) == true {
        say("cerberus: \(path) has nowhere \(Exclusion.words) words in a row, so nothing is left out for it")
      }
    }
    let order = order
    let isUsual = order.isUsual
    let served = ServedCurationBar(try data.server())
    let report = try served.during {
      try data.answer(
        "POST", isUsual ? "/v1/curate" : "/control/curate", isUsual ? nil : order.json, needsIndex: false, here: curate)
    }
    if explain != nil { return try show(report, asJSON: json) }
    try show(report, asJSON: json) { CurationView(manifest: $0, style: .output).lines }
  }

  /// The run, where no server does it.
  private func curate(_ log: TrainingLog) throws -> [UInt8] {
    let order = order
    let bar = ProgressBar(label: "curate")
    defer { bar.finish() }
    do {
      let report = try order.run(log, tool: "cerberus 0.1.0", now: SystemClock().now) { bar.show($0) }
      if order.isWriting {
        let dataset = DatasetSummary(report)
        data.audit(.curate, counts: dataset.counts, reference: dataset.version)
      }
      return report
    } catch let failure as CurationOrder.Failure {
      throw fail(.failed, failure.description)
    } catch let error as CurationError where error.isOfConfiguration {
      throw fail(.configuration, "the curator stopped: \(error)")
    } catch { throw fail(.inputOutput, "the curator stopped: \(error)") }
  }
}
