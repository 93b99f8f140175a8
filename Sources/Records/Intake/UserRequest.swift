/// The body of `POST /v1/users/…`: whom it is about, as the backend names the user. Never stored, never logged.
package struct UserRequest: Sendable {
  package let userID: String
  /// Both when none was named.
  package let purposes: [Purpose]

  /// - Parameter takesPurpose: whether the route knows the member `purpose`.
  package init(_ root: JSONElement, takesPurpose: Bool) throws(InvalidFields) {
    var body = BodyReader(root, known: takesPurpose ? ["user_id", "purpose"] : ["user_id"])
    let userID = body.identifier("user_id")
    var purposes = Purpose.allCases
    if takesPurpose, let name = body.text("purpose") {
      if let purpose = Purpose(rawValue: name) {
        purposes = [purpose]
      } else {
        body.fail("purpose", "must be logging or training")
      }
    }
    try body.check()
    // A missing id has left an error behind.
    guard let userID else { throw InvalidFields(errors: body.errors) }
    self.userID = userID
    self.purposes = purposes
  }
}
