import Foundation
import TestKit
import Testing

@Suite("End to end: what a start finds", .serialized)
struct StartTests {
  @Test func `secrets that others may read are closed at the start, and that is logged`() throws {
    let home = try TestServer.Home()
    #expect(try TestServer(home).stop() == .code(0))
    for name in ["pepper", "keys"] {
      try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: home.path + "/state/" + name)
    }
    let server = try TestServer(home)
    #expect(home.mode("state/pepper") == 0o600 && home.mode("state/keys") == 0o600)
    #expect(try server.stop() == .code(0))
    #expect(
      server.errorText.contains(#""event":"secrets_closed","files":["state/pepper","state/keys"]"#),
      "\(server.errorText)")
  }

  /// A group may have been given a secret on purpose, as Kubernetes does.
  @Test(arguments: [(0o604, true), (0o640, false), (0o600, false)])
  func `secrets of others that everybody may read are told, and stay as they are`(_ mode: Int, _ isTold: Bool) throws {
    let folder = try TemporaryDirectory()
    for (name, text) in [("pepper", String(repeating: "0f", count: 32)), ("key", String(repeating: "k", count: 40))] {
      try Data(text.utf8).write(to: URL(fileURLWithPath: folder(name)))
      try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: folder(name))
    }
    let server = try TestServer(
      environment: ["CERBERUS_PEPPER_FILE": folder("pepper"), "CERBERUS_API_KEY_FILE": folder("key")])
    #expect(try server.stop() == .code(0))
    let told = server.errorText.contains(#""event":"secrets_open","files":["pepper-file","api-key-file"]"#)
    #expect(told == isTold, "\(server.errorText)")
    for name in ["pepper", "key"] {
      let attributes = try FileManager.default.attributesOfItem(atPath: folder(name))
      #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == mode)
    }
  }
}
