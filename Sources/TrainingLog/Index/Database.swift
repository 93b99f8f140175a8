import CSQLite
import Posix

/// A failed SQLite call: its result code and SQLite's own words for it, never a bound value.
package struct DatabaseError: Error, Equatable, CustomStringConvertible {
  package let code: Int32
  package let context: String
  /// `errno` of the call below it, where it was one that failed.
  private let systemCode: Int32

  init(code: Int32, context: String, of handle: OpaquePointer? = nil) {
    self.code = code
    self.context = context
    // Extended codes have the code in their lowest byte.
    systemCode = code & 0xFF == SQLITE_IOERR ? handle.map(sqlite3_system_errno) ?? 0 : 0
  }

  /// SQLite knows a full disk; a quota, and a limit of file sizes, are an I/O error to it.
  package var isOutOfSpace: Bool {
    code & 0xFF == SQLITE_FULL || SystemError(call: "write", code: systemCode).isOutOfSpace
  }

  package var description: String { "SQLite (\(context)): \(String(cString: sqlite3_errstr(code)))" }
}

/// One connection, used by one thread at a time. Statements are prepared once and kept.
final class Database {
  private let handle: OpaquePointer
  private var statements: [String: Statement] = [:]

  enum Access {
    case reading
    /// To a file that is there.
    case writing
    /// Also where it has to be made.
    case making
  }

  init(path: String, _ access: Access = .making) throws(DatabaseError) {
    var handle: OpaquePointer?
    // Made here, so that it belongs to whom the directory belongs to; SQLite sees to that only for the files beside it.
    // What is wrong with the path, it tells. Never one that is there: closing a file drops all locks on it (fcntl(2)).
    if access == .making, !Directories.exists(path) { _ = try? Descriptor.appending(path) }
    let flags =
      switch access {
      case .reading: SQLITE_OPEN_READONLY
      case .writing: SQLITE_OPEN_READWRITE
      case .making: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
      }
    let code = sqlite3_open_v2(path, &handle, flags | SQLITE_OPEN_NOMUTEX, nil)
    guard code == SQLITE_OK, let handle else {
      sqlite3_close_v2(handle)
      throw DatabaseError(code: code, context: "open")
    }
    self.handle = handle
  }

  deinit {
    statements.removeAll()
    sqlite3_close_v2(handle)
  }

  /// Runs statements that return nothing.
  func execute(_ sql: String) throws(DatabaseError) {
    let code = sqlite3_exec(handle, sql, nil, nil, nil)
    guard code == SQLITE_OK else { throw DatabaseError(code: code, context: "execute", of: handle) }
  }

  /// The number of the row that was inserted last.
  var lastRow: Int { Int(sqlite3_last_insert_rowid(handle)) }

  var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

  /// Pages that were written since the last call.
  func takePagesWritten() -> Int {
    var (pages, most): (Int32, Int32) = (0, 0)
    sqlite3_db_status(handle, SQLITE_DBSTATUS_CACHE_WRITE, &pages, &most, 1)
    return Int(pages)
  }

  /// The prepared statement of that text, reset and ready for binding.
  func statement(_ sql: String) throws(DatabaseError) -> Statement {
    if let known = statements[sql] {
      known.reset()
      return known
    }
    var prepared: OpaquePointer?
    let code = sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, nil)
    guard code == SQLITE_OK, let prepared else { throw DatabaseError(code: code, context: "prepare") }
    let statement = Statement(prepared)
    statements[sql] = statement
    return statement
  }
}

/// A prepared statement; finalized with its last owner.
final class Statement {
  private let handle: OpaquePointer

  init(_ handle: OpaquePointer) { self.handle = handle }

  deinit { sqlite3_finalize(handle) }

  func reset() { sqlite3_reset(handle) }

  func bind(_ index: Int32, _ value: Int) -> Statement {
    sqlite3_bind_int64(handle, index, Int64(value))
    return self
  }

  func bind(_ index: Int32, _ value: Int64) -> Statement {
    sqlite3_bind_int64(handle, index, value)
    return self
  }

  func bind(_ index: Int32, _ text: String) -> Statement {
    cerberus_bind_text(handle, index, text, Int32(text.utf8.count))
    return self
  }

  func bind(_ index: Int32, _ blob: UnsafeRawBufferPointer) -> Statement {
    // Without an address it would be NULL.
    if let bytes = blob.baseAddress, !blob.isEmpty {
      cerberus_bind_blob(handle, index, bytes, Int32(blob.count))
    } else {
      sqlite3_bind_zeroblob(handle, index, 0)
    }
    return self
  }

  func bind(_ index: Int32, _ blob: [UInt8]) -> Statement {
    cerberus_bind_blob(handle, index, blob, Int32(blob.count))
    return self
  }

  /// True when a row is there to be read.
  func step() throws(DatabaseError) -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE:
      sqlite3_reset(handle)
      return false
    case let code:
      sqlite3_reset(handle)
      throw DatabaseError(code: code, context: "step", of: sqlite3_db_handle(handle))
    }
  }

  /// Runs to the end, for statements whose rows do not matter.
  func run() throws(DatabaseError) { while try step() {} }

  func integer(_ column: Int32) -> Int { Int(sqlite3_column_int64(handle, column)) }

  func text(_ column: Int32) -> String {
    guard let bytes = sqlite3_column_text(handle, column) else { return "" }
    let count = Int(sqlite3_column_bytes(handle, column))
    // SQLite keeps the bytes until the next step; the String copies them now.
    return String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
  }

  func blob(_ column: Int32) -> [UInt8] {
    guard let bytes = sqlite3_column_blob(handle, column) else { return [] }
    return Array(UnsafeRawBufferPointer(start: bytes, count: Int(sqlite3_column_bytes(handle, column))))
  }

  /// The same without a copy.
  func withBlob<Result>(_ column: Int32, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    // SQLite keeps the bytes until the next step.
    let bytes = sqlite3_column_blob(handle, column)
    return body(UnsafeRawBufferPointer(start: bytes, count: Int(sqlite3_column_bytes(handle, column))))
  }
}
