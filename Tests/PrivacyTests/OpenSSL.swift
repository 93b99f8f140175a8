import Foundation

/// The `openssl` command as an independent judge; one process for a whole table.
enum OpenSSL {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  static func digests(of messages: [[UInt8]], options: [String]) throws -> [String] {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("digests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let files = try messages.enumerated().map { index, message in
      let file = folder.appendingPathComponent("\(index)")
      try Data(message).write(to: file)
      return file.path
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["openssl", "dgst"] + options + ["-r"] + files
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure(description: "this test needs the openssl command (apt install openssl)")
    }
    return text.split(separator: "\n").map { String($0.prefix(64)) }
  }
}
