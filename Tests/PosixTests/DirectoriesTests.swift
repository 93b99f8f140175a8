import Glibc
import Posix
import TestKit
import Testing

@Suite("Directories")
struct DirectoriesTests {
  let folder: TemporaryDirectory

  init() throws { folder = try TemporaryDirectory() }

  private func mode(_ path: String) -> mode_t {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & 0o7777 : 0
  }

  private func touch(_ name: String) throws { _ = try Descriptor.appending(folder(name)) }

  @Test("Made with all above it, and left alone where it exists")
  func make() throws {
    try Directories.make(folder("a/b/c"), mode: 0o700)
    #expect(mode(folder("a/b/c")) == 0o700)
    try touch("a/b/c/f")
    try Directories.make(folder("a/b/c"), mode: 0o750)
    #expect(mode(folder("a/b/c")) == 0o700)
    #expect(Directories.exists(folder("a/b/c/f")))
  }

  @Test("A path without a folder of its own is made where the process stands")
  func relative() throws {
    let name = "relative-\(getpid())"
    defer { rmdir(name) }
    try Directories.make(name + "//")
    #expect(Directories.exists(name))
  }

  @Test("Below a file there can be no directory")
  func belowFile() throws {
    try touch("f")
    let error = #expect(throws: SystemError.self) { try Directories.make(folder("f/d")) }
    #expect(error == SystemError(call: "mkdir", code: ENOTDIR))
  }

  @Test("Names are listed by their bytes, hidden ones too, without the directory itself and the one above")
  func list() throws {
    for name in ["b", "a", "é", "B", ".hidden", "a b", "10", "9"] { try touch(name) }
    #expect(try Directories.list(folder.path) == [".hidden", "10", "9", "B", "a", "a b", "b", "é"])
    #expect(throws: SystemError(call: "opendir", code: ENOENT)) { try Directories.list(folder("missing")) }
  }

  @Test("Syncing works on directories and on nothing else")
  func synchronize() throws {
    try Directories.synchronize(folder.path)
    try touch("f")
    #expect(throws: SystemError(call: "open", code: ENOTDIR)) { try Directories.synchronize(folder("f")) }
    #expect(throws: SystemError(call: "open", code: ENOENT)) { try Directories.synchronize(folder("missing")) }
  }

  @Test("Renaming replaces what has the name")
  func rename() throws {
    try touch("a")
    try Descriptor.appending(folder("b")).write("x")
    try Directories.rename(folder("b"), to: folder("a"))
    #expect(try Directories.list(folder.path) == ["a"])
    #expect(try Descriptor.reading(folder("a")).size() == 1)
    #expect(throws: SystemError(call: "rename", code: ENOENT)) { try Directories.rename(folder("b"), to: folder("c")) }
  }

  @Test("Removing what is not there is no error; removing a directory is")
  func remove() throws {
    try touch("a")
    try Directories.remove(folder("a"))
    try Directories.remove(folder("a"))
    #expect(!Directories.exists(folder("a")))
    #expect(throws: SystemError.self) { try Directories.remove(folder.path) }
  }

  @Test("Modes can be tightened")
  func restrict() throws {
    try touch("a")
    try Directories.restrict(folder("a"), to: 0o600)
    #expect(mode(folder("a")) == 0o600)
    #expect(throws: SystemError(call: "chmod", code: ENOENT)) { try Directories.restrict(folder("b"), to: 0o600) }
  }

  @Test("Free bytes are those of the file system of the path")
  func freeBytes() throws {
    #expect(try Directories.freeBytes(folder.path) > 0)
    #expect(try Directories.freeBytes("/proc") == 0)
    #expect(throws: SystemError(call: "statvfs", code: ENOENT)) { try Directories.freeBytes(folder("missing")) }
  }
}
