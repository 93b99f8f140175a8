import HTTPWire

/// An answer that is made while it is sent: the dataset, or what is held on a user.
struct StreamedAnswer: Sendable {
  var isCompressed = false
  /// HEAD: the head of the answer is all.
  var isHead = false
  /// The head of the answer, and its first bytes.
  let begin: @Sendable (_ body: [UInt8], _ isCompressed: Bool) -> Response
  /// Throws what `refusal` knows when there is nothing to send.
  ///
  /// - Parameters:
  ///   - check: to be called now and then; throws when nobody wants the rest.
  ///   - sink: gets the body in pieces.
  let write: @Sendable (_ check: () throws -> Void, _ sink: (ArraySlice<UInt8>) throws -> Void) throws -> Void
  /// For HEAD: throws what `write` would throw at once.
  var probe: @Sendable () throws -> Void = {}
  /// The answer to what was thrown before anything was sent.
  var refusal: @Sendable (any Error) -> Problem = { _ in .internalError }
}
