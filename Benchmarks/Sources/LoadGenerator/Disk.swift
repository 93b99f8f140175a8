import CSystem
import Glibc

/// The disk under a data directory: whether a sync means anything on it, and what one costs.
package enum Disk {
  /// statfs(2), linux/magic.h.
  private static let tmpfsMagic = 0x0102_1994
  private static let ramfsMagic = 0x8584_58F6

  /// Throws with exit code 78 when `directory` lives in memory, where a sync is free and a durable rate means nothing.
  package static func refuseMemory(_ directory: String) throws(BenchError) {
    var info = statfs()
    guard statfs(directory, &info) == 0 else { throw .system("statfs", errno: errno) }
    // The kernel's field is signed and as wide as a word; the magic numbers have 32 bits.
    let type = Int(truncatingIfNeeded: info.f_type) & 0xFFFF_FFFF
    guard type != tmpfsMagic, type != ramfsMagic else {
      throw BenchError(
        exitCode: 78,
        "the data directory is on tmpfs or ramfs, where a sync is free and the figures would mean nothing; "
          + "name a directory on a disk with --data-dir")
    }
  }

  /// The median time of `count` rounds of appending 64 KiB to a new file in `directory` and one `fdatasync`, in
  /// microseconds; only the sync is timed. The file is removed.
  package static func syncMicroseconds(in directory: String, count: Int) throws(BenchError) -> Double {
    let path = directory + "/sync-probe"
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw .system("open", errno: errno) }
    defer {
      close(file)
      unlink(path)
    }
    let block = [UInt8](repeating: 0x2E, count: 64 * 1024)
    var times: [UInt64] = []
    for _ in 0..<count {
      guard write(file, block, block.count) == block.count else { throw .system("write", errno: errno) }
      let begin = Clock.now()
      guard fdatasync(file) == 0 else { throw .system("fdatasync", errno: errno) }
      times.append(Clock.now() - begin)
    }
    times.sort()
    return times.isEmpty ? 0 : Double(times[times.count / 2]) / 1000
  }
}
