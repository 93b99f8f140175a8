import Posix
import Privacy
import Records

/// Where an old pepper is destroyed, nothing may be left that leads from a user's id to a pseudonym under it. The ledgers
/// have hashes of both, under keys that live on: beside each other they would link the two for whoever has the keys.
extension LogWriter {
  /// - Parameters:
  ///   - destroyed: the ids of peppers that are about to be destroyed.
  ///   - former: all that are kept until then, the oldest first.
  func untieLedgers(from destroyed: Set<String>, among former: [FormerPepper], now: Timestamp) throws {
    // No line tells under which pepper a pseudonym is, so all refusals are untied; they hold as they did.
    if let changes = consent.untied(at: now) {
      let content = changes.flatMap { $0.line() + [UInt8(ascii: "\n")] }
      try files.rewrite(.consent, with: content)
      consent.wasRewritten(changes)
      if let index = completeIndex {
        index.setBytes(content.count, of: .consent)
        try index.save()
      }
    }
    guard let lines = try syncedLines(of: .erasures) else { return }
    var content: [UInt8] = []
    var isTied = false
    try lines.forEach { line in
      var line = line
      if case .begun(let entry) = try ErasureLine(line), case let untied = entry.untied(from: destroyed, among: former),
        untied != entry
      {
        line = untied.line()
        isTied = true
      }
      content += line + [UInt8(ascii: "\n")]
    }
    if isTied { try files.rewrite(.erasures, with: content) }
  }
}

extension ErasureEntry {
  /// Without the pseudonyms under these peppers, as far as there is anything that they could be linked to. What is erased
  /// stays so by the ids of the records.
  ///
  /// The time tells: the user's pseudonym was under the pepper of then, the former ones under those before it.
  fileprivate func untied(from destroyed: Set<String>, among former: [FormerPepper]) -> ErasureEntry {
    guard subject != nil || users.count > 1 else { return self }
    var entry = self
    if let pepper = former.first(where: { $0.replaced >= at }), destroyed.contains(pepper.id) { entry.user = nil }
    let earlier = former.filter { $0.replaced <= at }.reversed()
    // Where it is not plain which is whose, all go.
    entry.formerUsers =
      earlier.count == formerUsers.count
      ? zip(formerUsers, earlier).filter { !destroyed.contains($0.1.id) }.map(\.0) : []
    return entry
  }

  /// Whether it is this one, but for pseudonyms that were taken out since.
  func isUntied(of earlier: ErasureEntry) -> Bool {
    var entry = earlier
    (entry.user, entry.formerUsers) = (user, formerUsers)
    return entry == self && Set(users).isSubset(of: earlier.users)
  }
}
