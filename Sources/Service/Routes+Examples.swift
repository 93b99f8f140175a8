import HTTPWire
import Records

/// `GET /v1/examples/{example_id}`.
extension Routes {
  func example(_ request: Request, by actor: String) -> Reply {
    guard let id = Self.parameter(of: request.path).flatMap({ ExampleID($0) }) else {
      return .now(Problem.unknownExample.response)
    }
    return .background(collector.reading) { [collector] in
      do {
        guard let example = try collector.log.example(id) else { return Problem.unknownExample.response }
        collector.audit(.readExample, by: actor, counts: [("records", 1)])
        return .json(example.json())
      } catch {
        return Problem.internalError.response
      }
    }
  }
}

/// Paths with a parameter as their last segment, such as `/v1/examples/{example_id}`.
extension Routes {
  /// A segment in braces stands for any that is not empty; all else is compared byte by byte.
  static func matches(_ template: String, _ path: String) -> Bool {
    let (template, path) = (template.utf8, path.utf8)
    // Every request asks this of every route.
    guard template.last == UInt8(ascii: "}"), let brace = template.firstIndex(of: UInt8(ascii: "{")) else {
      return template.count == path.count && template.elementsEqual(path)
    }
    let lead = template[..<brace]
    let rest = path.dropFirst(lead.count)
    return path.starts(with: lead) && !rest.isEmpty && !rest.contains(UInt8(ascii: "/"))
  }

  /// The last segment, as it was sent.
  static func parameter(of path: String) -> String? { path.split(separator: "/").last.map(String.init) }
}
