import Foundation
import Posix
import Records
import TestKit
import Testing

@testable import TrainingLog

@Suite("state/keys")
struct KeyFileTests {
  private static let now = Timestamp(milliseconds: 1_800_000_000_000)

  private let folder: TemporaryDirectory
  private let directory: DataDirectory

  init() throws {
    folder = try TemporaryDirectory()
    directory = DataDirectory(folder("data"))
    try directory.create()
  }

  private func make(_ name: String, expires: Timestamp? = nil) -> (key: APIKey, text: String) {
    APIKey.make(name: name, scopes: [.log, .read], created: Self.now, expires: expires)
  }

  private func mode(_ path: String) throws -> Int? {
    (try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber)?.intValue
  }

  private func text() throws -> String { String(decoding: try #require(try readFile(directory.keys)), as: UTF8.self) }

  @Test("What is written is read again")
  func roundTrip() throws {
    let keys = [make("one").key, make("two \"é\"", expires: Self.now.advanced(bySeconds: 60)).key]
    try KeyFile.update(directory) { $0.apiKeys = keys }
    #expect(try KeyFile.read(directory).apiKeys == keys)
  }

  @Test("The file holds the hash of the secret, not the secret, and only the owner may read it")
  func secrecy() throws {
    let (key, presented) = make("one")
    try KeyFile.update(directory) { $0.apiKeys.append(key) }
    let secret = try #require(presented.split(separator: "_").last)
    #expect(secret.utf8.count == 64)
    #expect(!(try text()).contains(secret))
    #expect(try mode(directory.keys) == 0o600)
    #expect(try mode(directory.keysLock) == 0o600)
  }

  @Test("What root changes still belongs to the owner of the directory", .enabled(if: NSUserName() == "root"))
  func ownership() throws {
    let owner = 12_345
    try FileManager.default.setAttributes([.ownerAccountID: owner], ofItemAtPath: directory.state)
    try KeyFile.update(directory) { $0.apiKeys.append(make("one").key) }
    for path in [directory.keys, directory.keysLock] {
      #expect(try FileManager.default.attributesOfItem(atPath: path)[.ownerAccountID] as? Int == owner, "\(path)")
      #expect(try mode(path) == 0o600)
    }
  }

  @Test("Keys made before the first start keep what the start adds, and the other way round")
  func secretsAndKeys() throws {
    let (first, _) = make("before")
    try KeyFile.update(directory) { $0.apiKeys.append(first) }
    let made = try Secrets(in: directory, pepperFile: nil)
    try KeyFile.update(directory) { $0.apiKeys.append(make("after").key) }
    try KeyFile.update(directory) { file in file.apiKeys.removeAll { $0.id == first.id } }
    let again = try Secrets(in: directory, pepperFile: nil)
    #expect(again.splitKey == made.splitKey)
    #expect(again.journalKey == made.journalKey)
    #expect(try KeyFile.read(directory).apiKeys.map(\.name) == ["after"])
  }

  @Test("Members of a later version stay as they are")
  func others() throws {
    let other = #""later":{"a":[1.50,null]},"split":"x""#
    try AtomicFile.replace(directory.keys, with: Array("{\(other)}".utf8))
    try KeyFile.update(directory) { $0.apiKeys.append(make("one").key) }
    #expect(try text().hasPrefix("{\(other),\"api_keys\":["))
  }

  @Test("A change that changes nothing writes nothing")
  func noChange() throws {
    try KeyFile.update(directory) { _ in }
    #expect(try readFile(directory.keys) == nil)
  }

  private static let whole =
    #"{"id":"a","name":"n","scopes":["log"],"sha256":"\#(String(repeating: "0", count: 64))","#
    + #""created":"2026-01-01T00:00:00.000Z","expires":null}"#

  static let damages: [String] =
    [
      "", "[]", "{", #"{"api_keys":{}}"#, #"{"api_keys":[1]}"#, #"{"api_keys":[{}]}"#, #"{"split":"a","split":"b"}"#,
    ]
    + [
      (#""id":"a""#, #""id":"""#), (#""n""#, "1"), (#"["log"]"#, #"["root"]"#), (#"["log"]"#, #""log""#),
      (#""sha256":"0"#, #""sha256":""#), (#""sha256":"0"#, #""sha256":"G"#), ("2026-01-01T", "2026-01-01 x"),
      (#""expires":null"#, #""expires":"never""#), (#","expires":null"#, ""),
    ].map { old, new in #"{"api_keys":[\#(whole.replacingOccurrences(of: old, with: new))]}"# }

  @Test("A damaged file is an error, and nothing is written over it", arguments: damages)
  func damaged(_ content: String) throws {
    try AtomicFile.replace(directory.keys, with: Array(content.utf8))
    #expect(throws: Secrets.Failure.self) { try KeyFile.update(directory) { $0.apiKeys.append(make("one").key) } }
    #expect(throws: Secrets.Failure.self) { try Secrets(in: directory, pepperFile: nil) }
    #expect(try text() == content)
  }

  @Test("The file that the damages are made of is good")
  func undamaged() throws {
    try AtomicFile.replace(directory.keys, with: Array(#"{"api_keys":[\#(Self.whole)]}"#.utf8))
    #expect(try KeyFile.read(directory).apiKeys.map(\.id) == ["a"])
  }

  @Test("Many change it at once and nothing is lost")
  func concurrent() throws {
    let directory = directory
    let before = try Secrets(in: directory, pepperFile: nil)
    let threads = 8
    let each = 10
    _ = try ThreadGroup.run(threads) { thread in
      for number in 0..<each {
        let name = "\(thread)-\(number)"
        try KeyFile.update(directory) {
          $0.apiKeys.append(APIKey.make(name: name, scopes: [.log], created: Self.now, expires: nil).key)
        }
      }
    }
    let names = Set(try KeyFile.read(directory).apiKeys.map(\.name))
    #expect(names.count == threads * each)
    #expect(try Secrets(in: directory, pepperFile: nil).splitKey == before.splitKey)
  }
}
