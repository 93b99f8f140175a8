import Glibc

/// What the kernel says of this process (proc(5)), for monitoring.
package struct ProcessFigures: Sendable {
  package let cpuSeconds: Double
  package let residentBytes: Int
  package let virtualBytes: Int
  package let openDescriptors: Int
  package let descriptorsMax: Int
  package let threads: Int
  /// Since the epoch.
  package let startSeconds: Double

  /// nil where there is no /proc.
  package static func read() -> ProcessFigures? {
    // Behind the name, which may hold spaces and parentheses itself, fields are counted from the third on.
    guard let text = file("/proc/self/stat"), let name = text.lastIndex(of: ")"),
      let system = file("/proc/stat"),
      let boot = system.split(separator: "\n").first(where: { $0.hasPrefix("btime ") }),
      let booted = Double(boot.dropFirst(6))
    else { return nil }
    let fields = text[text.index(after: name)...].split(separator: " ")
    guard fields.count > 21 else { return nil }
    func number(_ field: Int) -> Double { Double(fields[field - 3]) ?? 0 }
    let ticks = Double(sysconf(Int32(_SC_CLK_TCK)))
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    return ProcessFigures(
      cpuSeconds: (number(14) + number(15)) / ticks, residentBytes: Int(number(24)) * sysconf(Int32(_SC_PAGESIZE)),
      virtualBytes: Int(number(23)), openDescriptors: (try? Directories.list("/proc/self/fd").count) ?? 0,
      descriptorsMax: Int(clamping: limit.rlim_cur), threads: Int(number(20)),
      startSeconds: booted + number(22) / ticks)
  }

  /// How large a file may get that this process writes; nil where nothing limits that (RLIMIT_FSIZE, RLIM_INFINITY).
  package static var fileBytesMax: Int? {
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
    return limit.rlim_cur == .max ? nil : Int(clamping: limit.rlim_cur)
  }

  private static func file(_ path: String) -> String? {
    guard let raw = try? retrying("open", { open(path, O_RDONLY | O_CLOEXEC) }) else { return nil }
    let descriptor = Descriptor(owning: raw)
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 16_384)
    while true {
      let count = Glibc.read(descriptor.raw, &buffer, buffer.count)
      guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
      bytes += buffer[..<count]
    }
  }
}
