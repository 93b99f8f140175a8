/// A row of four words for each byte value: see `CompiledRules`.
struct DispatchTable {
  private(set) var table = [UInt64](repeating: 0, count: 1024)

  mutating func add(_ bucket: Int, _ trigger: Trigger) {
    let bit = UInt64(1) << UInt64(bucket)
    for (offset, set) in [trigger.before, trigger.first, trigger.second, trigger.third].enumerated() {
      for byte in set.members { table[4 * Int(byte) + offset] |= bit }
    }
  }
}
