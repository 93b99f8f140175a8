/// What a frontend sends to `POST /v1/feedback`: a score, and perhaps a comment and a corrected answer, all still raw.
package struct Rating: Equatable, Sendable {
  package static let commentCharactersMax = 4096
  package static let correctionBytesMax = 64 * 1024

  /// nil for a text that can be no id: no example is known by it.
  package var exampleID: ExampleID?
  package var score: Int
  package var comment: String?
  package var correctedMessage: String?

  private static let known: [StaticString] = ["example_id", "score", "comment", "corrected_message"]

  /// - Parameter query: names of parameters that came with the body. A rating is one or the other: of two that differ
  ///   nobody could say which was meant.
  package init(_ root: JSONElement, besideQuery query: [String] = []) throws(InvalidFields) {
    var body = BodyReader(root, known: Self.known)
    for name in Self.known where query.contains("\(name)") {
      body.fail("\(name)", "must stand in the body or in the query, and all of the rating in one of them")
    }
    let id = body.requiredText("example_id")
    let score = body.element("score")
    if score == nil, root.kind == .object { body.fail("score", "is required") }
    let number = score.flatMap(\.wholeNumber)
    if score != nil, number == nil { body.fail("score", "must be an integer from 1 to 5") }
    let comment = body.text("comment")
    let correction = body.text("corrected_message")
    self = try Self.checked(&body, id: id, score: number, comment: comment, correction: correction)
  }

  /// From decoded query parameters, in their order; the pointers name the parameters.
  package init(parameters: [(name: String, value: String)]) throws(InvalidFields) {
    var errors: [FieldError] = []
    if Set(parameters.map(\.name)).count < parameters.count {
      errors.append(FieldError(pointer: "", detail: "has a parameter twice"))
    }
    func value(_ name: String) -> String? { parameters.first { $0.name == name }?.value }
    let known = Self.known.map { "\($0)" }
    for (name, _) in parameters where !known.contains(name) {
      let nearest = NearestName.find(for: name, among: known)
      errors.append(FieldError(pointer: "", detail: "has an unknown member; the nearest known name is \"\(nearest)\""))
    }
    for name in ["example_id", "score"] where value(name) == nil {
      errors.append(FieldError(pointer: "/" + name, detail: "is required"))
    }
    let score = value("score").flatMap { decimal(Array($0.utf8)[...]) }
    if value("score") != nil, score == nil {
      errors.append(FieldError(pointer: "/score", detail: "must be an integer from 1 to 5"))
    }
    var body = BodyReader(errors: errors)
    self = try Self.checked(
      &body, id: value("example_id"), score: score, comment: value("comment"), correction: value("corrected_message"))
  }

  private init(exampleID: ExampleID?, score: Int, comment: String?, correctedMessage: String?) {
    self.exampleID = exampleID
    self.score = score
    self.comment = comment
    self.correctedMessage = correctedMessage
  }

  private static func checked(
    _ body: inout BodyReader, id: String?, score: Int?, comment: String?, correction: String?
  ) throws(InvalidFields) -> Rating {
    if let score, !Feedback.scores.contains(score) { body.fail("score", "must be an integer from 1 to 5") }
    if let comment, !comment.hasAtMost(commentCharactersMax) {
      body.fail("comment", "must have at most \(commentCharactersMax) characters")
    }
    if let correction, correction.utf8.count > correctionBytesMax {
      body.fail("corrected_message", "must have at most \(correctionBytesMax) bytes")
    }
    if let correction, correction.isBlank { body.fail("corrected_message", "must not be blank") }
    try body.check()
    guard let id, let score else { throw InvalidFields(errors: body.errors) }
    return Rating(
      exampleID: ExampleID(id), score: score, comment: comment.flatMap { $0.isBlank ? nil : $0 },
      correctedMessage: correction)
  }
}
