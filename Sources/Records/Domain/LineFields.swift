/// Why a stored line is not what it should be. Names the field, never its content.
package enum LineError: Error, Equatable, CustomStringConvertible {
  case notJSON(JSONError)
  case notAnObject
  case missing(String)
  case badField(String)

  package var description: String {
    switch self {
    case .notJSON(let error): error.description
    case .notAnObject: "the line is not a JSON object"
    case .missing(let field): "\(field) is missing"
    case .badField(let field): "\(field) has a value that its type does not allow"
    }
  }
}

/// Typed access to the members of a stored line; what is missing or of another type throws.
struct LineFields {
  private let root: JSONElement

  init(_ bytes: [UInt8]) throws(LineError) {
    do {
      root = try JSONDocument(parsing: bytes).root
      guard root.kind == .object else { throw LineError.notAnObject }
    } catch let error as JSONError {
      throw .notJSON(error)
    } catch {
      throw .notAnObject
    }
  }

  func element(_ name: StaticString) throws(LineError) -> JSONElement {
    guard let value = root[name] else { throw .missing("\(name)") }
    return value
  }

  func text(_ name: StaticString) throws(LineError) -> String {
    guard let text = try element(name).string else { throw .badField("\(name)") }
    return text
  }

  func exampleID() throws(LineError) -> ExampleID {
    guard let id = ExampleID(try text("example_id")) else { throw .badField("example_id") }
    return id
  }

  func timestamp() throws(LineError) -> Timestamp {
    guard let timestamp = Timestamp(rfc3339: try text("timestamp")) else { throw .badField("timestamp") }
    return timestamp
  }

  func messages(_ name: StaticString) throws(LineError) -> [Message] {
    let element = try element(name)
    guard element.kind == .array else { throw .badField("\(name)") }
    var messages: [Message] = []
    for item in element.items {
      guard let role = item["role"]?.string.flatMap(Message.Role.init(rawValue:)),
        let content = item["content"]?.string
      else { throw .badField("\(name)") }
      messages.append(Message(role: role, content: content))
    }
    return messages
  }

  func counts(_ name: StaticString) throws(LineError) -> [RedactionCount] {
    let element = try element(name)
    guard element.kind == .object else { throw .badField("\(name)") }
    var counts: [RedactionCount] = []
    for member in element.members {
      guard let type = member.key.string, let count = member.value.integer, count > 0 else {
        throw .badField("\(name)")
      }
      counts.append(RedactionCount(type: type, count: count))
    }
    return counts
  }
}
