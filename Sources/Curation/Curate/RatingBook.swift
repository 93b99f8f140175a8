import Records
import TrainingLog

/// The last rating and the last correction of each example. Corrections are read again when they are needed: only where
/// they stand is kept.
struct RatingBook {
  private(set) var damaged = 0
  /// The files, as far as they were read.
  private(set) var inputs: [CurationInput] = []
  private var scores = NumberTable<ExampleID>()
  private var places: [ExampleID: LinePlace] = [:]
  private let corrections: ReadOnlyFile?

  init(_ directory: DataDirectory) throws {
    corrections = try ReadOnlyFile.open(ifPresent: directory.path(of: .corrections))
    if let feedback = try ReadOnlyFile.open(ifPresent: directory.path(of: .feedback)) {
      var input = CurationInput.Lines()
      try LineReader().read(feedback) { line, _ in
        input.add(line)
        do throws(LineError) {
          let feedback = try Feedback(line: line)
          scores.set(feedback.exampleID, Int32(feedback.score))
        } catch { damaged += 1 }
      }
      inputs.append(input.finish(LogFileName.feedback.name))
    }
    if let corrections {
      var input = CurationInput.Lines()
      try LineReader().read(corrections) { line, offset in
        input.add(line)
        do throws(LineError) {
          let id = try Correction(line: line).exampleID
          places[id] = LinePlace(offset: offset, length: line.count)
        } catch { damaged += 1 }
      }
      inputs.append(input.finish(LogFileName.corrections.name))
    }
  }

  /// 0 when unrated.
  func score(of id: ExampleID) -> Int { Int(scores[id] ?? 0) }

  /// Those for which a correction stands, in any order.
  var corrected: some Collection<ExampleID> { places.keys }

  func isCorrected(_ id: ExampleID) -> Bool { places[id] != nil }

  func correction(of id: ExampleID) throws -> Correction? {
    guard let place = places[id], let corrections else { return nil }
    return try Correction(line: corrections.read(at: place.offset, count: place.length))
  }
}
