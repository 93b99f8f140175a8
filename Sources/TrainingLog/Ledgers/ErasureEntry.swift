import Records

/// A line of `state/erasures.jsonl`, the journal of erasures. One is written before anything is erased, one when it is
/// known how much there is, and one when all is gone, so that what was interrupted is completed and counted, and what was
/// erased never comes back.
///
/// Begun: `{"receipt_id":…,"at":…,"user":"32 hex digits, or empty","subject":…,"examples":["32 hex digits",…],"keys":[…]}`,
/// with `"former_users":[…]` where the user has pseudonyms under old peppers.
/// Found: `{"receipt_id":…,"found":{…}}` with the counts of a receipt.
/// Done: `{"receipt_id":…,"done":"RFC 3339","receipt":{…},"owed":true}`; without the last where nobody asks for the receipt.
/// Earlier versions wrote `"resumed":true` instead, and that only where nobody had waited.
/// Received: `{"receipt_id":…,"received":"RFC 3339"}`, after the receipt went to whoever asked: a process that ends before
/// still owes it.
enum ErasureLine {
  case begun(ErasureEntry)
  case found(receiptID: String, ErasureCounts)
  case done(receiptID: String, owed: ErasureReceipt?)
  case received(receiptID: String)

  init(_ line: [UInt8]) throws(LineError) {
    guard let root = try? JSONDocument(parsing: line).root, root.kind == .object else { throw .notAnObject }
    guard let receiptID = root["receipt_id"]?.string else { throw .badField("receipt_id") }
    if root["done"] != nil {
      guard root["owed"] != nil || root["resumed"] != nil else {
        self = .done(receiptID: receiptID, owed: nil)
        return
      }
      guard let receipt = root["receipt"].flatMap(ErasureReceipt.init) else { throw .badField("receipt") }
      self = .done(receiptID: receiptID, owed: receipt)
    } else if root["received"] != nil {
      self = .received(receiptID: receiptID)
    } else if let found = root["found"] {
      guard let counts = ErasureCounts(found) else { throw .badField("found") }
      self = .found(receiptID: receiptID, counts)
    } else {
      self = .begun(try ErasureEntry(receiptID: receiptID, root))
    }
  }
}

/// One erasure: of a user, or of one record.
struct ErasureEntry: Equatable, Sendable {
  let receiptID: String
  let at: Timestamp
  /// Of the pseudonym; nil where one record alone is erased, and where its pepper was destroyed (`untied`).
  var user: KeyedHash?
  /// Of the same user's pseudonyms under peppers that were replaced.
  var formerUsers: [KeyedHash] = []
  /// By which the ledger of refusals knows the user (`ConsentChange.subject`).
  let subject: KeyedHash?
  let examples: [KeyedHash]
  /// Of the records that came with an idempotency key.
  let keys: [KeyedHash]
  /// Whether it was carried out elsewhere, after the backup that all files of this directory come from: they may hold more
  /// of the user than was there then.
  var followsBackup = false
}

extension ErasureEntry {
  fileprivate init(receiptID: String, _ root: JSONElement) throws(LineError) {
    guard let at = root["at"]?.string.flatMap({ Timestamp(rfc3339: $0) }) else { throw .badField("at") }
    // Journals that the first version wrote have no subjects.
    func hash(_ name: StaticString, default text: String? = nil) throws(LineError) -> KeyedHash? {
      guard let text = root[name]?.string ?? text else { throw .badField(name.description) }
      guard !text.isEmpty else { return nil }
      guard let hash = KeyedHash(hex: text) else { throw .badField(name.description) }
      return hash
    }
    func hashes(_ name: StaticString, isOptional: Bool = false) throws(LineError) -> [KeyedHash] {
      guard let items = root[name]?.items ?? (isOptional ? [] : nil) else { throw .badField(name.description) }
      let hashes = items.compactMap { $0.string.flatMap(KeyedHash.init(hex:)) }
      guard hashes.count == items.count else { throw .badField(name.description) }
      return hashes
    }
    self.init(
      receiptID: receiptID, at: at, user: try hash("user"),
      formerUsers: try hashes("former_users", isOptional: true), subject: try hash("subject", default: ""),
      examples: try hashes("examples"), keys: try hashes("keys"), followsBackup: root["follows_backup"] != nil)
  }

  func line() -> [UInt8] {
    var writer = JSONWriter(reserving: 160 + 35 * (examples.count + keys.count))
    writer.object { object in
      object.key("receipt_id")
      object.string(receiptID)
      object.key("at")
      object.string(at.description)
      object.key("user")
      object.string(user?.hex ?? "")
      if !formerUsers.isEmpty {
        object.key("former_users")
        object.array { list in for hash in formerUsers { list.string(hash.hex) } }
      }
      object.key("subject")
      object.string(subject?.hex ?? "")
      object.key("examples")
      object.array { list in for hash in examples { list.string(hash.hex) } }
      object.key("keys")
      object.array { list in for hash in keys { list.string(hash.hex) } }
      if followsBackup {
        object.key("follows_backup")
        object.bool(true)
      }
    }
    return writer.bytes
  }

  var users: [KeyedHash] { (user.map { [$0] } ?? []) + formerUsers }

  /// What the receipt is kept under for whoever asks again, be it under another pseudonym.
  var claim: KeyedHash? { subject ?? user ?? examples.first }

  static func foundLine(_ receiptID: String, _ counts: ErasureCounts) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { object in
      object.key("receipt_id")
      object.string(receiptID)
      object.key("found")
      object.object { counts.write(to: &$0) }
    }
    return writer.bytes
  }

  static func doneLine(_ receipt: ErasureReceipt, at: Timestamp, isOwed: Bool) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { object in
      object.key("receipt_id")
      object.string(receipt.id)
      object.key("done")
      object.string(at.description)
      object.key("receipt")
      object.raw(receipt.json)
      if isOwed {
        object.key("owed")
        object.bool(true)
      }
    }
    return writer.bytes
  }

  static func receivedLine(_ receiptID: String, at: Timestamp) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { object in
      object.key("receipt_id")
      object.string(receiptID)
      object.key("received")
      object.string(at.description)
    }
    return writer.bytes
  }
}
