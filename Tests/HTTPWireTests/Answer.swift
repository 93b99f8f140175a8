import Testing

/// A response as a strict client reads it: an independent look at what the connection wrote.
struct Answer: Equatable {
  var status = 0
  var reason = ""
  /// Names in lower case.
  var fields: [(name: String, value: String)] = []
  var body = ""

  static func == (left: Answer, right: Answer) -> Bool {
    left.status == right.status && left.reason == right.reason && left.body == right.body
      && left.fields.elementsEqual(right.fields, by: ==)
  }

  func all(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }
  subscript(_ name: String) -> String? { all(name).first }

  /// The responses in `output`, which must hold nothing else. `headAt` tells which of them answer a HEAD (interim
  /// answers not counted).
  static func all(
    in output: String, headAt: Set<Int> = [], _ location: SourceLocation = #_sourceLocation
  ) -> [Answer] {
    var rest = Substring(output).unicodeScalars
    var answers: [Answer] = []
    var finals = 0
    while !rest.isEmpty {
      guard let answer = read(&rest, isHead: headAt.contains(finals)) else {
        Issue.record("no response: \(String(rest).debugDescription)", sourceLocation: location)
        break
      }
      if answer.status >= 200 { finals += 1 }
      answers.append(answer)
    }
    return answers
  }

  private typealias Scalars = Substring.UnicodeScalarView

  private static func line(_ rest: inout Scalars) -> String? {
    guard let end = rest.firstIndex(of: "\r\n".unicodeScalars.last ?? " ") else { return nil }
    let line = String(rest[..<end])
    rest = rest[rest.index(after: end)...]
    var scalars = line.unicodeScalars
    guard scalars.popLast() == "\r", !scalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else {
      return nil
    }
    return String(scalars)
  }

  private static func read(_ rest: inout Scalars, isHead: Bool) -> Answer? {
    guard let first = line(&rest), first.hasPrefix("HTTP/1.1 "), let status = Int(first.dropFirst(9).prefix(3)),
      first.dropFirst(12).hasPrefix(" ")
    else { return nil }
    var answer = Answer(status: status, reason: String(first.dropFirst(13)))
    while true {
      guard let line = line(&rest) else { return nil }
      if line.isEmpty { break }
      let parts = line.split(separator: ": ", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, !parts[0].isEmpty, !parts[0].contains(" ") else { return nil }
      answer.fields.append((parts[0].lowercased(), String(parts[1])))
    }
    let lengths = answer.all("content-length")
    if isHead || status < 200 || status == 204 || status == 304 { return lengths.count <= 1 ? answer : nil }
    switch (lengths.count, answer.all("transfer-encoding")) {
    case (1, []):
      guard let length = Int(lengths[0]), rest.count >= length else { return nil }
      answer.body = take(length, &rest)
    case (0, ["chunked"]):
      while true {
        guard let size = line(&rest).flatMap({ Int($0, radix: 16) }), rest.count >= size + 2 else { return nil }
        answer.body += take(size, &rest)
        guard line(&rest) == "" else { return nil }
        if size == 0 { break }
      }
    case (0, []): answer.body = take(rest.count, &rest)
    default: return nil
    }
    return answer
  }

  private static func take(_ count: Int, _ rest: inout Scalars) -> String {
    let taken = String(rest.prefix(count))
    rest = rest.dropFirst(count)
    return taken
  }
}
