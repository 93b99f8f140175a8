import LoadGenerator

/// The command line of `cerberus-bench load`: pairs of `--name value`, and the flags `--status-only` and `--feedback`.
enum Options {
  static func plan(from arguments: ArraySlice<String>) throws(BenchError) -> LoadPlan {
    var plan = LoadPlan(port: 0)
    var statusOnly = false
    var rest = arguments
    while let name = rest.popFirst() {
      if name == "--status-only" {
        statusOnly = true
        continue
      }
      if name == "--feedback" {
        let ids = Array(AnyIterator { readLine() })
        guard !ids.isEmpty else { throw usage("--feedback reads example ids from standard input, one a line") }
        plan.workload = .feedback(exampleIDs: ids)
        continue
      }
      guard let value = rest.popFirst() else { throw usage("\(name) needs a value") }
      switch name {
      case "--target-port": plan.port = UInt16(try integer(value, for: name, in: 1...65_535))
      case "--connections": plan.connections = try integer(value, for: name, in: 1...10_000)
      case "--rate": plan.rate = Double(try integer(value, for: name, in: 1...1_000_000))
      case "--batch": plan.workload = .batch(lines: try integer(value, for: name, in: 1...1000))
      case "--rounds": plan.rounds = try integer(value, for: name, in: 1...1000)
      case "--bodies": plan.bodies = try integer(value, for: name, in: 1...65_536)
      case "--seed": plan.seed = UInt64(try integer(value, for: name, in: 0...Int.max))
      case "--watch-pid": plan.watched.append(Int32(try integer(value, for: name, in: 1...Int(Int32.max))))
      case "--seconds": plan.seconds = try seconds(value, for: name, in: 0.1...3600)
      case "--warmup": plan.warmupSeconds = try seconds(value, for: name, in: 0...600)
      default: throw usage("unknown option \(name)")
      }
    }
    guard plan.port != 0 else { throw usage("--target-port is required") }
    plan.expectation = statusOnly ? .created : .collector(plan.workload)
    return plan
  }

  static func usage(_ reason: String) -> BenchError {
    BenchError(
      exitCode: 64,
      """
      \(reason)
      usage: cerberus-bench load --target-port PORT [--connections 64] [--seconds 5] [--warmup 1] [--rounds 1]
                                 [--bodies 1024] [--seed 1] [--watch-pid PID]... [--status-only]
                                 [--rate PER_SECOND] [--batch LINES | --feedback <EXAMPLE_IDS]
             cerberus-bench disk DIRECTORY
             cerberus-bench sample [SEED]
      """)
  }

  private static func integer(_ text: String, for name: String, in range: ClosedRange<Int>) throws(BenchError) -> Int {
    guard let value = Int(text), range.contains(value) else {
      throw usage("\(name) wants a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return value
  }

  private static func seconds(
    _ text: String, for name: String, in range: ClosedRange<Double>
  ) throws(BenchError) -> Double {
    guard let value = Double(text), range.contains(value) else {
      throw usage("\(name) wants seconds from \(range.lowerBound) to \(range.upperBound)")
    }
    return value
  }
}
