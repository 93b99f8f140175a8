import Records

/// What of a damaged member can be kept where lines in it have to go that cannot be found: the lines whose CRC-32 is the
/// one that the index has of a record, at the place that it has. Everything else goes, since any of it may be theirs.
struct Rescue {
  /// In order; also what lies outside of the member of lines that reach into it.
  private(set) var removed: [Range<Int>] = []
  /// Records that the index has here, and that cannot be read.
  private(set) var lost: [ExampleID] = []

  /// - Parameters:
  ///   - member: its part of the text.
  ///   - remains: as long as that (`SealedText.remains`).
  ///   - rows: those that stay, with where in the text they stand.
  init(_ member: Range<Int>, _ remains: [UInt8], _ rows: [(row: ExampleRow, offset: Int)]) {
    var end = member.lowerBound
    for (row, offset) in rows.sorted(by: { $0.offset < $1.offset }) {
      // With its LF.
      let line = offset..<offset + row.length + 1
      guard line.overlaps(member) else { continue }
      if line.lowerBound >= end, line.upperBound <= member.upperBound,
        Self.holds(remains[line.lowerBound - member.lowerBound..<line.upperBound - member.lowerBound], row)
      {
        removed.append(end..<line.lowerBound)
        end = line.upperBound
      } else {
        lost.append(row.id)
        removed.append(line)
      }
    }
    removed.append(end..<member.upperBound)
  }

  private static func holds(_ line: ArraySlice<UInt8>, _ row: ExampleRow) -> Bool {
    line.last == UInt8(ascii: "\n") && checksum(Array(line.dropLast())) == row.crc
  }
}

extension TrainingLog {
  /// Beside the commits; nothing is ever written into a sealed member.
  func rescue(from member: SealedMember, of text: LogText, _ name: LogFileName) throws -> Rescue {
    guard case .conversations(let day) = name, let sealed = text.sealed,
      let number = sealed.table.members.firstIndex(of: member)
    else { return Rescue(member.text, [], []) }
    let rows = try scan(.day(day)) { writer, rows in
      let index = try writer.index
      return rows.values.compactMap { row in index.offset(of: row).map { (row: row, offset: $0) } }
    }
    return Rescue(member.text, try sealed.remains(of: number), rows)
  }
}
