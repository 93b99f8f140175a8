import Posix
import Records
import TrainingLog

/// `state/surveys`: what earlier runs have found in the day files, so that a run reads only what is new. Derived: without
/// it the next run finds the same again. A file a stretch, never changed once it is there.
struct SurveyFolder {
  private let directory: DataDirectory
  private let program: UInt64
  /// Whether new segments are kept.
  private let keeps: Bool

  /// A day in more pieces is read anew, so that a run does not open thousands of files.
  private static let segmentsMax = 24

  /// - Parameter tool: name and version of the program, and what else decides about what it finds; its content counts too.
  init(_ directory: DataDirectory, tool: String, keeps: Bool) throws {
    self.directory = directory
    self.keeps = keeps
    if keeps { try Directories.make(directory.surveys, mode: 0o700) }
    let content = try ProgramContent.number(memo: keeps ? directory.surveys + "/" + Self.programName : nil)
    program = ContentHash(question: tool, answer: "\(content)").high
  }

  /// The segments that still hold, from the beginning of the file without a gap.
  func segments(of day: String, _ file: any ReadableFile, inode: UInt64) throws -> [SurveySegment] {
    guard Directories.exists(directory.surveys) else { return [] }
    var segments: [SurveySegment] = []
    let origin = SurveySegment.Origin(program: program, inode: inode)
    let names = try Directories.list(directory.surveys).filter { $0.hasPrefix(day + ".") }.sorted(by: Self.precedes)
    for name in names {
      let path = directory.surveys + "/" + name
      let start = segments.last?.range.upperBound ?? 0
      if names.count <= Self.segmentsMax, !name.hasSuffix(".tmp"),
        let segment = try SurveySegment(path, origin, of: file),
        segment.range.lowerBound == start
      {
        segments.append(segment)
      } else if keeps {
        try Directories.remove(path)
      }
    }
    return segments
  }

  /// By the number behind the last dot, which is the first byte of the range.
  private static func precedes(_ a: String, _ b: String) -> Bool {
    (a.utf8.count, a) < (b.utf8.count, b)
  }

  func segment(
    _ part: SurveyPart, _ range: Range<Int>, of day: String, _ file: any ReadableFile, inode: UInt64
  ) throws -> SurveySegment {
    guard keeps, let tail = try SurveySegment.tailChecksum(of: file, range.upperBound) else {
      return SurveySegment(part, range)
    }
    let path = directory.surveys + "/\(day).\(range.lowerBound)"
    let origin = SurveySegment.Origin(program: program, inode: inode)
    let written = try AtomicFileWriter(path, mode: 0o600)
    try SurveySegment.write(part, range, origin, tail: tail, to: written)
    try written.commit()
    return try SurveySegment(path, origin, of: file) ?? SurveySegment(part, range)
  }

  private static let programName = "program"
  private static let rowsPrefix = "rows."
  private static let expiredPrefix = "expired."

  private static func name(of path: String) -> String { String(path.split(separator: "/").last ?? "") }

  private func rowsPath(of path: String) -> String { directory.surveys + "/" + Self.rowsPrefix + Self.name(of: path) }

  /// What earlier runs have found in the expired rows of a file of the dataset, with the names under which it stands.
  func expiredSegments(of path: String, _ file: any ReadableFile) throws -> [(name: String, segment: SurveySegment)] {
    guard Directories.exists(directory.surveys) else { return [] }
    let origin = SurveySegment.Origin(program: program, inode: 0)
    return try expiredNames(of: path).compactMap { name in
      if let segment = try SurveySegment(directory.surveys + "/" + name, origin, of: file) { return (name, segment) }
      if keeps { try remove(name) }
      return nil
    }
  }

  private func expiredNames(of path: String) throws -> [String] {
    let prefix = Self.expiredPrefix + Self.name(of: path) + "."
    return try Directories.list(directory.surveys).filter { $0.hasPrefix(prefix) }.sorted(by: Self.precedes)
  }

  /// A file of its own, behind those that are there.
  func keepExpired(_ part: SurveyPart, of path: String) throws {
    guard keeps else { return }
    let last = try expiredNames(of: path).last.flatMap { Int($0.split(separator: ".").last ?? "") } ?? 0
    let name = Self.expiredPrefix + Self.name(of: path) + ".\(last + 1)"
    let file = try AtomicFileWriter(directory.surveys + "/" + name, mode: 0o600)
    // Of no stretch of the file, which is another one after each run.
    try SurveySegment.write(
      part, 0..<0, SurveySegment.Origin(program: program, inode: 0), tail: checksum([UInt8]()), to: file)
    try file.commit(isDurable: false)
  }

  func remove(_ name: String) throws { if keeps { try Directories.remove(directory.surveys + "/" + name) } }

  /// What is known of a file of the dataset, if nobody has touched it since.
  func knownRows(of path: String) throws -> KnownRows? {
    guard let stamp = FileStamp(path) else { return nil }
    return try KnownRows(rowsPath(of: path), stamp: stamp, program: program)
  }

  /// - Parameter path: of the file of the dataset, which has been written.
  func keep(_ rows: KnownRows, of path: String) throws {
    guard keeps, let stamp = FileStamp(path) else { return }
    try rows.write(to: rowsPath(of: path), stamp: stamp, program: program)
  }

  /// Removes what was found in these day files, in all where `days` is nil, and what is known of the dataset. Only while no
  /// curator runs.
  static func forget(_ days: Set<Day>?, _ directory: DataDirectory) throws {
    guard Directories.exists(directory.surveys) else { return }
    let prefixes = days?.map { LogFileName.conversations($0).name + "." }
    for name in try Directories.list(directory.surveys) {
      guard prefixes?.contains(where: name.hasPrefix) ?? true || name.hasPrefix(rowsPrefix) else { continue }
      try Directories.remove(directory.surveys + "/" + name)
    }
    try Directories.synchronize(directory.surveys)
  }

  /// Removes what belongs to none of these day files.
  func keepOnly(_ days: [String]) throws {
    guard keeps else { return }
    for name in try Directories.list(directory.surveys)
    where name != Self.programName && !name.hasPrefix(Self.rowsPrefix) && !name.hasPrefix(Self.expiredPrefix)
      && !days.contains(where: { name.hasPrefix($0 + ".") })
    {
      try Directories.remove(directory.surveys + "/" + name)
    }
  }
}
