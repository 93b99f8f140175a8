/// The direction of imports: cerberus → Service → {HTTPWire, TrainingLog, Curation}, Curation → TrainingLog →
/// {Records, Privacy, Posix}. Nothing points back, and only Posix talks to the kernel.
extension HouseRule {
  /// What each target of Sources may import; of the toolchain's own modules too.
  static let allowedImports: [String: Set<String>] = [
    "HTTPWire": [],
    "Records": ["CVector"],
    "Privacy": ["Records", "CDigest", "CVector"],
    "Posix": ["CLinux", "Glibc", "Synchronization"],
    "TrainingLog": ["Records", "Privacy", "Posix", "CDigest", "CSQLite", "CZlib", "Dispatch", foundation],
    "Curation": ["TrainingLog", "Records", "Privacy", "Posix", "CZlib", "Dispatch", "Synchronization", foundation],
    "Service": [
      "HTTPWire", "TrainingLog", "Curation", "Records", "Privacy", "Posix", "Dispatch", "Logging", "Synchronization",
      foundation,
    ],
    "cerberus": [
      "Service", "TrainingLog", "Curation", "Records", "Privacy", "Posix", "ArgumentParser", "Dispatch",
      "Synchronization", foundation,
    ],
    "TestKit": [
      "Records", "Privacy", "Posix", "TrainingLog", "Glibc", "Dispatch", "Synchronization", "Testing", "Foundation",
    ],
  ]

  /// All of Foundation brings tables of every language into the binary, over 40 MB of them.
  private static let foundation = "FoundationEssentials"

  static let imports = HouseRule(name: "imports point down") { file in
    guard file.path.hasPrefix("Sources/"), let target = file.target else { return [] }
    guard let allowed = allowedImports[target] else {
      return [
        Finding(path: file.path, line: 1, advice: "name the new target \(target) in the table of allowed imports")
      ]
    }
    return file.code.indices.compactMap { index in
      guard let module = importedModule(file.code[index]), !allowed.contains(module) else { return nil }
      return Finding(path: file.path, line: index + 1, advice: "\(target) must not import \(module)")
    }
  }

  /// `Posix` of `import Posix`, `@testable import Posix`, `package import struct Posix.Descriptor`.
  static func importedModule(_ line: String) -> String? {
    let words = line.words.map(String.init)
    guard let at = words.firstIndex(of: "import") else { return nil }
    let modifiers: Set = [
      "testable", "preconcurrency", "_exported", "_implementationOnly", "public", "package", "internal", "fileprivate",
      "private",
    ]
    guard words[..<at].allSatisfy(modifiers.contains) else { return nil }
    let kinds: Set = ["struct", "class", "enum", "protocol", "typealias", "func", "let", "var", "actor"]
    return words[(at + 1)...].first { !kinds.contains($0) }
  }
}
