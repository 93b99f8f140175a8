import Foundation
import LoadGenerator
import Testing

struct RequestPoolTests {
  @Test("Conversations are valid JSON of about 2 KB with the four required members, and all differ")
  func bodies() throws {
    var random = SplitMix64(seed: 7)
    var seen: Set<[UInt8]> = []
    var total = 0
    for _ in 0..<512 {
      let json = DeveloperChat.conversation(using: &random).json
      let members = try JSONDecoder().decode([String: String].self, from: Data(json))
      #expect(members.keys.sorted() == ["assistant_message", "session_id", "user_id", "user_message"])
      #expect((1200...3000).contains(json.count))
      seen.insert(json)
      total += json.count
    }
    #expect(seen.count == 512)
    #expect((1900...2200).contains(total / 512), "mean \(total / 512)")
  }

  @Test("The same seed gives the same conversation")
  func repeatable() {
    var (first, second) = (SplitMix64(seed: 3), SplitMix64(seed: 3))
    #expect(
      DeveloperChat.conversation(using: &first).json == DeveloperChat.conversation(using: &second).json)
  }

  @Test("CPU ticks are read past a command name with spaces and parentheses")
  func ticks() {
    let stat = "42 (a ) b) S 1 42 42 0 -1 4194560 100 0 0 0 70 5 0 0 20 0 3 0 100 1 1"
    #expect(ProcessCPU.ticks(inStat: Array(stat.utf8)) == 75)
    #expect(ProcessCPU.ticks(inStat: Array("42 (x) S".utf8)) == nil)
  }
}
