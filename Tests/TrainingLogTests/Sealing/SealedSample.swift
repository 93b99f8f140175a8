import Posix
import TestKit

@testable import TrainingLog

/// Sealed files on a disk in memory.
final class SealedSample {
  let disk = SimulatedDisk(simulating: "/sealed")

  /// Lines of these lengths with their LF, one as if random, so that they hardly shrink, the next of words.
  static func text(_ lengths: [Int], _ random: inout SeededGenerator) -> [UInt8] {
    lengths.enumerated().flatMap { number, length in
      let alphabet = number % 2 == 0 ? Array(UInt8(0x20)...0xFF) : Array("lorem ipsum ".utf8)
      return (1..<max(length, 1)).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &random)] } + [0x0A]
    }
  }

  func put(_ bytes: [UInt8], at name: String = "day.gz") throws -> any ReadableFile {
    disk.put(name, bytes)
    return try disk.openLog("/sealed/" + name)
  }

  func content(_ name: String = "day.gz") -> [UInt8] { disk.content(name) ?? [] }

  /// - Parameter pieces: a member each, or several where one is too large.
  func seal(_ pieces: [[UInt8]], at name: String = "day.gz") throws -> SealedText {
    try disk.remove("/sealed/" + name)
    let file = try disk.openLog("/sealed/" + name)
    var writer = SealedWriter(file)
    for piece in pieces {
      try writer.append(text: piece)
      try writer.flush()
    }
    try writer.finish()
    return try SealedText(file)
  }
}

extension SealedText {
  var text: [UInt8] { get throws { try read(at: 0, count: size()) } }
}
