/// What one run of the generator does.
package struct LoadPlan: Sendable {
  package var port: UInt16
  package var workload = Workload.log
  /// Requests a second, due at fixed moments; nil for a closed loop, where each answer calls for the next request.
  package var rate: Double?
  /// Keep-alive connections, each with at most one request under way.
  package var connections = 64
  /// Length of the measured window of a round.
  package var seconds = 5.0
  /// Load before each window that is not measured.
  package var warmupSeconds = 1.0
  package var rounds = 1
  /// Distinct requests, sent in turn.
  package var bodies = 1024
  package var seed: UInt64 = 1
  package var expectation = Expectation.createdWithExampleID
  /// Processes whose CPU time over the window is reported.
  package var watched: [Int32] = []

  package init(port: UInt16) {
    self.port = port
  }
}
