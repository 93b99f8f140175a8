import Testing

@testable import Posix

@Suite("Random numbers of the kernel, fetched many at a time")
struct KernelRandomTests {
  @Test("No number comes twice, neither from copies nor from threads at the same time")
  func unique() async {
    let random = KernelRandom()
    let numbers = await withTaskGroup(of: [UInt64].self) { group in
      for _ in 0..<4 {
        group.addTask { [copy = random] in (0..<1000).map { _ in copy.next() } }
      }
      return await group.reduce(into: []) { $0 += $1 }
    }
    #expect(numbers.count == 4000)
    #expect(Set(numbers).count == numbers.count)
  }

  @Test("Every bit is set about half of the time")
  func balanced() {
    var ones = [Int](repeating: 0, count: 64)
    let random = KernelRandom()
    for _ in 0..<4096 {
      let number = random.next()
      for bit in 0..<64 { ones[bit] += Int(number >> UInt64(bit) & 1) }
    }
    // Ten standard deviations of 32: never by chance.
    for bit in 0..<64 { #expect((1728...2368).contains(ones[bit]), "bit \(bit): \(ones[bit])") }
  }
}
