import Testing

struct HouseRuleTests {
  @Test(arguments: HouseRule.all)
  func `every file keeps`(_ rule: HouseRule) throws {
    let files = try Project.swiftFiles()
    #expect(files.count > 100, "the walk over the project found too little to check")
    let findings = files.flatMap(rule.check)
    #expect(findings.isEmpty, "\(findings.map(\.description).joined(separator: "\n"))")
  }

  struct Example: CustomTestStringConvertible, Sendable {
    let rule: HouseRule
    var path = "Sources/Records/Example.swift"
    let text: String
    /// Lines of the findings, from 1.
    let lines: [Int]

    var testDescription: String { "\(path): \(text.prefix(60))" }
  }

  /// A rule that cannot fail is no rule.
  static let examples: [Example] = [
    Example(rule: .imports, text: "import Foundation\n", lines: [1]),
    Example(rule: .imports, text: "// Why.\n\n@testable import Posix\n", lines: [3]),
    Example(rule: .imports, path: "Sources/HTTPWire/A.swift", text: "import Glibc\nimport Records\n", lines: [1, 2]),
    Example(
      rule: .imports, path: "Sources/Privacy/A.swift", text: "import Records\nimport struct Posix.File", lines: [2]),
    Example(rule: .imports, path: "Sources/TrainingLog/A/B.swift", text: "package import Curation\n", lines: [1]),
    Example(
      rule: .imports, path: "Sources/TrainingLog/A/B.swift", text: "import Glibc\nimport Service", lines: [1, 2]),
    Example(rule: .imports, path: "Sources/Service/A.swift", text: "import TestKit\n", lines: [1]),
    Example(
      rule: .imports, path: "Sources/Service/A.swift", text: "import Foundation\nimport FoundationEssentials",
      lines: [1]),
    Example(rule: .imports, path: "Sources/Posix/A.swift", text: "import CLinux\nimport Glibc\n", lines: []),
    Example(rule: .imports, path: "Sources/Newcomer/A.swift", text: "let a = 1\n", lines: [1]),
    Example(rule: .imports, text: "let a = \"\"\"\n  import Foundation\n  \"\"\"\n// import Posix\n", lines: []),
    Example(rule: .imports, path: "Tests/PosixTests/A.swift", text: "import Foundation\n", lines: []),
    Example(rule: .length, text: String(repeating: "\n", count: 301), lines: [301]),
    Example(rule: .length, text: String(repeating: "let a = 1\n", count: 300), lines: []),
    Example(rule: .noPublic, text: "package let a = 1\npublic let b = 2\n", lines: [2]),
    Example(rule: .noPublic, text: "@usableFromInline\n  public(set) var b = 2\n", lines: [2]),
    Example(rule: .noPublic, text: "let a = \"\\(f(\"x\", public: 1)) public\"\n", lines: [1]),
    Example(rule: .noPublic, text: "/// For the public.\nlet isPublic = \"public\" /* public */\n", lines: []),
    Example(rule: .noPublic, text: "/* a /* b */ public */\nlet a = #\"\"public\"\"#\n", lines: []),
    Example(rule: .noPublic, text: "let a = \"\\\"\"; public let b = 1 // \"\n", lines: [1]),
    Example(rule: .reasons, text: "final class A: @unchecked Sendable {}\n", lines: [1]),
    Example(rule: .reasons, text: "nonisolated(unsafe) var a = 1\n", lines: [1]),
    Example(rule: .reasons, text: "// Short.\nlet a = unsafeBitCast(b, to: Int.self)\n", lines: [2]),
    Example(
      rule: .reasons, text: "// Only the commit queue touches it.\nlet a = 1\n\n\nlet b = c.unsafelyUnwrapped",
      lines: [5]),
    Example(
      rule: .reasons, text: "// Only the commit queue touches it.\nfinal class A: @unchecked Sendable {}\n", lines: []),
    Example(rule: .reasons, text: "/// `unsafe` is a word of prose here.\nlet a = \"unsafe\"\n", lines: []),
  ]

  @Test(arguments: examples)
  func `a rule finds`(_ example: Example) {
    let file = SourceFile(path: example.path, text: example.text)
    #expect(example.rule.check(file).map(\.line) == example.lines)
  }

  @Test func `the project has no stray placeholder`() throws {
    let findings = strayPlaceholders(try Project.swiftFiles().map(\.path))
    #expect(findings.isEmpty, "delete them: \(findings)")
  }

  @Test func `a placeholder is stray beside other files of its target`() {
    let paths = ["Sources/A/Placeholder.swift", "Sources/A/Sub/B.swift", "Tests/CTests/Placeholder.swift"]
    #expect(strayPlaceholders(paths) == ["Sources/A/Placeholder.swift"])
  }

  /// A target needs one file to build; once it has a real one the placeholder is in the way.
  private func strayPlaceholders(_ paths: [String]) -> [String] {
    paths.filter { path in
      guard path.hasSuffix("/Placeholder.swift") else { return false }
      let folder = path.dropLast("Placeholder.swift".count)
      return paths.contains { $0 != path && $0.hasPrefix(folder) }
    }
  }
}
