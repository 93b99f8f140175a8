import Records

/// Finds personal data and secrets in text and puts `[TYPE_n]` in their place. Linear time, no regular expressions.
///
/// The rules are the rows of `Rule.standard`. Building a scrubber compiles them into dispatch tables; share one.
package struct Scrubber: Sendable {
  /// The built-in rules, compiled once.
  package static let standard: Scrubber = {
    do throws(PatternError) {
      return try Scrubber(rules: Rule.standard)
    } catch {
      // The table is part of the program and every test builds it.
      preconditionFailure("built-in rules: \(error)")
    }
  }()

  let rules: CompiledRules
  /// Names the rows that were added to the built-in ones: the same for the same rows, "" without any.
  package let edition: String

  /// Throws when a pattern is outside the documented subset (see `Pattern`).
  package init(rules: [Rule]) throws(PatternError) {
    self.rules = try CompiledRules(rules)
    edition = ""
  }

  /// The built-in rules and rows of an operator, a JSON array: see `Rule.operatorRows`.
  package init(adding rows: JSONValue) throws(Rule.RowError) {
    let added = try Rule.operatorRows(rows)
    do throws(PatternError) {
      rules = try CompiledRules(Rule.standard + added)
    } catch { throw Rule.RowError(row: nil, reason: error.description) }
    var writer = JSONWriter()
    writer.value(rows)
    edition = SHA256.hash(writer.bytes).hex
  }

  /// Starts one record. Numbering is per record: the same value gets the same number in every text of it, from 1, or
  /// from above `counts` for a comment or correction.
  package func begin(startingAbove counts: Redactions = .none) -> ScrubSession {
    ScrubSession(rules: rules, startingAbove: counts)
  }

  /// One text on its own.
  package func scrub(text: String) -> Scrubbed<String> { scrub(text) }

  /// The same of UTF-8, where it stands, without a String in between; bytes that are none are repaired.
  package func scrub(utf8 bytes: inout [UInt8]) {
    if !UTF8Sequence.isWellFormed(bytes) { bytes = Array(String(decoding: bytes, as: UTF8.self).utf8) }
    var session = begin()
    session.scrub(&bytes)
  }
}

extension String: Scrubbable {
  package func scrubbed(by session: inout ScrubSession) -> String { session.scrub(self) }
}
