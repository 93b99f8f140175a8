import Posix
import Records

/// What the log tells of acts, for who has to know whether there were any.
extension AuditLog {
  struct NotedAct {
    let name: AuditAct.Name
    let at: Timestamp
    let reference: String
  }

  /// All acts of names that are known; nil where there is no log in the folder, or it is not known to have all that was
  /// noted.
  static func acts(in folder: String) throws -> [NotedAct]? {
    guard let file = try ReadOnlyFile.open(ifPresent: folder + "/" + name) else { return nil }
    let end = try file.endOfLines()
    guard try loss(in: folder) == nil, try fault(in: file, upTo: end) == nil else { return nil }
    var acts: [NotedAct] = []
    try LineReader().read(file) { line, offset in
      guard offset < end, let root = try? JSONDocument(parsing: line).root,
        let name = root["act"]?.string.flatMap(AuditAct.Name.init(rawValue:)),
        let at = root["at"]?.string.flatMap({ Timestamp(rfc3339: $0) })
      else { return }
      acts.append(NotedAct(name: name, at: at, reference: root["reference"]?.string ?? ""))
    }
    return acts
  }
}
