extension DiskState.Inode {
  mutating func synchronize() {
    platter = surviving(cache.count)
    cleanCount = cache.count
  }

  mutating func failSynchronizing() {
    if cleanCount < cache.count { lost.append(cleanCount..<cache.count) }
    cleanCount = cache.count
  }

  mutating func truncate(to size: Int) {
    if size < cache.count { cache.removeSubrange(size...) }
    cleanCount = min(cleanCount, size)
    lost = lost.compactMap { $0.lowerBound < size ? $0.lowerBound..<min($0.upperBound, size) : nil }
  }

  /// What a power failure leaves of the file: the last synced state, or the kernel's with any part of what it had not
  /// synced yet, perhaps with a hole where one page was written and the one before it was not.
  func afterPowerFailure(using random: inout SeededGenerator) -> [UInt8] {
    if cleanCount == cache.count && lost.isEmpty && platter.count == cache.count { return platter }
    if random.isOne(in: 2) { return platter }
    let written = cleanCount + Int.random(in: 0...(cache.count - cleanCount), using: &random)
    var content = surviving(written)
    if written - cleanCount > 1, random.isOne(in: 4) {
      let start = Int.random(in: cleanCount..<written, using: &random)
      for at in start..<Int.random(in: start..<written, using: &random) { content[at] = 0 }
    }
    return content
  }

  private func surviving(_ count: Int) -> [UInt8] {
    var content = Array(cache[..<count])
    for range in lost { for at in range where at < count { content[at] = 0 } }
    return content
  }
}
