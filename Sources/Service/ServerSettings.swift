/// What an operator can set of the service, beside the data directory.
package struct ServerSettings: Sendable {
  package var crossOrigin = CrossOrigin()
  package var trustedProxies: [AddressRange] = []
  /// Requests a minute for each key; nil for no limit.
  package var requestsPerKeyMinute: Int?

  package init() {}
}
