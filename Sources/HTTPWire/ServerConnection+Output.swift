/// Output on its way to the peer.
extension ServerConnection {
  /// Bytes not yet written.
  package var pendingOutput: Int { outputBuffer.count - outputStart }

  /// Lends the unsent bytes, for `write(2)`; report what went out with `didWrite`. Mutating only so that a connection
  /// held by a class is not copied for the call.
  package mutating func withOutput<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try outputBuffer.withUnsafeBufferPointer { (all) throws(Failure) -> Result in
      // Bound: `outputStart` never passes the end of the buffer.
      try body(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: all[outputStart...])))
    }
  }

  /// `count` bytes of the output, 0 … `pendingOutput`, have been written at `now`.
  package mutating func didWrite(_ count: Int, now: Nanoseconds) {
    guard count > 0 else { return }
    precondition(count <= pendingOutput, "more written than there was")
    outputStart += count
    // Silence is counted from when the answer went out.
    if phase == .idle, firstHeadDeadline == nil, !draining {
      phaseDeadline = now + WireLimits.nanoseconds(limits.idleSeconds)
    }
    guard pendingOutput == 0 else {
      writeDeadline = now + WireLimits.nanoseconds(limits.writeStallSeconds)
      if outputStart >= 64 * 1024, outputStart >= pendingOutput {
        // No more bytes move than were written since the last move.
        outputBuffer.removeSubrange(0..<outputStart)
        outputStart = 0
      }
      return
    }
    writeDeadline = .max
    outputStart = 0
    // A buffer grown by one large answer is given back.
    if outputBuffer.capacity > 64 * 1024 { outputBuffer = [] } else { outputBuffer.removeAll(keepingCapacity: true) }
  }

  /// Takes all output as written, for drivers without a socket.
  package mutating func takeOutput(now: Nanoseconds) -> [UInt8] {
    let taken = Array(outputBuffer[outputStart...])
    didWrite(taken.count, now: now)
    return taken
  }
}
