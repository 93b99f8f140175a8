import Privacy
import Records

/// Rotation of the pepper. Whoever holds the log open is alone with the directory, and goes on with the old pseudonyms: it
/// has to be let go of after any of this.
extension TrainingLog {
  /// From the next start on new records get other pseudonyms; the pepper of until now still finds the old ones. Returns
  /// what is kept of it.
  package func rotatePepper(now: Timestamp) throws -> FormerPepper { try pepperFiles.rotate(secrets.pepper, at: now) }

  /// The same where the present pepper is a file of the operator's, who has replaced it: what it was before is kept.
  package func keepFormerPepper(_ pepper: [UInt8], now: Timestamp) throws -> FormerPepper {
    try pepperFiles.keep(pepper, at: now)
  }

  /// Nobody finds the records of these any more: not by the peppers, and not by what the ledgers say of both a user's id
  /// and a pseudonym of theirs, which goes first. What is refused stays refused.
  package func destroyPeppers(_ ids: Set<String>, now: Timestamp) throws {
    try commit.withWriter { try $0.untieLedgers(from: ids, among: secrets.formerPeppers, now: now) }
    try pepperFiles.destroy(ids)
  }

  private var pepperFiles: PepperFiles { PepperFiles(directory: configuration.directory, fileSystem: fileSystem) }

  /// What would become unlinkable with an old pepper: records, and pseudonyms of users in them.
  ///
  /// At most: a record tells by the time in its id alone under which pepper it came. Ids that clients have made may be
  /// older than their records, and records from before a pepper that is destroyed already count with the next one.
  package func loss(of pepper: FormerPepper) throws -> (records: Int, users: Int) {
    let earlier = secrets.formerPeppers.last { $0.replaced < pepper.replaced }?.replaced
    let start = earlier.map(Self.firstID) ?? ExampleID(high: 0, low: 0)
    let end = Self.firstID(at: pepper.replaced)
    guard start < end else { return (0, 0) }
    return try commit.withWriter { writer in
      try writer.index.save()
      return try IndexFile(reading: configuration.directory.index).counts(start..<end)
    }
  }

  private static func firstID(at time: Timestamp) -> ExampleID {
    ExampleID(milliseconds: time.milliseconds, sequence: 0, random: 0)
  }
}
