import Foundation

/// A Swift file of the project as the house rules see it.
struct SourceFile: Sendable {
  /// From the root of the project, such as `Sources/Posix/Files.swift`.
  let path: String
  let lines: [String]
  /// The same lines with comments and the insides of string literals blanked.
  let code: [String]

  init(path: String, text: String) {
    self.path = path
    lines = Self.split(text)
    code = Self.split(CodeText.blanking(text))
  }

  /// `Posix` of `Sources/Posix/Files.swift`; nil outside of Sources and Tests.
  var target: String? {
    let parts = path.split(separator: "/")
    return parts.count > 2 && (parts[0] == "Sources" || parts[0] == "Tests") ? String(parts[1]) : nil
  }

  var name: String { path.split(separator: "/").last.map(String.init) ?? path }
  var folder: String { path.split(separator: "/").dropLast().joined(separator: "/") }

  /// Without the empty piece behind the last line break.
  private static func split(_ text: String) -> [String] {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    return lines
  }
}

/// The checked-out project.
enum Project {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static func text(of path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  /// Names of the folders right below `path`, sorted, hidden ones left out.
  static func folders(in path: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(
      at: root.appending(path: path), includingPropertiesForKeys: [.isDirectoryKey], options: .skipsHiddenFiles
    )
    .filter { try $0.resourceValues(forKeys: [.isDirectoryKey]).isDirectory == true }
    .map(\.lastPathComponent).sorted()
  }

  /// Every Swift file that people wrote, build folders left out.
  static func swiftFiles() throws -> [SourceFile] {
    try ["Package.swift", "Sources", "Tests", "Benchmarks"].flatMap { top -> [String] in
      guard let names = FileManager.default.enumerator(atPath: root.appending(path: top).path) else { return [top] }
      return names.compactMap { $0 as? String }.filter { !$0.hasPrefix(".build") }.map { top + "/" + $0 }
    }
    .filter { $0.hasSuffix(".swift") }.sorted()
    .map { SourceFile(path: $0, text: try text(of: $0)) }
  }
}
