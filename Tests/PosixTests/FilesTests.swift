import Glibc
import Posix
import TestKit
import Testing

@Suite("Files")
struct FilesTests {
  let folder: TemporaryDirectory

  init() throws { folder = try TemporaryDirectory() }

  private func mode(_ path: String) -> mode_t {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & 0o7777 : 0
  }

  @Test("Appending goes to the end, whoever else appends and wherever one reads")
  func appending() throws {
    let path = folder("log")
    let first = try Descriptor.appending(path)
    let second = try Descriptor.appending(path)
    try first.write("one\n")
    try second.write("two\n")
    #expect(try first.read(at: 4) == "two\n")
    try first.write("three\n")
    #expect(try second.read() == "one\ntwo\nthree\n")
    #expect(try first.size() == 14)
    #expect(try first.read(at: 14) == "")
    #expect(try first.read(at: 1000) == "")
    #expect(try first.read(at: 4, count: 3) == "two")
  }

  @Test("Truncating cuts the end; what is appended then follows the cut")
  func truncating() throws {
    let file = try Descriptor.appending(folder("log"))
    try file.write("keep|lose")
    try file.truncate(to: 5)
    try file.write("more")
    try file.synchronizeData()
    try file.synchronize()
    #expect(try file.read() == "keep|more")
  }

  @Test("Writing empties what was there")
  func writing() throws {
    try Descriptor.writing(folder("f")).write("a long old text")
    try Descriptor.writing(folder("f")).write("new")
    #expect(try Descriptor.reading(folder("f")).read() == "new")
  }

  @Test("Modes are those asked for, within the umask", arguments: [0o600, 0o640] as [mode_t])
  func modes(mode wanted: mode_t) throws {
    _ = try Descriptor.appending(folder("a"), mode: wanted)
    _ = try Descriptor.writing(folder("w"), mode: wanted)
    let mask = umask(0)
    umask(mask)
    #expect(mode(folder("a")) == wanted & ~mask)
    #expect(mode(folder("w")) == wanted & ~mask)
  }

  @Test("Errors name the call and its code, and no path")
  func errors() throws {
    let missing = #expect(throws: SystemError.self) { _ = try Descriptor.reading(folder("missing")) }
    #expect(missing == SystemError(call: "open", code: ENOENT))
    #expect(missing?.description == "open: No such file or directory")
    let directory = #expect(throws: SystemError.self) { _ = try Descriptor.appending(folder.path) }
    #expect(directory?.code == EISDIR)
    let readOnly = #expect(throws: SystemError.self) {
      _ = try Descriptor.writing(folder("f"))
      try Descriptor.reading(folder("f")).write("x")
    }
    #expect(readOnly == SystemError(call: "write", code: EBADF))
  }

  @Test(
    "What counts as a full disk",
    arguments: [(ENOSPC, true), (EDQUOT, true), (EFBIG, true), (EIO, false), (EACCES, false), (0, false)])
  func space(code: Int32, isFull: Bool) {
    #expect(SystemError(call: "write", code: code).isOutOfSpace == isFull)
  }

  @Test("A device without room says so")
  func full() throws {
    let file = try Descriptor.appending("/dev/full")
    let error = #expect(throws: SystemError.self) { try file.write("x") }
    #expect(error?.isOutOfSpace == true)
  }

  @Test("One descriptor at a time holds the lock, and closing gives it back")
  func locks() throws {
    let path = folder("lock")
    func holdAndTry() throws -> (Bool, Bool) {
      let holder = try Descriptor.appending(path)
      let other = try Descriptor.appending(path)
      return (try holder.tryLock(), try other.tryLock())
    }
    #expect(try holdAndTry() == (true, false))
    #expect(try holdAndTry() == (true, false))
  }

  @Test("A descriptor is closed when its owner lets go of it, and not before")
  func ownership() throws {
    func raw() throws -> Int32 {
      let file = try Descriptor.appending(folder("f"))
      #expect(fcntl(file.raw, F_GETFD) & FD_CLOEXEC != 0)
      return try pass(file)
    }
    func pass(_ file: consuming Descriptor) throws -> Int32 {
      try file.write("x")
      return file.raw
    }
    let before = try openDescriptors()
    _ = try raw()
    #expect(try openDescriptors() == before)
  }

  /// Descriptors of this process that lead into this test's folder; others come and go with other tests.
  private func openDescriptors() throws -> Int {
    var count = 0
    for name in try Directories.list("/proc/self/fd") {
      var target = [CChar](repeating: 0, count: 4096)
      guard readlink("/proc/self/fd/" + name, &target, target.count - 1) > 0 else { continue }
      if String(decoding: target.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self).hasPrefix(folder.path)
      {
        count += 1
      }
    }
    return count
  }

  @Test("Large writes arrive whole")
  func large() throws {
    let file = try Descriptor.appending(folder("big"))
    let text = String((0..<5 << 18).map { Character(Unicode.Scalar(UInt8(0x20 + $0 % 95))) })
    try file.write(text)
    #expect(try file.size() == text.utf8.count)
    #expect(try file.read(count: text.utf8.count + 1) == text)
  }
}
