import Glibc

/// Signals that end or interrupt nothing but wait to be taken, so that none is lost whenever it comes.
package struct AwaitedSignals {
  private let set: sigset_t

  /// Blocks them for this thread and for all that are started from now on: to be called before there are others.
  package init(_ numbers: Int32...) {
    var set = sigset_t()
    sigemptyset(&set)
    for number in numbers { sigaddset(&set, number) }
    pthread_sigmask(SIG_BLOCK, &set, nil)
    self.set = set
  }

  /// Sends one to this process.
  package static func send(_ number: Int32) { kill(getpid(), number) }

  /// The next that has come, or comes.
  package func next() -> Int32 {
    var set = set
    var number: Int32 = 0
    // Fails for a set without signals alone.
    while sigwait(&set, &number) != 0 {}
    return number
  }
}
