import Foundation
import Glibc

/// A small ext4 file system of the test's own in an image file, mounted through a loop device, whose power can be cut.
/// Needs root.
package final class LoopDisk: Sendable {
  /// Why there can be none here; nil where one was made, for trial.
  package static let obstacle: String? = {
    guard geteuid() == 0 else { return "needs root, to mount a file system of its own" }
    do {
      _ = try LoopDisk(mebibytes: 16)
      return nil
    } catch { return "no file system can be mounted here (\(error))" }
  }()

  private let folder: TemporaryDirectory
  private var image: String { folder("image") }
  /// Where it is mounted.
  package var path: String { folder("mount") }

  package init(mebibytes: Int) throws {
    folder = try TemporaryDirectory()
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    _ = FileManager.default.createFile(atPath: image, contents: nil)
    guard truncate(image, mebibytes << 20) == 0 else { throw ChildProcess.Failure(description: "truncate") }
    try Self.run("mkfs.ext4", "-q", "-m", "0", image)
    try mount()
  }

  deinit { try? Self.run("umount", "-l", path) }

  private func mount() throws { try Self.run("mount", "-o", "loop", image, path) }

  /// From this moment on nothing more gets to the device: no page, and not the journal either. What was not synced is
  /// lost (EXT4_IOC_SHUTDOWN with EXT4_GOING_FLAGS_NOLOGFLUSH, fs/ext4/ext4.h). Programs get EIO from then on.
  package func cutPower() throws {
    let directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    defer { close(directory) }
    var flags: UInt32 = 2
    let shutdown: UInt = 0x8004_587D
    guard directory >= 0, ioctl(directory, shutdown, &flags) == 0 else {
      throw ChildProcess.Failure(description: "EXT4_IOC_SHUTDOWN: errno \(errno)")
    }
  }

  /// Mounted anew, the journal played back. Nobody may have a file open on it.
  package func restorePower() throws {
    try Self.run("umount", path)
    try mount()
  }

  private static func run(_ arguments: String...) throws {
    let tool = try ChildProcess(
      "/usr/bin/env", arguments, environment: ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"])
    let exit = try tool.wait()
    guard exit == .code(0) else {
      throw ChildProcess.Failure(description: "\(arguments[0]): \(exit), \(tool.error)")
    }
  }
}
