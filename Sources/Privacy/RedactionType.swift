/// What a removed value was. The raw value stands in placeholders, records and statistics (contract section 4).
///
/// The order of the cases is the order in which counts are written.
package enum RedactionType: String, CaseIterable, Sendable {
  case email = "EMAIL"
  case ip = "IP"
  case phone = "PHONE"
  case card = "CARD"
  case iban = "IBAN"
  case nationalID = "NATIONAL_ID"
  case mac = "MAC"
  case secret = "SECRET"
  case password = "PASSWORD"
  case privateKey = "PRIVATE_KEY"
  case jwt = "JWT"
  case user = "USER"

  /// The place in the fixed order: 0..<12.
  var index: Int {
    switch self {
    case .email: 0
    case .ip: 1
    case .phone: 2
    case .card: 3
    case .iban: 4
    case .nationalID: 5
    case .mac: 6
    case .secret: 7
    case .password: 8
    case .privateKey: 9
    case .jwt: 10
    case .user: 11
    }
  }
}
