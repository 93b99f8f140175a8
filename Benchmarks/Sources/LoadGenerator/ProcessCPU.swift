import Glibc

/// CPU time that processes have used, in microseconds.
package enum ProcessCPU {
  /// Of this process: user and kernel time apart.
  static func own() -> (user: Double, kernel: Double) {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return (microseconds(usage.ru_utime), microseconds(usage.ru_stime))
  }

  /// The sum of utime and stime over `processes`, all their threads included (proc(5), /proc/PID/stat fields 14 and
  /// 15). The kernel counts in ticks of 10 ms. Nil when one of them is gone.
  static func total(of processes: [Int32]) -> Double? {
    var ticks = 0
    for process in processes {
      guard let text = readAll("/proc/\(process)/stat"), let used = Self.ticks(inStat: text) else { return nil }
      ticks += used
    }
    return Double(ticks) * 1_000_000 / Double(sysconf(Int32(_SC_CLK_TCK)))
  }

  /// utime + stime from the text of a stat file. The name of the command, field 2, may hold spaces and parentheses.
  package static func ticks(inStat text: [UInt8]) -> Int? {
    guard let nameEnd = text.lastIndex(of: UInt8(ascii: ")")) else { return nil }
    let fields = text[(nameEnd + 1)...].split(separator: UInt8(ascii: " "))
    guard fields.count > 12 else { return nil }
    return decimal(fields[11]).flatMap { user in decimal(fields[12]).map { user + $0 } }
  }

  private static func decimal(_ digits: ArraySlice<UInt8>) -> Int? {
    guard !digits.isEmpty, digits.count <= 18 else { return nil }
    var value = 0
    for digit in digits {
      guard digit >= UInt8(ascii: "0"), digit <= UInt8(ascii: "9") else { return nil }
      value = value * 10 + Int(digit - UInt8(ascii: "0"))
    }
    return value
  }

  private static func microseconds(_ time: timeval) -> Double {
    Double(time.tv_sec) * 1_000_000 + Double(time.tv_usec)
  }

  /// The file in one read; a stat file is far below 4 KiB.
  private static func readAll(_ path: String) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = read(file, &buffer, buffer.count)
    return count > 0 ? Array(buffer[..<count]) : nil
  }
}
