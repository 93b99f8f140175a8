/// What stops a benchmark: one sentence for a person and the exit code of the process.
package struct BenchError: Error {
  package let exitCode: Int32
  package let message: String

  package init(exitCode: Int32, _ message: String) {
    self.exitCode = exitCode
    self.message = message
  }

  /// A system call that failed and that the benchmark cannot do without.
  static func system(_ call: String, errno code: Int32) -> BenchError {
    BenchError(exitCode: 74, "\(call) failed with errno \(code)")
  }
}
