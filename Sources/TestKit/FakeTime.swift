import Foundation
import TrainingLog

/// libfaketime around a process: its wall clock is ahead of the real one by what a file says, read at every look at the
/// clock. Its monotonic clock is the real one.
package final class FakeTime: Sendable {
  private static let library: String? = {
    let folders = (try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib")) ?? []
    return folders.map { "/usr/lib/\($0)/faketime/libfaketimeMT.so.1" }
      .first { FileManager.default.fileExists(atPath: $0) }
  }()

  /// Why it cannot be used here; nil where it works.
  package static let obstacle: String? = library == nil ? "libfaketime is not installed" : nil

  private let folder: TemporaryDirectory

  package init() throws {
    folder = try TemporaryDirectory()
    try jump(by: 0)
  }

  /// From now on the clock is `seconds` ahead; negative: behind.
  package func jump(by seconds: Int) throws {
    try AtomicFile.replace(folder("offset"), with: Array("\(seconds < 0 ? "" : "+")\(seconds)\n".utf8))
  }

  /// The library changes the environment as it starts, in which Swift's runtime then does not find the arguments any more;
  /// not so where it was there before the program.
  package static let wrapper = ["/usr/bin/env"]

  package var environment: [String: String] {
    [
      "LD_PRELOAD": Self.library ?? "", "FAKETIME_TIMESTAMP_FILE": folder("offset"), "FAKETIME_NO_CACHE": "1",
      "FAKETIME_DONT_FAKE_MONOTONIC": "1", "DONT_FAKE_MONOTONIC": "1",
    ]
  }

  /// Removes what the library leaves in shared memory when its process is killed, or ends by a signal's handler.
  package func cleanUp(after server: TestServer) {
    for name in ["faketime_shm_\(server.pid)", "sem.faketime_sem_\(server.pid)"] {
      try? FileManager.default.removeItem(atPath: "/dev/shm/" + name)
    }
  }
}
