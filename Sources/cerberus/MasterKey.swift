import FoundationEssentials
import Records
import Service

/// The one key for everything, from `CERBERUS_API_KEY` or the file that `CERBERUS_API_KEY_FILE` or,
/// where neither is set, `api-key-file` of the configuration file names.
enum MasterKey {
  /// Shorter ones can be guessed: 16 random letters and digits have 95 bits.
  private static let bytesMin = 16

  /// nil where neither variable is set. An empty one is an error, not the same as none: a secret that was not handed
  /// over must not open the server.
  static func read(_ sources: OptionSources) throws -> [UInt8]? {
    let variables = ProcessInfo.processInfo.environment
    switch (variables["CERBERUS_API_KEY"], variables["CERBERUS_API_KEY_FILE"]) {
    case (nil, nil):
      guard let path = try sources.textOfFile(.apiKeyFile) else { return nil }
      return try content(of: path, "\"api-key-file\"")
    case (.some, .some):
      throw fail(.configuration, "set CERBERUS_API_KEY or CERBERUS_API_KEY_FILE, not both")
    case (let text?, nil): return try checked(text, of: "CERBERUS_API_KEY")
    case (nil, let path?):
      return try content(of: path, "CERBERUS_API_KEY_FILE")
    }
  }

  /// The option that names its file, and that; nil where it comes from none.
  static func file(_ sources: OptionSources) throws -> (name: String, path: String)? {
    if let path = ProcessInfo.processInfo.environment["CERBERUS_API_KEY_FILE"] { return ("api-key-file", path) }
    return try sources.textOfFile(.apiKeyFile).map { ("api-key-file", $0) }
  }

  private static func content(of path: String, _ name: String) throws -> [UInt8] {
    guard let content = FileManager.default.contents(atPath: path) else {
      throw fail(.configuration, "the file that \(name) names cannot be read" + OptionSources.obstacle(to: path))
    }
    return try checked(String(decoding: content, as: UTF8.self).trimmed, of: name)
  }

  private static func checked(_ text: String, of name: String) throws -> [UInt8] {
    let key = Array(text.utf8)
    guard key.count >= bytesMin else {
      throw fail(.configuration, "the key in \(name) is too short: \(bytesMin) characters at least, better 32 or more")
    }
    guard Gatekeeper.canBePresented(key) else {
      throw fail(.configuration, "the key in \(name) may hold only letters, digits, -._~+/ and = at its end")
    }
    return key
  }
}
