import Posix
import Privacy
import Records
import TrainingLog

/// Surveys the lines of a day file on all cores, in pieces of a few MiB, so that memory stays flat whatever its size.
struct LineSurveyor {
  /// Bytes of a turn.
  private static let pieceBytes = 8 << 20
  /// Bytes of a day file after which what was found is handed over, so that it can leave the memory.
  private static let stretchBytes = 64 << 20

  let scrubber: Scrubber

  /// A stretch from `start`, at most to the last LF: what lies beyond was never acknowledged.
  ///
  /// - Parameter progress: called with the offset reached.
  /// - Returns: what was found, and the offset behind the last LF of it: `start` when there is nothing more.
  func survey(
    _ file: any ReadableFile, from start: Int, progress: (Int) -> Void
  ) throws -> (part: SurveyPart, end: Int) {
    var whole = SurveyPart()
    var offset = start
    var pieceBytes = Self.pieceBytes
    while true {
      let bytes = try file.read(at: offset, count: pieceBytes)
      guard let end = bytes.lastIndex(of: UInt8(ascii: "\n")) else {
        if bytes.count < pieceBytes { return (whole, offset) }
        // One line longer than a piece.
        pieceBytes *= 2
        continue
      }
      for part in survey(bytes, to: end + 1, at: offset) { whole.append(part) }
      offset += end + 1
      pieceBytes = Self.pieceBytes
      progress(offset)
      if offset - start >= Self.stretchBytes { return (whole, offset) }
    }
  }

  private func survey(_ bytes: [UInt8], to end: Int, at offset: Int) -> [SurveyPart] {
    let borders = Self.borders(bytes, end, parts: Cores.count)
    return Cores.map(borders.count - 1) { survey(bytes, borders[$0]..<borders[$0 + 1], offset) }
  }

  /// Cuts at ends of lines into about equal parts.
  private static func borders(_ bytes: [UInt8], _ end: Int, parts: Int) -> [Int] {
    var borders = [0]
    for part in 1..<max(parts, 2) {
      let wanted = max(end * part / parts, borders[borders.count - 1])
      guard part < parts, let cut = bytes[wanted..<end].firstIndex(of: UInt8(ascii: "\n")), cut + 1 < end else { break }
      borders.append(cut + 1)
    }
    return borders + [end]
  }

  private func survey(_ bytes: [UInt8], _ range: Range<Int>, _ offset: Int) -> SurveyPart {
    var part = SurveyPart()
    var judge = LineJudge(scrubber: scrubber)
    var start = range.lowerBound
    while start < range.upperBound {
      let end = bytes.position(of: 0x0A, in: start..<range.upperBound) ?? range.upperBound
      // Zero bytes are holes that a power failure leaves; what stands behind one is a line of its own.
      var at = start
      while at < end {
        let hole = bytes.position(of: 0, in: at..<end) ?? end
        if hole > at {
          let place = LinePlace(offset: offset + at, length: hole - at)
          do throws(LineError) {
            try judge.survey(Array(bytes[at..<hole]), at: place, into: &part)
          } catch { part.damaged.append(DamagedPlace(line: part.lines, place: place)) }
        }
        at = hole + 1
      }
      part.lines += 1
      start = end + 1
    }
    return part
  }
}
