import Privacy
import Records

/// What an erasure has removed (contract, section 2), signed with a key that signs nothing else, so that the operator can
/// show later that it was this service that said so.
package struct ErasureReceipt: Equatable, Sendable {
  /// A UUIDv4.
  package let id: String
  package let at: Timestamp
  package internal(set) var counts: ErasureCounts
  /// 64 hexadecimal digits: HMAC-SHA256 of the JSON without this member, as `json` writes it.
  package private(set) var signature = ""

  /// Signs.
  init(id: String, at: Timestamp, counts: ErasureCounts, key: [UInt8]) {
    self.id = id
    self.at = at
    self.counts = counts
    signature = HMACSHA256(key: key).authenticate(unsigned).hex
  }

  /// nil for what is no receipt, or is one and something more. White space and the order of members do not matter.
  package init?(_ json: [UInt8]) {
    guard let root = try? JSONDocument(parsing: json).root else { return nil }
    self.init(root)
  }

  init?(_ root: JSONElement) {
    guard let id = root["receipt_id"]?.string, let at = root["at"]?.string.flatMap({ Timestamp(rfc3339: $0) }),
      let counts = ErasureCounts(root), let signature = root["signature"]?.string,
      root.members.count == ErasureCounts.memberCount + 3
    else { return nil }
    self.id = id
    self.at = at
    self.counts = counts
    self.signature = signature
  }

  /// Whether the holder of the key has signed exactly this.
  package func isSigned(by key: [UInt8]) -> Bool {
    Digest(hex: signature) == HMACSHA256(key: key).authenticate(unsigned)
  }

  package var json: [UInt8] {
    object {
      $0.key("signature")
      $0.string(signature)
    }
  }

  private var unsigned: [UInt8] { object { _ in } }

  private func object(_ last: (inout JSONWriter) -> Void) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { object in
      object.key("receipt_id")
      object.string(id)
      object.key("at")
      object.string(at.description)
      counts.write(to: &object)
      last(&object)
    }
    return writer.bytes
  }
}

/// What is gone: lines of each kind, bytes of all files, and the versions of the dataset that held the rows.
package struct ErasureCounts: Equatable, Sendable {
  package var records = 0
  package var feedback = 0
  package var comments = 0
  package var corrections = 0
  /// Rows of the dataset and of the negatives.
  package var curated = 0
  package var bytes = 0
  package var versions: [String] = []

  package init() {}

  /// The numbers with the names that they have in a receipt.
  package var named: [(String, Int)] { Self.names.map { ("\($0.0)", self[keyPath: $0.1]) } }

  // Key paths into a value type hold nothing that another thread could change.
  private nonisolated(unsafe) static let names: [(StaticString, WritableKeyPath<ErasureCounts, Int>)] = [
    ("records", \.records), ("feedback", \.feedback), ("comments", \.comments), ("corrections", \.corrections),
    ("curated", \.curated), ("bytes", \.bytes),
  ]
}

extension ErasureCounts {
  static var memberCount: Int { names.count + 1 }

  /// nil where a count is missing.
  init?(_ root: JSONElement) {
    guard let versions = root["versions"]?.items else { return nil }
    for (name, path) in Self.names {
      guard let count = root[name]?.integer else { return nil }
      self[keyPath: path] = count
    }
    self.versions = versions.compactMap(\.string)
    guard self.versions.count == versions.count else { return nil }
  }

  /// Its members, into an object.
  func write(to object: inout JSONWriter) {
    for (name, path) in Self.names {
      object.key(name)
      object.integer(self[keyPath: path])
    }
    object.key("versions")
    object.array { list in for version in versions { list.string(version) } }
  }

  /// Of both of two erasures.
  func adding(_ other: ErasureCounts) -> ErasureCounts {
    var sum = self
    for (_, path) in Self.names { sum[keyPath: path] += other[keyPath: path] }
    sum.versions += other.versions.filter { !versions.contains($0) }
    return sum
  }

  /// With what an earlier attempt at the same erasure found, part of which may be gone by now.
  func joined(with earlier: ErasureCounts) -> ErasureCounts {
    var joined = self
    for (_, path) in Self.names { joined[keyPath: path] = max(self[keyPath: path], earlier[keyPath: path]) }
    joined.versions = earlier.versions + versions.filter { !earlier.versions.contains($0) }
    return joined
  }
}
