import Posix
import Privacy
import TrainingLog

/// A file that takes the place of another when it is whole, hashed as it is written. As long as it is the other byte for
/// byte, the other's hash is taken over and nothing is written; where it is all the other is, that one stays. What stands
/// in the other already is copied in long stretches. For one thread at a time, whichever.
final class HashedFile: Sendable {
  private struct State {
    /// From the first byte on that differs from the old file.
    var writer: AtomicFileWriter?
    var hash = SHA256()
    var midstates: [SIMD8<UInt32>] = []
    /// Bytes so far.
    var count = 0
    /// Of the old file, what comes next and is not copied yet.
    var kept = 0..<0

    /// Nothing differs from the old file yet, and nothing is hashed.
    var isPrefix: Bool { writer == nil }
  }

  private let path: String
  /// What stands at the path now, and the states of its hash.
  private let old: ReadOnlyFile?
  private let oldMidstates: [SIMD8<UInt32>]
  private let copy: PrefixCopy?
  private let state: Mutex<State>

  /// - Parameters:
  ///   - old: what stands at the path.
  ///   - copy: of that, where it is being made already.
  init(_ path: String, over old: PublishedFile, copy: PrefixCopy?) throws(SystemError) {
    self.path = path
    self.old = old.file
    oldMidstates = old.known?.midstates ?? []
    self.copy = copy
    state = Mutex(State(writer: old.known == nil ? try AtomicFileWriter(path) : nil))
  }

  func append(_ bytes: [UInt8]) throws {
    try state.withLock { state in
      try copyKept(&state)
      if state.isPrefix { try differ(&state) }
      try write(bytes, &state)
    }
  }

  /// Appends what stands there in the old file.
  func keep(_ range: Range<Int>) throws {
    try state.withLock { state in
      if state.kept.upperBound != range.lowerBound || state.kept.isEmpty {
        try copyKept(&state)
        if state.isPrefix, range.lowerBound != state.count { try differ(&state) }
        state.kept = range
      } else {
        state.kept = state.kept.lowerBound..<range.upperBound
      }
      if state.kept.count >= Self.keptBytesMax { try copyKept(&state) }
    }
  }

  private static let keptBytesMax = 4 << 20
  private static let copyBytes = 1 << 20

  private func copyKept(_ state: inout State) throws {
    if state.isPrefix {
      state.count += state.kept.count
      state.kept = 0..<0
    }
    while !state.kept.isEmpty {
      let bytes = try old?.read(at: state.kept.lowerBound, count: min(Self.copyBytes, state.kept.count)) ?? []
      guard !bytes.isEmpty else { throw CurationError.derivedFileDamaged }
      try write(bytes, &state)
      state.kept = state.kept.lowerBound + bytes.count..<state.kept.upperBound
    }
  }

  private func write(_ bytes: [UInt8], _ state: inout State) throws {
    hash(bytes, &state)
    try state.writer?.write(bytes)
    state.count += bytes.count
  }

  /// The digest of all of it, and the states on the way; nothing more comes.
  func finish() throws -> (digest: Digest, midstates: [SIMD8<UInt32>]) {
    try state.withLock { state in
      try copyKept(&state)
      if state.isPrefix {
        if try state.count != old?.size() ?? 0 { try differ(&state) } else { try beginHashing(&state) }
      }
      return (state.hash.finalize(), state.midstates)
    }
  }

  /// Puts the file in the place of the old one; false where it is the old one byte for byte, which stays.
  func commit() throws(SystemError) -> Bool {
    try state.withLock { (state) throws(SystemError) in
      try state.writer?.commit()
      return state.writer != nil
    }
  }

  /// What comes now is not what the old file has there.
  private func differ(_ state: inout State) throws {
    if let begun = try copy?.take(state.count) {
      state.writer = begun
    } else {
      let writer = try AtomicFileWriter(path)
      if let old { try PrefixCopy.copy(old, 0..<state.count, to: writer) }
      state.writer = writer
    }
    try beginHashing(&state)
  }

  /// Takes up the hash where the old file had it last, before what comes now.
  private func beginHashing(_ state: inout State) throws {
    let known = min(state.count / KnownRows.hashedBytes, oldMidstates.count)
    let end = state.count
    state.midstates = Array(oldMidstates[..<known])
    state.count = known * KnownRows.hashedBytes
    if let last = state.midstates.last { state.hash = SHA256(midstate: last, length: UInt64(state.count)) }
    while state.count < end, let old {
      let bytes = try old.read(at: state.count, count: min(KnownRows.hashedBytes, end - state.count))
      guard !bytes.isEmpty else { throw CurationError.derivedFileDamaged }
      hash(bytes, &state)
      state.count += bytes.count
    }
  }

  /// Keeps the state wherever a stretch ends.
  private func hash(_ bytes: [UInt8], _ state: inout State) {
    var rest = bytes[...]
    var left = KnownRows.hashedBytes - state.count % KnownRows.hashedBytes
    while rest.count >= left {
      state.hash.update(rest.prefix(left))
      if let midstate = state.hash.midstate { state.midstates.append(midstate) }
      rest = rest.dropFirst(left)
      left = KnownRows.hashedBytes
    }
    state.hash.update(rest)
  }
}
