import Foundation
import Glibc
import Records
import TestKit
import Testing

@testable import Service

/// On real pipes; the sink has to live with whatever reads them.
@Suite("The way of lines to a reader")
struct LogSinkTests {
  /// Both ends, closed with it.
  final class Pipe {
    var read: Int32
    let write: Int32

    init() throws {
      signal(SIGPIPE, SIG_IGN)
      var ends: [Int32] = [-1, -1]
      try #require(pipe(&ends) == 0)
      // A child of another test must not keep an end open.
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      (read, write) = (ends[0], ends[1])
    }

    deinit {
      if read >= 0 { close(read) }
      close(write)
    }

    func closeReader() {
      close(read)
      read = -1
    }

    /// Lines until there are `count` of them, or until `isLast`.
    func lines(_ count: Int = .max, until isAll: ([String]) -> Bool = { _ in false }) throws -> [String] {
      var bytes: [UInt8] = []
      var buffer = [UInt8](repeating: 0, count: 64 * 1024)
      while true {
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
        if lines.count >= count || (bytes.last == 10 && isAll(lines)) { return lines }
        var waiting = pollfd(fd: read, events: Int16(POLLIN), revents: 0)
        try #require(poll(&waiting, 1, 30_000) == 1, "no line for 30 s; so far \(lines.suffix(3))")
        bytes += buffer[..<Glibc.read(read, &buffer, buffer.count)]
      }
    }
  }

  @Test("Lines of one turn stay together and in order, those of a loop wait for its turn to end")
  func turns() throws {
    let pipe = try Pipe()
    let sink = LogSink(raw: pipe.write)
    let log = try #require(EventLog(level: "info", sink: sink))
    let loop = log.forLoop()
    loop.unlogged(1)
    loop.unlogged(2)
    log.stopping()
    #expect(try pipe.lines(1).count == 1)
    loop.unlogged(3)
    loop.flush()
    let numbers = try pipe.lines(3).map { try JSONDocument(parsing: Array($0.utf8)).root["lines"]?.integer }
    #expect(numbers == [1, 2, 3])
  }

  @Test("What is below the level is not written")
  func level() throws {
    let pipe = try Pipe()
    let log = try #require(EventLog(level: "warning", sink: LogSink(raw: pipe.write)))
    log.stopping()
    log.unlogged(1)
    #expect(try pipe.lines(1).allSatisfy { $0.contains("requests_not_logged") })
    #expect(!log.isEnabled(.info))
    #expect(log.isEnabled(.error))
  }

  @Test("A reader that does not read costs bounded memory and no time, and is told of what it missed")
  func stuckReader() throws {
    let pipe = try Pipe()
    let sink = LogSink(raw: pipe.write)
    let line = Array((String(repeating: "x", count: 999) + "\n").utf8)
    // 64 KiB in the pipe, 1 MiB waiting, and one write of up to 1 MiB under way: five times as much cannot fit.
    let lines = 10_000
    let start = ContinuousClock.now
    for _ in 0..<lines { sink.append(line, lines: 1) }
    #expect(ContinuousClock.now - start < .seconds(10), "nobody waits for the reader")
    let dropped = sink.dropped
    #expect(dropped > lines / 2)
    #expect(dropped < lines)
    let before = ContinuousClock.now
    sink.flush(seconds: 0.2)
    #expect(ContinuousClock.now - before < .seconds(10), "nor at the end")
    // A writer that starts late tells of what it missed by then in a note of its own.
    func notes(_ lines: [String]) -> [Int] {
      lines.filter { $0.contains("lines_dropped") }
        .compactMap { try? JSONDocument(parsing: Array($0.utf8)).root["lines"]?.integer }
        .map { Int($0) }
    }
    // Its note may come before the lines that were waiting.
    let seen = try pipe.lines {
      notes($0).reduce(0, +) >= dropped && $0.count >= lines - dropped + notes($0).count
    }
    #expect(notes(seen).reduce(0, +) == dropped)
    #expect(seen.count == lines - dropped + notes(seen).count)
  }

  @Test("A reader that is gone, and a descriptor that is closed, are no reason to end", arguments: [true, false])
  func noReader(isPipe: Bool) throws {
    let pipe = try Pipe()
    pipe.closeReader()
    // -1 is never open.
    let sink = LogSink(raw: isPipe ? pipe.write : -1)
    for _ in 0..<100 {
      sink.append(Array("a line\n".utf8), lines: 1)
      sink.flush(seconds: 30)
    }
    #expect(sink.dropped == 100)
  }

  @Test("A stream that was set not to block is waited for")
  func nonBlocking() throws {
    let pipe = try Pipe()
    _ = fcntl(pipe.write, F_SETFL, O_NONBLOCK)
    let sink = LogSink(raw: pipe.write)
    let text = String(repeating: "y", count: 499)
    let lines = 1000
    sink.append(Array(String(repeating: text + "\n", count: lines).utf8), lines: lines)
    #expect(try pipe.lines(lines).allSatisfy { $0 == text })
    #expect(sink.dropped == 0)
  }
}
