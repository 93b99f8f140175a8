import Testing

@testable import Records

/// `POST /v1/feedback`, contract section 2: as a JSON body and as query parameters.
@Suite("Fields of a rating that is sent")
struct RatingTests {
  static let id = SubmissionTests.id

  private func read(_ changes: [String: String]) throws -> Rating {
    let members = ["example_id": "\"\(Self.id)\"", "score": "5"].merging(changes) { $1 }.filter { !$0.value.isEmpty }
    let text = members.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value)" }.joined(separator: ",")
    return try Rating(JSONDocument(parsing: Array("{\(text)}".utf8)).root)
  }

  private func errors(_ changes: [String: String]) throws -> [FieldError] {
    do {
      _ = try read(changes)
      return []
    } catch let invalid as InvalidFields { return invalid.errors }
  }

  private func errors(parameters: [(name: String, value: String)]) -> [FieldError] {
    do {
      _ = try Rating(parameters: parameters)
      return []
    } catch { return error.errors }
  }

  @Test("Every score from 1 to 5, in both forms", arguments: Feedback.scores)
  func scores(score: Int) throws {
    #expect(try read(["score": "\(score)"]).score == score)
    #expect(try Rating(parameters: [("example_id", Self.id.description), ("score", "\(score)")]).score == score)
  }

  @Test(
    "Other scores",
    arguments: [
      "0", "6", "-1", "4.5", "5.01", "55e-1", "0.0", "5e1", "5e-1000000000000", "\"5\"", "true", "[]", "{}",
      "99999999999999999999",
    ])
  func badScores(score: String) throws {
    #expect(try errors(["score": score]) == [FieldError(pointer: "/score", detail: "must be an integer from 1 to 5")])
  }

  @Test(
    "Other scores as parameters",
    arguments: ["0", "6", "-1", "+5", "4.5", " 5", "5 ", "", "five", "５", "0x5", "99999999999999999999"])
  func badParameterScores(score: String) throws {
    #expect(
      errors(parameters: [("example_id", Self.id.description), ("score", score)])
        == [FieldError(pointer: "/score", detail: "must be an integer from 1 to 5")])
  }

  @Test("Everything at once, in both forms")
  func full() throws {
    let json = try read(["comment": "\"good\"", "corrected_message": #""a\nb""#])
    let parameters = try Rating(parameters: [
      ("corrected_message", "a\nb"), ("comment", "good"), ("score", "5"), ("example_id", Self.id.description),
    ])
    #expect(json == parameters)
    #expect(json.exampleID == Self.id)
    #expect(json.comment == "good")
    #expect(json.correctedMessage == "a\nb")
  }

  @Test("A text that can be no id is an unknown example, not a broken field", arguments: ["x", "", "42"])
  func unknownID(text: String) throws {
    #expect(try read(["example_id": "\"\(text)\""]).exampleID == nil)
    #expect(try Rating(parameters: [("example_id", text), ("score", "1")]).exampleID == nil)
  }

  @Test(
    "Missing, null and other types of the id",
    arguments: [("", "is required"), ("null", "is required"), ("1", "must be a string")])
  func badID(value: String, detail: String) throws {
    #expect(try errors(["example_id": value]) == [FieldError(pointer: "/example_id", detail: detail)])
  }

  @Test("A missing score", arguments: ["", "null"])
  func missingScore(value: String) throws {
    #expect(try errors(["score": value]) == [FieldError(pointer: "/score", detail: "is required")])
  }

  @Test("null on comment and correction means absent")
  func null() throws {
    let rating = try read(["comment": "null", "corrected_message": "null"])
    #expect(rating.comment == nil)
    #expect(rating.correctedMessage == nil)
  }

  @Test("A comment has at most 4,096 characters, whatever they weigh", arguments: ["x", "é", "😀"])
  func comment(character: String) throws {
    let most = String(repeating: character, count: 4096)
    #expect(try read(["comment": "\"\(most)\""]).comment == most)
    let expected = [FieldError(pointer: "/comment", detail: "must have at most 4096 characters")]
    #expect(try errors(["comment": "\"\(most)x\""]) == expected)
    #expect(
      errors(parameters: [("example_id", Self.id.description), ("score", "1"), ("comment", most + "x")]) == expected)
  }

  @Test("A correction has at most 64 KiB", arguments: ["x", "é", "😀"])
  func correction(character: String) throws {
    let most = String(repeating: character, count: 65_536 / character.utf8.count)
    #expect(try read(["corrected_message": "\"\(most)\""]).correctedMessage == most)
    #expect(
      try errors(["corrected_message": "\"\(most)x\""])
        == [FieldError(pointer: "/corrected_message", detail: "must have at most 65536 bytes")])
  }

  @Test("A blank correction corrects nothing; a blank comment says nothing", arguments: ["", " ", "\\n"])
  func blank(text: String) throws {
    #expect(
      try errors(["corrected_message": "\"\(text)\""])
        == [FieldError(pointer: "/corrected_message", detail: "must not be blank")])
    #expect(try read(["comment": "\"\(text)\""]).comment == nil)
  }

  @Test("Other types of comment and correction", arguments: ["comment", "corrected_message"], ["1", "[]", "true"])
  func types(name: String, value: String) throws {
    #expect(try errors([name: value]) == [FieldError(pointer: "/" + name, detail: "must be a string")])
  }

  @Test("Unknown members and parameters")
  func unknown() throws {
    let expected = [
      FieldError(pointer: "", detail: "has an unknown member; the nearest known name is \"example_id\"")
    ]
    #expect(try errors(["exampl_id": "1"]) == expected)
    #expect(try errors(["id": "1"]) == expected)
    #expect(
      errors(parameters: [("example_id", Self.id.description), ("score", "1"), ("exampl_id", "1")]) == expected)
  }

  @Test("A parameter twice, and parameters missing")
  func parameters() throws {
    #expect(
      errors(parameters: [("score", "1"), ("score", "1"), ("example_id", "x")])
        == [FieldError(pointer: "", detail: "has a parameter twice")])
    #expect(
      errors(parameters: [])
        == [
          FieldError(pointer: "/example_id", detail: "is required"),
          FieldError(pointer: "/score", detail: "is required"),
        ])
  }

  @Test("What is no object", arguments: ["[]", "null", "1"])
  func noObject(text: String) throws {
    let root = try JSONDocument(parsing: Array(text.utf8)).root
    let error = #expect(throws: InvalidFields.self) { try Rating(root) }
    #expect(error?.errors == [FieldError(pointer: "", detail: "must be a JSON object")])
  }
}
