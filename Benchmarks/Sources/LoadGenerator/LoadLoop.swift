import Glibc

/// Drives one server from one thread. In a closed loop every connection sends a request, waits for the whole answer,
/// checks it, and sends the next; at a fixed rate a request goes out when it is due, on any idle connection. Latency
/// runs from the moment a request was due to the moment its answer was read in full, so that time spent waiting inside
/// the generator counts against the server and never in its favour.
package struct LoadLoop: ~Copyable {
  private let plan: LoadPlan
  private let pool: RequestPool
  private let epoll: Epoll
  private var connections: [Connection] = []
  private var inFlight = 0
  /// At a fixed rate only: when requests are due, and the connections that have none under way.
  private var schedule: Schedule?
  private var idle: [Int] = []
  private var nextRequest = 0
  private var isSending = false
  private var isMeasuring = false
  private var latencies = Histogram()
  private var round = RoundReport()
  private let buffer: UnsafeMutableRawBufferPointer

  /// A server that answers nothing for this long has stalled, and the run ends.
  private static let stallNanoseconds: UInt64 = 10_000_000_000
  private static let bufferBytes = 64 * 1024

  /// Builds the requests and opens all connections.
  package static func connected(_ plan: LoadPlan) throws(BenchError) -> LoadLoop {
    var loop = LoadLoop(plan, epoll: try Epoll(batch: plan.connections))
    for index in 0..<plan.connections {
      let socket = try Loopback.connect(port: plan.port)
      loop.connections.append(Connection(socket: socket))
      try loop.epoll.add(socket, token: index)
    }
    return loop
  }

  private init(_ plan: LoadPlan, epoll: consuming Epoll) {
    self.plan = plan
    self.epoll = epoll
    pool = RequestPool(plan.workload, count: plan.bodies, seed: plan.seed, port: plan.port)
    buffer = .allocate(byteCount: Self.bufferBytes, alignment: 64)
  }

  deinit {
    for connection in connections where connection.isOpen { close(connection.socket) }
    buffer.deallocate()
  }

  /// One round: warm-up, measured window, and the answers still under way. Ends early when the server stalls or no
  /// connection is left; both are failures in the report.
  package mutating func run(round number: Int) throws(BenchError) -> RoundReport {
    round = RoundReport()
    round.round = number
    round.connections = plan.connections
    round.meanBodyBytes = pool.meanBodyBytes
    latencies.reset()

    isSending = true
    let start = Clock.now()
    let open = connections.indices.filter { connections[$0].isOpen }
    if let rate = plan.rate {
      schedule = Schedule(start: start, perSecond: rate)
      idle = open
    } else {
      for index in open { try startRequest(index, dueAt: start) }
    }
    _ = try turn(until: start + UInt64(plan.warmupSeconds * 1e9))
    try measure()
    isSending = false
    _ = try turn(until: UInt64.max)
    return round
  }

  private mutating func measure() throws(BenchError) {
    let ownBefore = ProcessCPU.own()
    let watchedBefore = ProcessCPU.total(of: plan.watched)
    let begin = Clock.now()
    isMeasuring = true
    let end = try turn(until: begin + UInt64(plan.seconds * 1e9))
    isMeasuring = false
    round.behindSeconds = schedule.map { Double(Int64(end) - Int64(min($0.next, end))) / 1e9 } ?? 0
    let ownAfter = ProcessCPU.own()
    let watchedAfter = ProcessCPU.total(of: plan.watched)

    round.seconds = Double(end - begin) / 1e9
    round.requests = latencies.count
    round.p50 = Double(latencies.value(at: 0.50)) / 1e6
    round.p99 = Double(latencies.value(at: 0.99)) / 1e6
    round.max = Double(latencies.max) / 1e6
    let requests = Double(max(1, latencies.count))
    round.generatorUser = (ownAfter.user - ownBefore.user) / requests
    round.generatorKernel = (ownAfter.kernel - ownBefore.kernel) / requests
    if !plan.watched.isEmpty, let watchedBefore, let watchedAfter {
      round.watched = (watchedAfter - watchedBefore) / requests
    }
  }

  /// Serves events until `deadline`, or until nothing is under way or due. Gives the time at which it stopped.
  private mutating func turn(until deadline: UInt64) throws(BenchError) -> UInt64 {
    var now = Clock.now()
    var lastEvent = now
    while now < deadline, inFlight > 0 || (isSending && !idle.isEmpty) {
      try startDue(at: now)
      let ready = try epoll.wait(nanoseconds: pause(at: now))
      for index in 0..<ready { try serve(epoll.token(at: index)) }
      now = Clock.now()
      if ready > 0 || inFlight == 0 { lastEvent = now }
      if inFlight > 0, now - lastEvent > Self.stallNanoseconds {
        for index in connections.indices where connections[index].request != nil {
          drop(index, because: "no answer for 10 s")
        }
      }
    }
    return now
  }

  /// Sends what is due at a fixed rate, while there are connections for it; what finds none stays due.
  private mutating func startDue(at now: UInt64) throws(BenchError) {
    guard isSending, schedule != nil else { return }
    while let index = idle.last, let due = schedule?.take(at: now) {
      idle.removeLast()
      if connections[index].isOpen { try startRequest(index, dueAt: due) }
    }
  }

  /// How long the loop may sleep: to the next moment at which something is due, at most 100 ms.
  private func pause(at now: UInt64) -> UInt64 {
    let longest: UInt64 = 100_000_000
    guard isSending, let schedule, !idle.isEmpty else { return longest }
    let due = schedule.next
    return due > now ? min(due - now, longest) : 0
  }

  private mutating func serve(_ index: Int) throws(BenchError) {
    guard connections[index].isOpen else { return }
    if connections[index].waitsForRoom { try sendRest(index) }
    guard connections[index].isOpen else { return }
    let count = recv(connections[index].socket, buffer.baseAddress, Self.bufferBytes, 0)
    if count > 0 {
      try receive(index, UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    } else if count == 0 {
      drop(index, because: "the server closed a keep-alive connection")
    } else if errno != EAGAIN, errno != EINTR {
      drop(index, because: "recv failed with errno \(errno)")
    }
  }

  private mutating func receive(_ index: Int, _ arrived: UnsafeRawBufferPointer) throws(BenchError) {
    guard !connections[index].partial.isEmpty else { return try answer(index, arrived) }
    var whole: [UInt8] = []
    swap(&whole, &connections[index].partial)
    whole += arrived
    // The pointer lives as long as `whole`, which nothing changes while it is lent.
    let result = whole.withUnsafeBytes { bytes in Result { () throws(BenchError) in try answer(index, bytes) } }
    try result.get()
  }

  /// Takes all bytes received for the request under way.
  private mutating func answer(_ index: Int, _ bytes: UnsafeRawBufferPointer) throws(BenchError) {
    switch Response.parse(bytes) {
    case .incomplete:
      connections[index].partial = Array(bytes)
    case .malformed(let reason):
      drop(index, because: "a malformed answer: \(reason)")
    case .complete(let response):
      guard connections[index].request != nil, response.body.upperBound == bytes.count else {
        return drop(index, because: "bytes that no request asked for")
      }
      if let complaint = plan.expectation.complaint(about: response, in: bytes) {
        fail(complaint)
      } else {
        round.acknowledged += 1
      }
      try finishRequest(index, mayContinue: !response.closes && !connections[index].waitsForRoom)
    }
  }

  private mutating func finishRequest(_ index: Int, mayContinue: Bool) throws(BenchError) {
    let now = Clock.now()
    if isMeasuring { latencies.record(now - connections[index].dueAt) }
    connections[index].request = nil
    inFlight -= 1
    guard mayContinue else { return drop(index, because: nil) }
    guard isSending else { return }
    if schedule == nil { try startRequest(index, dueAt: now) } else { idle.append(index) }
  }

  private mutating func startRequest(_ index: Int, dueAt: UInt64) throws(BenchError) {
    connections[index].request = nextRequest
    connections[index].sentBytes = 0
    connections[index].dueAt = dueAt
    nextRequest = nextRequest + 1 == pool.count ? 0 : nextRequest + 1
    inFlight += 1
    try sendRest(index)
  }

  private mutating func sendRest(_ index: Int) throws(BenchError) {
    guard let request = connections[index].request else { return }
    let socket = connections[index].socket
    let (sent, isWhole) = pool.withRequest(request, from: connections[index].sentBytes) { bytes in
      let sent = send(socket, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
      return (sent, sent == bytes.count)
    }
    if sent < 0, errno != EAGAIN, errno != EINTR {
      return drop(index, because: "send failed with errno \(errno)")
    }
    connections[index].sentBytes += max(0, sent)
    guard connections[index].waitsForRoom == isWhole else { return }
    connections[index].waitsForRoom = !isWhole
    let interest = isWhole ? Epoll.readable : Epoll.readable | Epoll.writable
    try epoll.change(socket, token: index, interest: interest)
  }

  /// Closes a connection for good. A reason makes it a failure; without one the failure was counted already.
  private mutating func drop(_ index: Int, because reason: String?) {
    if let reason { fail(reason) }
    if connections[index].request != nil {
      connections[index].request = nil
      inFlight -= 1
    }
    connections[index].isOpen = false
    close(connections[index].socket)
  }

  private mutating func fail(_ reason: String) {
    round.failures += 1
    if round.firstFailure == nil { round.firstFailure = reason }
  }
}
