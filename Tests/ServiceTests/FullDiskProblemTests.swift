import Posix
import Testing

@testable import Service
@testable import TrainingLog

/// An index without room is a full disk too: to the client both are 507.
struct FullDiskProblemTests {
  private static let errors: [(any Error, Bool)] = [
    (SystemError(call: "write", code: SystemError.noSpace), true), (DatabaseError(code: 13, context: "step"), true),
    (DatabaseError(code: 13 | 1 << 8, context: "step"), true), (DatabaseError(code: 10, context: "step"), false),
    (SystemError(call: "open", code: SystemError.notFound), false), (TrainingLog.ErasureFailure.indexBusy, false),
  ]

  @Test(arguments: errors.indices)
  func `erasure and objection tell a full disk from a broken one`(_ index: Int) {
    let (error, isFull) = Self.errors[index]
    #expect(Problem.erasure(error).status == (isFull ? 507 : 503))
    #expect(Problem.consent(error).status == (isFull ? 507 : 503))
  }

  @Test(arguments: errors.indices)
  func `so do a run of the curator and the retention`(_ index: Int) {
    let (error, isFull) = Self.errors[index]
    #expect(Problem.curation(error, otherwise: .internalError).status == (isFull ? 507 : 500))
  }
}
