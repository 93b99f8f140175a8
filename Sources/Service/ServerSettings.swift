/// What an operator can set of the service, beside the data directory.
package struct ServerSettings: Sendable {
  package var crossOrigin = CrossOrigin()
  package var trustedProxies: [AddressRange] = []
  /// Requests a minute for each key; nil for no limit.
  package var requestsPerKeyMinute: Int?
  /// No key is configured, and the address is of the loopback.
  package var isOpen = true

  package init() {}
}
