import Dispatch
import Posix

/// Something that another thread works out meanwhile.
final class Ahead<Value: Sendable>: Sendable {
  private let result = Mutex<Result<Value, any Error>?>(nil)
  private let isDone = DispatchSemaphore(value: 0)

  init(_ work: @escaping @Sendable () throws -> Value) {
    DispatchQueue(label: "cerberus.ahead", qos: .utility).async { [self] in
      let worked = Result { try work() }
      result.withLock { $0 = worked }
      isDone.signal()
    }
  }

  /// Waits for it; to be asked for once.
  func value() throws -> Value {
    isDone.wait()
    guard let worked = result.withLock({ $0 }) else { preconditionFailure("signalled before it was there") }
    return try worked.get()
  }
}
