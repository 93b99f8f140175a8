/// Four tables of a word for each byte value, one behind the other: see `CompiledRules`.
struct DispatchTable {
  private(set) var table = [UInt64](repeating: 0, count: 1024)

  mutating func add(_ bucket: Int, _ trigger: Trigger) {
    let bit = UInt64(1) << UInt64(bucket)
    for (offset, set) in trigger.sets.enumerated() {
      for byte in set.members { table[256 * offset + Int(byte)] |= bit }
    }
  }
}
