import Posix
import Privacy
import Records
import TestKit
import Testing
import struct Synchronization.Atomic

@testable import TrainingLog

@Suite("Keys of a running server")
struct LiveKeysTests {
  private static let now = Timestamp(milliseconds: 1_800_000_000_000)
  private static let look = LiveKeys.lookNanoseconds

  private let folder: TemporaryDirectory
  private let directory: DataDirectory

  init() throws {
    folder = try TemporaryDirectory()
    directory = DataDirectory(folder("data"))
    try directory.create()
  }

  private func add(_ name: String) throws -> String {
    let (key, text) = APIKey.make(name: name, scopes: [.log], created: Self.now, expires: nil)
    try KeyFile.update(directory) { $0.apiKeys.append(key) }
    return text
  }

  private func isGood(_ text: String, _ keys: LiveKeys, at tick: UInt64) -> Bool {
    keys.ring(now: tick).holder(of: Array(text.utf8)[...], now: Self.now) != nil
  }

  @Test("Made and revoked keys count from the next look on, and looks are at most half a second apart")
  func changes() throws {
    #expect(Self.look <= 500_000_000)
    let first = try add("first")
    let keys = try LiveKeys(directory, master: nil, now: 0)
    #expect(isGood(first, keys, at: 1))
    let second = try add("second")
    #expect(!isGood(second, keys, at: Self.look - 1))
    #expect(isGood(second, keys, at: Self.look))
    #expect(isGood(first, keys, at: Self.look), "two live keys for the rotation")
    try KeyFile.update(directory) { file in file.apiKeys.removeAll { $0.name == "first" } }
    #expect(isGood(first, keys, at: 2 * Self.look - 1))
    #expect(!isGood(first, keys, at: 2 * Self.look))
    #expect(isGood(second, keys, at: 2 * Self.look))
  }

  @Test("The first key of a directory without any is noticed")
  func firstKey() throws {
    let keys = try LiveKeys(directory, master: nil, now: 0)
    #expect(keys.ring(now: 1).isEmpty)
    let text = try add("first")
    #expect(isGood(text, keys, at: Self.look))
    #expect(!keys.ring(now: Self.look).isEmpty)
  }

  @Test("A file that is gone or damaged changes nothing, and one that is whole again counts")
  func damage() throws {
    let text = try add("first")
    let content = try #require(try readFile(directory.keys))
    let keys = try LiveKeys(directory, master: nil, now: 0)
    try Directories.remove(directory.keys)
    #expect(isGood(text, keys, at: Self.look))
    try AtomicFile.replace(directory.keys, with: Array("{".utf8))
    #expect(isGood(text, keys, at: 2 * Self.look))
    #expect(!keys.ring(now: 2 * Self.look).isEmpty)
    try AtomicFile.replace(directory.keys, with: content)
    let second = try add("second")
    #expect(isGood(second, keys, at: 3 * Self.look))
  }

  @Test("A file that cannot be read is told once, with its reason, until it was good again")
  func told() throws {
    let content: [UInt8]
    _ = try add("first")
    content = try #require(try readFile(directory.keys))
    let keys = try LiveKeys(directory, master: nil, now: 0)
    let told = Mutex<[String]>([])
    keys.observeFaults { fault in told.withLock { $0.append("\(fault.work): \(fault.reason)") } }
    func look(_ number: UInt64) { _ = keys.ring(now: number * Self.look) }
    look(1)
    #expect(told.withLock(\.self) == [])
    try Directories.remove(directory.keys)
    for number in 2...4 { look(UInt64(number)) }
    #expect(told.withLock(\.self) == ["keys: open: No such file or directory"])
    try AtomicFile.replace(directory.keys, with: content)
    look(5)
    try AtomicFile.replace(directory.keys, with: Array("{".utf8))
    for number in 6...8 { look(UInt64(number)) }
    #expect(told.withLock { $0.count } == 2)
    #expect(told.withLock { $0.last }?.hasPrefix("keys: state/keys is not what this program wrote") == true)
  }

  @Test("The key of the environment may do everything and stays when the others change")
  func master() throws {
    let keys = try LiveKeys(directory, master: Array("0123456789abcdef".utf8), now: 0)
    _ = try add("other")
    let holder = keys.ring(now: Self.look).holder(of: Array("0123456789abcdef".utf8)[...], now: Self.now)
    #expect(holder == KeyRing.Holder(keyID: KeyRing.masterID, scopes: Set(Scope.allCases)))
    #expect(!isGood("0123456789abcdeg", keys, at: Self.look))
  }

  @Test("A server does not start on a damaged file")
  func damagedAtStart() throws {
    try AtomicFile.replace(directory.keys, with: Array("{".utf8))
    #expect(throws: Secrets.Failure.self) { try LiveKeys(directory, master: nil, now: 0) }
  }
}
