import Glibc
import TrainingLog

extension TrainingLog {
  /// Opens a log that an earlier test object of this process has just let go of.
  ///
  /// It may still be saving its index, and holds the lock until it has. And other tests start processes meanwhile: between
  /// fork and exec such a child has a copy of every descriptor of ours, the lock's too, and flock(2) holds until the last
  /// copy is closed. So a lock that is let go may be held for some milliseconds more.
  package static func reopened(
    _ configuration: Configuration, fileSystem: any FileSystem = PosixFileSystem(), clock: any WallClock = SystemClock()
  ) throws(Failure) -> TrainingLog {
    let begin = ContinuousClock.now
    while true {
      do throws(Failure) {
        return try TrainingLog(configuration, fileSystem: fileSystem, clock: clock)
      } catch {
        guard case .locked = error, ContinuousClock.now - begin < .seconds(Int(ChildProcess.patienceSeconds)) else {
          throw error
        }
        sched_yield()
      }
    }
  }
}
