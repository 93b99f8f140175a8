import Glibc

/// Signals that end or interrupt nothing but wait to be taken, so that none is lost whenever it comes.
package struct AwaitedSignals {
  package struct Signal: Equatable, Sendable {
    fileprivate let number: Int32

    package static let terminate = Signal(number: SIGTERM)
    package static let interrupt = Signal(number: SIGINT)
    package static let hangUp = Signal(number: SIGHUP)
  }

  private let set: sigset_t

  /// Blocks them for this thread and for all that are started from now on: to be called before there are others.
  package init(_ signals: Signal...) {
    var set = sigset_t()
    sigemptyset(&set)
    for signal in signals { sigaddset(&set, signal.number) }
    pthread_sigmask(SIG_BLOCK, &set, nil)
    self.set = set
  }

  /// Sends one to this process.
  package static func send(_ signal: Signal) { kill(getpid(), signal.number) }

  /// The next that has come, or comes.
  package func next() -> Signal {
    var set = set
    var number: Int32 = 0
    // Fails for a set without signals alone.
    while sigwait(&set, &number) != 0 {}
    return Signal(number: number)
  }
}
