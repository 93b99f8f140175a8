import Testing

/// The map of the code in the README: a block of indented lines, `Sources/` at the margin and below it a line for each
/// folder, whose name ends with a slash.
struct MapTests {
  @Test func `the README names every folder of the code and no other`() throws {
    let map = foldersByParent(of: try Project.text(of: "README.md"))
    for parent in ["Sources", "Tests"] {
      let named = Set(map[parent] ?? [])
      let real = Set(try Project.folders(in: parent))
      #expect(real.subtracting(named).isEmpty, "put these folders of \(parent) on the map of the README")
      #expect(named.subtracting(real).isEmpty, "take these off the map of the README, they are not in \(parent)")
    }
  }

  @Test func `the README names the top folders`() throws {
    let readme = try Project.text(of: "README.md")
    for folder in try Project.folders(in: "") where folder != "__pycache__" {
      #expect(readme.contains("\n\(folder)/"), "put \(folder)/ on the map of the README")
    }
  }

  @Test func `a map is read by its indentation`() {
    let text = """
      Text about Sources/ and more.
      ```
      Sources/
        HTTPWire/     HTTP as values
          Deep/       not a target
        CSQLite/ CZlib/   module maps
      Tests/          all/of it
        HouseTests/
      data/
      ```
      """
    let map = foldersByParent(of: text)
    #expect(map == ["Sources": ["HTTPWire", "CSQLite", "CZlib"], "Tests": ["HouseTests"]])
  }

  private func foldersByParent(of text: String) -> [String: [String]] {
    var map: [String: [String]] = [:]
    var parent: String?
    for line in text.split(separator: "\n") {
      let indentation = line.prefix { $0 == " " }.count
      // Several folders may share a line; the prose behind them begins after two spaces or more.
      let names = line.split(separator: " ").prefix { $0.hasSuffix("/") && $0.dropLast().allSatisfy(\.isPath) }
      if indentation == 0 {
        parent = names.first.map { String($0.dropLast()) }
      } else if indentation == 2, let parent {
        map[parent, default: []] += names.map { String($0.dropLast()) }
      }
    }
    return map
  }
}

extension Character {
  fileprivate var isPath: Bool { isLetter || isNumber || self == "-" || self == "_" }
}
