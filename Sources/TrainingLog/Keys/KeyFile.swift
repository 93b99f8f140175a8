import Posix
import Records

/// `state/keys` (contract, section 1): a JSON object with the secrets of the data directory by name, and the API keys
/// under `api_keys`.
///
/// The command line changes it while a server runs, so it is replaced whole, under a lock of its own, and whoever changes
/// it reads it first.
package struct KeyFile: Equatable, Sendable {
  package var apiKeys: [APIKey] = []
  /// All other members, also those of a later version, as they were found.
  private(set) var others: [JSONValue.Member] = []

  private static let apiKeysName = "api_keys"

  package init() {}

  /// The secret of that name as text; nil where there is none. What is no text is there too, but no good: "".
  subscript(secret name: String) -> String? {
    get {
      guard let member = others.first(where: { $0.name == name }) else { return nil }
      if case .string(let text) = member.value { return text }
      return ""
    }
    set {
      others.removeAll { $0.name == name }
      if let newValue { others.append(.init(name: name, value: .string(newValue))) }
    }
  }

  /// The file as it is; empty where there is none.
  package static func read(_ directory: DataDirectory) throws(Secrets.Failure) -> KeyFile {
    let content: [UInt8]?
    do throws(SystemError) { content = try readFile(directory.keys) } catch { throw .system(error) }
    guard let content else { return KeyFile() }
    guard let file = KeyFile(content) else { throw .badKeys }
    return file
  }

  /// Changes the file; nobody else does in between. What is returned is durable.
  package static func update<Result>(
    _ directory: DataDirectory, _ change: (inout KeyFile) throws(Secrets.Failure) -> Result
  ) throws(Secrets.Failure) -> Result {
    let lock: Descriptor
    do throws(SystemError) { lock = try directory.lockKeys() } catch { throw .system(error) }
    let before = try read(directory)
    var file = before
    let result = try change(&file)
    if file != before {
      do throws(SystemError) {
        try AtomicFile.replace(directory.keys, with: file.bytes, mode: 0o600)
      } catch { throw .system(error) }
    }
    // Held until here.
    _ = consume lock
    return result
  }

  init?(_ content: [UInt8]) {
    guard let root = try? JSONDocument(parsing: content).root, root.kind == .object else { return nil }
    for (name, value) in root.members {
      guard let name = name.string else { return nil }
      guard name == Self.apiKeysName else {
        others.append(.init(name: name, value: value.value))
        continue
      }
      let keys = value.items.compactMap(APIKey.init)
      guard value.kind == .array, keys.count == value.items.count else { return nil }
      apiKeys = keys
    }
  }

  private var bytes: [UInt8] {
    var writer = JSONWriter()
    let keys = JSONValue.Member(name: Self.apiKeysName, value: .array(apiKeys.map(\.json)))
    writer.value(.object(others + [keys]))
    return writer.bytes + [UInt8(ascii: "\n")]
  }
}
