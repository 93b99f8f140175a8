import Foundation
import HTTPWire
import Records
import TestKit
import Testing
import TrainingLog

@testable import Service

/// The document at `/openapi.json` against the table of routes: neither may say what the other does not.
struct OpenAPITests {
  private let document: JSONElement

  init() throws { document = try JSONDocument(parsing: PackageResources.openapi_json).root }

  /// Of each operation: method, path, scope; "" where no key is needed.
  private func operations() -> Set<[String]> {
    var found: Set<[String]> = []
    for (path, item) in document.member("paths").members {
      for (method, operation) in item.members {
        let scopes = operation.member("security").items.compactMap { $0["key"]?.items.first?.string }
        found.insert([method.string ?? "", path.string ?? "", scopes.first ?? ""])
      }
    }
    return found
  }

  @Test func `it has exactly the routes of the table, with their scopes`() {
    let table = Routes.table.map { [$0.method.name.lowercased(), $0.path, $0.scope?.rawValue ?? ""] }
    #expect(operations() == Set(table))
    #expect(operations().count == table.count)
  }

  @Test func `every operation has a name of its own, a summary, and an answer to what is none of its own`() throws {
    var names: Set<String> = []
    for (path, item) in document.member("paths").members {
      for (_, operation) in item.members {
        let name = try #require(operation["operationId"]?.string, "\(path.string ?? "")")
        #expect(names.insert(name).inserted)
        #expect(operation["summary"]?.string?.isEmpty == false)
        #expect(operation["responses"]?["default"] != nil)
      }
    }
  }

  private static func sources() throws -> [String] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Sources/Service")
      .standardized
    return try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".swift") }
      .map { try String(contentsOf: folder.appending(path: $0), encoding: .utf8) }
  }

  /// Statuses with their codes, as the sources have them, and as the document says.
  @Test func `it lists every code that an error can have, and no other`() throws {
    var sources: Set<String> = Set(WireError.allCases.map { "\($0.status) \($0.code)" })
    for text in try Self.sources() {
      for found in text.matches(of: /status: (\d{3}), code: "(\w+)"/) { sources.insert("\(found.1) \(found.2)") }
    }
    #expect(sources.count > 20)
    func codes(_ component: String) -> [String] {
      let schema = document.member("components").member("responses").member(component).member("content")
        .member("application/problem+json").member("schema")
      return schema.member("allOf").items.last?.member("properties").member("code").member("enum").items
        .compactMap(\.string) ?? []
    }
    var listed: Set<String> = []
    for (_, item) in document.member("paths").members {
      for (_, operation) in item.members {
        for (status, answer) in operation.member("responses").members {
          guard let name = answer["$ref"]?.string?.split(separator: "/").last else { continue }
          for code in codes(String(name)) { listed.insert("\(status.string ?? "") \(code)") }
        }
      }
    }
    let others = listed.filter { $0.hasPrefix("default ") }.map { $0.dropFirst("default ".count) }
    let anywhere = sources.subtracting(listed)
    #expect(Set(anywhere.map { $0.dropFirst(4) }) == Set(others), "\(anywhere.sorted())")
    #expect(listed.filter { !$0.hasPrefix("default ") }.subtracting(sources) == [])
  }

  @Test func `every reference leads somewhere, and every component is referred to`() throws {
    var used: Set<String> = []
    func walk(_ element: JSONElement) {
      for (key, value) in element.members {
        if key.string == "$ref", let reference = value.string { used.insert(reference) }
        walk(value)
      }
      for value in element.items { walk(value) }
    }
    walk(document)
    let components = try #require(document["components"])
    var known: Set<String> = []
    for kind in ["headers", "responses", "schemas"] {
      for (name, _) in components.member(kind).members { known.insert("#/components/\(kind)/\(name.string ?? "")") }
    }
    #expect(used == known)
  }
}

extension JSONElement {
  /// The member of that name, or the element itself where there is none: of no use as either.
  fileprivate func member(_ name: String) -> JSONElement { members.first { $0.key.string == name }?.value ?? self }
}
