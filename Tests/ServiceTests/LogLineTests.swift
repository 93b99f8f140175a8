import Logging
import Records
import TestKit
import Testing

@testable import Service

@Suite("Lines of the event log")
struct LogLineTests {
  private func line(_ message: String = "event", _ metadata: Logger.Metadata) throws -> JSONElement {
    let bytes = LogLine.bytes(level: .warning, message: message, metadata: metadata)
    #expect(bytes.last == 10)
    #expect(bytes.count { $0 == 10 } == 1, "one line")
    return try JSONDocument(parsing: bytes).root
  }

  @Test("Time, level and event come first, the rest by name, with the types kept")
  func shape() throws {
    let line = try line(
      "request",
      [
        "z": "text", "a": .stringConvertible(7), "ms": .stringConvertible(0.25), "flag": .stringConvertible(true),
        "list": ["x", .stringConvertible(1)], "object": ["b": "2", "a": "1"],
      ])
    #expect(
      line.members.compactMap(\.key.string) == ["time", "level", "event", "a", "flag", "list", "ms", "object", "z"])
    #expect(line["time"]?.string.flatMap { Timestamp(rfc3339: $0) } != nil)
    #expect(line["level"]?.string == "warning")
    #expect(line["event"]?.string == "request")
    #expect(line["a"]?.integer == 7)
    #expect(line["ms"]?.numberText == "0.25")
    #expect(line["flag"]?.kind == .true)
    #expect(line["list"]?.items.map { $0.string ?? $0.numberText } == ["x", "1"])
    #expect(line["object"]?.members.compactMap(\.key.string) == ["a", "b"])
  }

  @Test(
    "Nothing in a value can end the line or the text", arguments: ["a\nb", "\r", "\"", "\\", "\u{0}", "\u{1b}[2J", "ü"])
  func escapes(text: String) throws {
    #expect(try line(text, ["value": .string(text)])["value"]?.string == text)
  }

  @Test("A number that JSON does not have becomes text", arguments: [Double.nan, .infinity])
  func notFinite(number: Double) throws {
    #expect(try line("event", ["value": .stringConvertible(number)])["value"]?.string != nil)
  }

  @Test("The levels, and no other", arguments: EventLog.levels + ["critical", "Info", "", "all"])
  func levels(name: String) {
    let log = EventLog(level: name, sink: LogSink())
    #expect((log != nil) == ["trace", "debug", "info", "notice", "warning", "error"].contains(name))
  }
}

@Suite("A flood of lines")
struct LinePacerTests {
  private static let second: UInt64 = 1_000_000_000

  @Test("So many a second pass, the rest is counted and told once the second is over")
  func paces() {
    var pacer = LinePacer(perSecond: 5)
    let start = 100 * Self.second
    #expect((0..<20).count { _ in pacer.allows(now: start) } == 5)
    #expect(pacer.takeHeld(now: start + Self.second - 1) == 0)
    #expect(pacer.takeHeld(now: start + Self.second) == 15)
    #expect(pacer.takeHeld(now: start + Self.second) == 0, "told once")
    #expect((0..<20).count { _ in pacer.allows(now: start + Self.second) } == 5)
  }
}
