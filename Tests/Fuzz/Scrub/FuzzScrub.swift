import Foundation
import FuzzKit
import Privacy

/// Any bytes as a message: nothing traps or reads beyond it; what is removed is counted; a second scrubbing finds nothing;
/// a JSON document stays one.
@main
enum FuzzScrub {
  static func main() {
    Fuzzer.run { data, size in
      let text = data.map { String(decoding: UnsafeBufferPointer(start: $0, count: size), as: UTF8.self) } ?? ""
      let once = Scrubber.standard.scrub(text: text)
      precondition(once.redactions.isEmpty == (once.value == text), "a change without a count, or the reverse")
      let twice = Scrubber.standard.scrub(text: once.value)
      precondition(twice.value == once.value && twice.redactions.isEmpty, "a second scrubbing finds more")
      if FuzzScrub.isJSON(text) { precondition(FuzzScrub.isJSON(once.value), "a JSON document is broken") }
      return 0
    }
  }

  private static func isJSON(_ text: String) -> Bool {
    (try? JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)) != nil
  }
}
