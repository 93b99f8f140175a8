/// What an operator can set of the service, beside the data directory.
package struct ServerSettings: Sendable {
  package var crossOrigin = CrossOrigin()
  package var trustedProxies: [AddressRange] = []
  package var limits = Limits()
  /// Whether the server does its daily work by itself.
  package var isMaintained = true
  /// From the start to the first look whether it is due.
  package var maintenanceDelaySeconds = 60

  package init() {}
}
