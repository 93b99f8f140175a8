import Privacy
import Records

/// What a run has read of a file, for the manifest: so many bytes of text, and a hash by which two runs can tell whether
/// they have read the same.
struct CurationInput: Sendable {
  let name: String
  let bytes: Int
  /// Of a file that is read as a whole, of these bytes; of a day file, see `init(_:seen:records:)`. 64 hexadecimal digits.
  let sha256: String

  init(name: String, bytes: Int, sha256: String) {
    self.name = name
    self.bytes = bytes
    self.sha256 = sha256
  }

  /// Of a day: of what stands for each record in `state/surveys`, in their order, since most runs read no text again: its
  /// id, its place, and the fingerprint of its question and answer.
  init(_ day: String, seen: Int, records: ArraySlice<SurveyedRecord>) {
    var hash = SHA256()
    var words: [UInt64] = []
    words.reserveCapacity(records.count * 6)
    for record in records {
      words.append(record.id.high.littleEndian)
      words.append(record.id.low.littleEndian)
      words.append(UInt64(record.offset).littleEndian)
      words.append(UInt64(record.length).littleEndian)
      words.append(record.text.hash.high.littleEndian)
      words.append(record.text.hash.low.littleEndian)
    }
    words.withUnsafeBytes { hash.update($0) }
    self.init(name: day, bytes: seen, sha256: hash.finalize().hex)
  }

  /// A file of lines, as it is read.
  struct Lines {
    private var hash = SHA256()
    private var bytes = 0

    /// Without its LF.
    mutating func add(_ line: [UInt8]) {
      hash.update(line)
      hash.update([UInt8(ascii: "\n")])
      bytes += line.count + 1
    }

    func finish(_ name: String) -> CurationInput {
      var hash = hash
      return CurationInput(name: name, bytes: bytes, sha256: hash.finalize().hex)
    }
  }
}

extension JSONWriter {
  mutating func input(_ input: CurationInput) {
    object { object in
      object.key("file")
      object.string(input.name)
      object.count("bytes", input.bytes)
      object.key("sha256")
      object.string(input.sha256)
    }
  }
}
