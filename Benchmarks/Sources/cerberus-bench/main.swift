import Glibc
import LoadGenerator

// load    drives a server that already listens and prints one line of JSON a round; exit 1 when any answer was wrong
// disk    refuses a directory in memory (exit 78), else prints what one fdatasync of 64 KiB costs there
// sample  prints one request body, to look at or to send by hand

/// One line at once, also into a pipe.
func emit(_ line: String, to descriptor: Int32) {
  let bytes = Array((line + "\n").utf8)
  _ = write(descriptor, bytes, bytes.count)
}

func load(_ plan: LoadPlan) throws(BenchError) {
  var loop = try LoadLoop.connected(plan)
  var failures = 0
  for round in 1...plan.rounds {
    let report = try loop.run(round: round)
    failures += report.failures
    emit(report.json, to: STDOUT_FILENO)
  }
  guard failures == 0 else { throw BenchError(exitCode: 1, "\(failures) failures") }
}

func disk(_ directory: String) throws(BenchError) {
  try Disk.refuseMemory(directory)
  print("{\"fdatasync_64k_us\":\(try Disk.syncMicroseconds(in: directory, count: 200))}")
}

func sample(seed: UInt64) {
  var random = SplitMix64(seed: seed)
  print(String(decoding: DeveloperChat.conversation(using: &random).json, as: UTF8.self))
}

func run(_ arguments: ArraySlice<String>) throws(BenchError) {
  switch (arguments.first, arguments.count) {
  case ("load", _): try load(Options.plan(from: arguments.dropFirst()))
  case ("disk", 2): try disk(arguments[arguments.startIndex + 1])
  case ("sample", 1): sample(seed: 1)
  case ("sample", 2):
    guard let seed = UInt64(arguments[arguments.startIndex + 1]) else { throw Options.usage("a seed is a number") }
    sample(seed: seed)
  default: throw Options.usage("which command?")
  }
}

do {
  try run(CommandLine.arguments.dropFirst())
} catch {
  emit("cerberus-bench: \(error.message)", to: STDERR_FILENO)
  exit(error.exitCode)
}
