import HTTPWire

/// The limits of the service that an operator can set (contract, section 2, Limits), each with the contract's value to
/// begin with.
package struct Limits: Sendable {
  var wire = WireLimits()
  /// Open connections, all loops together; beyond it 503.
  package var connections = 1024
  /// Ratings without a key, a minute and client network, with bursts of twice as many; beyond it 429.
  package var feedbackPerMinute = 30
  /// Requests a minute for each key, with bursts of twice as many; nil for no limit.
  package var requestsPerKeyMinute: Int?

  package init() {}
}

/// Those of the wire, one by one: the module that knows them is none that the command line sees.
extension Limits {
  package var requestLineBytes: Int {
    get { wire.requestLineBytes }
    set { wire.requestLineBytes = newValue }
  }
  package var headerBytes: Int {
    get { wire.headerBytes }
    set { wire.headerBytes = newValue }
  }
  package var headerLines: Int {
    get { wire.headerLines }
    set { wire.headerLines = newValue }
  }
  package var bodyBytes: Int {
    get { wire.bodyBytes }
    set { wire.bodyBytes = newValue }
  }
  package var headSeconds: Int {
    get { wire.headSeconds }
    set { wire.headSeconds = newValue }
  }
  package var bodySeconds: Int {
    get { wire.bodySeconds }
    set { wire.bodySeconds = newValue }
  }
  package var idleSeconds: Int {
    get { wire.idleSeconds }
    set { wire.idleSeconds = newValue }
  }
  package var writeStallSeconds: Int {
    get { wire.writeStallSeconds }
    set { wire.writeStallSeconds = newValue }
  }
}
