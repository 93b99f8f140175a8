import Testing

@testable import Records

@Suite("The nearest known name")
struct NearestNameTests {
  static let known = ["user_id", "session_id", "score", "comment"]

  @Test(
    "A name that holds it or is held by it, then the smallest edit distance; the first of equals",
    arguments: [
      ("user_id", "user_id"), ("userid", "user_id"), ("User_ID", "user_id"), ("sesion_id", "session_id"),
      ("scores", "score"), ("coment", "comment"), ("", "score"), ("x", "score"), ("core", "score"),
      ("commence", "comment"), ("user", "user_id"), ("session", "session_id"), ("id", "user_id"),
    ])
  func nearest(name: String, expected: String) {
    #expect(NearestName.find(for: name, among: Self.known) == expected)
  }

  @Test("Long names are cut, and an empty table answers nothing")
  func edges() {
    #expect(NearestName.find(for: String(repeating: "x", count: 1_000_000), among: Self.known) == "user_id")
    #expect(NearestName.find(for: "x", among: []) == "")
  }
}
