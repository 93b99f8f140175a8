import FuzzKit
import TrainingLog

/// Any bytes as gzip: nothing traps, the limit holds, and the outcome is the same whole and cut in two. An odd first byte
/// makes the rest the text of two members instead, which must come back.
@main
enum FuzzGunzip {
  private static let limit = 64 * 1024

  static func main() {
    Fuzzer.run { data, size in
      guard let data, size > 1 else { return 0 }
      FuzzGunzip.check(Array(UnsafeBufferPointer(start: data + 1, count: size - 1)), choice: data[0])
      return 0
    }
  }

  private static func check(_ bytes: [UInt8], choice: UInt8) {
    let halves = cut(bytes, choice)
    guard choice & 1 == 1 else {
      precondition(outcome([bytes[...]]) == outcome(halves), "the cut changes what is read")
      return
    }
    guard let first = try? GzipWriter.member(Array(halves[0])),
      let second = try? GzipWriter.member(Array(halves[1]), .fast)
    else { preconditionFailure("nothing was compressed") }
    let expected: Outcome = bytes.count > limit ? .failed(.tooLarge) : .text(bytes)
    precondition(outcome(cut(first + second, choice)) == expected, "the text does not come back")
  }

  private enum Outcome: Equatable {
    case text([UInt8])
    case failed(GzipReader.Failure)
  }

  private static func cut(_ bytes: [UInt8], _ place: UInt8) -> [ArraySlice<UInt8>] {
    let index = Int(place) * bytes.count / 256
    return [bytes[..<index], bytes[index...]]
  }

  private static func outcome(_ pieces: [ArraySlice<UInt8>]) -> Outcome {
    var text: [UInt8] = []
    do {
      let reader = try GzipReader(limit: limit) { piece in
        text += piece
        precondition(text.count <= limit, "more text than the limit")
      }
      for piece in pieces { try reader.append(piece) }
      try reader.finish()
      return .text(text)
    } catch let failure as GzipReader.Failure {
      return .failed(failure)
    } catch {
      preconditionFailure("another error: \(error)")
    }
  }
}
