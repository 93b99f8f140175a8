import Posix

/// The two lines of an export in the audit log: one before anything of it goes out, since the process may end with it, and
/// one with how much it was, also where it broke off. Both have the same reference, a random one. Used by one thread at a
/// time.
package final class ExportAudit {
  package typealias Noting = (_ name: AuditAct.Name, _ counts: [(String, Int)], _ reference: String) -> Void

  private let name: AuditAct.Name
  private let unit: String
  private let note: Noting
  private let reference = hex(Clocks.randomBytes(8))
  private var lines = 0
  private var hasBegun = false

  /// - Parameter unit: what is counted.
  package init(_ name: AuditAct.Name, counting unit: String, note: @escaping Noting) {
    self.name = name
    self.unit = unit
    self.note = note
  }

  /// Runs an export, which calls `begin` before each line and `count` after it. Nothing is noted of one that fails before
  /// it begins; one of nothing is noted.
  package func run<Result>(_ export: () throws -> Result) throws -> Result {
    defer { if hasBegun { note(.endExport, [(unit, lines)], reference) } }
    let result = try export()
    begin()
    return result
  }

  /// A line went out.
  package func count() { lines += 1 }

  /// A line is about to go out.
  package func begin() {
    guard !hasBegun else { return }
    hasBegun = true
    note(name, [], reference)
  }
}
