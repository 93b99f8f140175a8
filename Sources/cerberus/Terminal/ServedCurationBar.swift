import Dispatch
import Posix
import Records
import Service
import Synchronization
import TrainingLog

/// The bar of a run that a server does: asks it how far it is, on a terminal only.
struct ServedCurationBar {
  private static let pauseMilliseconds = 100

  private let server: ControlClient

  init(_ server: ControlClient) { self.server = server }

  func during<Value>(_ work: () throws -> Value) rethrows -> Value {
    guard ProgressBar.isShown else { return try work() }
    let (end, ended) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    let isDone = Atomic(false)
    DispatchQueue(label: "cerberus.bar").async { [server] in
      var bar: ProgressBar?
      repeat {
        // Without a server, or while it is at something else, there is nothing to show.
        guard let (fraction, records) = Self.look(server) else { continue }
        if bar == nil { bar = ProgressBar(label: "curate", total: records, unit: .records) }
        bar?.show(fraction)
      } while end.wait(timeout: .now() + .milliseconds(Self.pauseMilliseconds)) == .timedOut
      if isDone.load(ordering: .acquiring) { bar?.show(1) }
      bar?.finish()
      ended.signal()
    }
    defer {
      end.signal()
      ended.wait()
    }
    let value = try work()
    isDone.store(true, ordering: .releasing)
    return value
  }

  private static func look(_ server: ControlClient) -> (fraction: Double, records: Int)? {
    guard let (status, body) = try? server.send("GET", "/control/curation", isPatient: false), status == 200,
      let root = try? JSONDocument(parsing: body).root, let fraction = root["fraction"]?.numberText.flatMap(Double.init)
    else { return nil }
    return (fraction, root["records"]?.integer ?? 0)
  }
}
