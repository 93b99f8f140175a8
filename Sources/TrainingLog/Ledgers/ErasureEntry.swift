import Records

/// A line of `state/erasures.jsonl`, the journal of erasures. One is written before anything is erased and one when all
/// is gone, so that what was interrupted is completed, and what was erased never comes back.
///
/// Begun: `{"receipt_id":…,"at":…,"user":"32 hex digits, or empty","examples":["32 hex digits",…],"keys":[…]}`.
/// Done: `{"receipt_id":…,"done":"RFC 3339","receipt":{…}}`.
enum ErasureLine {
  case begun(ErasureEntry)
  case done(receiptID: String)

  init(_ line: [UInt8]) throws(LineError) {
    guard let root = try? JSONDocument(parsing: line).root, root.kind == .object else { throw .notAnObject }
    guard let receiptID = root["receipt_id"]?.string else { throw .badField("receipt_id") }
    if root["done"] != nil {
      self = .done(receiptID: receiptID)
    } else {
      self = .begun(try ErasureEntry(receiptID: receiptID, root))
    }
  }
}

/// One erasure: of a user, or of one record.
struct ErasureEntry: Equatable, Sendable {
  let receiptID: String
  let at: Timestamp
  /// nil where one record alone is erased.
  let user: KeyedHash?
  let examples: [KeyedHash]
  /// Of the records that came with an idempotency key.
  let keys: [KeyedHash]
}

extension ErasureEntry {
  fileprivate init(receiptID: String, _ root: JSONElement) throws(LineError) {
    guard let at = root["at"]?.string.flatMap({ Timestamp(rfc3339: $0) }) else { throw .badField("at") }
    guard let user = root["user"]?.string else { throw .badField("user") }
    func hashes(_ name: StaticString) throws(LineError) -> [KeyedHash] {
      guard let items = root[name]?.items else { throw .badField(name.description) }
      let hashes = items.compactMap { $0.string.flatMap(KeyedHash.init(hex:)) }
      guard hashes.count == items.count else { throw .badField(name.description) }
      return hashes
    }
    self.init(
      receiptID: receiptID, at: at, user: KeyedHash(hex: user), examples: try hashes("examples"),
      keys: try hashes("keys"))
    if !user.isEmpty, self.user == nil { throw .badField("user") }
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
      object.key("examples")
      object.array { list in for hash in examples { list.string(hash.hex) } }
      object.key("keys")
      object.array { list in for hash in keys { list.string(hash.hex) } }
    }
    return writer.bytes
  }

  static func doneLine(_ receipt: ErasureReceipt, at: Timestamp) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { object in
      object.key("receipt_id")
      object.string(receipt.id)
      object.key("done")
      object.string(at.description)
      object.key("receipt")
      object.raw(receipt.json)
    }
    return writer.bytes
  }
}
