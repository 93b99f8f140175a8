import Testing

@testable import Service

struct QueryParametersTests {
  /// Query, and the pairs in order.
  static let good: [(String, [[String]])] = [
    ("", []), ("&", []), ("&&a=1&", [["a", "1"]]), ("a", [["a", ""]]), ("a=", [["a", ""]]), ("=b", [["", "b"]]),
    ("=", [["", ""]]), ("a=b", [["a", "b"]]), ("a=b=c", [["a", "b=c"]]), ("a=1&a=2", [["a", "1"], ["a", "2"]]),
    ("b=1&a=2", [["b", "1"], ["a", "2"]]), ("a+b=c+d", [["a b", "c d"]]), ("a%20b=%2B", [["a b", "+"]]),
    ("%61=%62", [["a", "b"]]), ("a=%26%3D%25", [["a", "&=%"]]), ("a=%C3%BC", [["a", "ü"]]), ("a=%c3%bc", [["a", "ü"]]),
    ("a=%F0%9F%98%80", [["a", "😀"]]), ("a=%00", [["a", "\u{0}"]]), ("a=%2525", [["a", "%25"]]),
    ("a;b=c", [["a;b", "c"]]), ("a=1?b", [["a", "1?b"]]), ("a=ü", [["a", "ü"]]), ("a=%0D%0A", [["a", "\r\n"]]),
    ("a=e%CC%81", [["a", "e\u{301}"]]),
  ]

  @Test(arguments: good)
  func `pairs are decoded in their order`(_ query: String, _ pairs: [[String]]) throws {
    let parameters = try #require(QueryParameters.parse(query))
    // By bytes: equality of strings would take a composed letter for a decomposed one.
    #expect(
      parameters.map { [Array($0.name.utf8), Array($0.value.utf8)] } == pairs.map { $0.map { Array($0.utf8) } })
  }

  @Test(
    arguments: [
      "%", "a=%", "a=%4", "a=%4&b", "%zz=1", "a=%g0", "a=%0g", "a=%ff", "a=%C3", "a=%C3&b=%BC", "a=%C0%AF",
      "a=%ED%A0%80", "a=1&b=%", "%F4%90%80%80", "a=%-1", "a=%+1", "a=% 1",
    ])
  func `a bad escape or bad UTF-8 anywhere refuses the whole`(_ query: String) {
    #expect(QueryParameters.parse(query) == nil)
  }
}
