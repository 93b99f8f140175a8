/// Reads the members of one JSON object by a table of names, collecting every broken rule instead of stopping at the
/// first. `null` counts as absent.
struct BodyReader {
  let isObject: Bool
  private let pointer: String
  private let root: JSONElement?
  private(set) var errors: [FieldError] = []

  /// `known` names every member this object may have, nil for any; another is reported at the object's own pointer, with
  /// the nearest known name in place of the unknown one, which is input.
  init(_ root: JSONElement, at pointer: String = "", known: [StaticString]?) {
    isObject = root.kind == .object
    self.pointer = pointer
    self.root = root
    guard isObject else {
      errors.append(FieldError(pointer: pointer, detail: "must be a JSON object"))
      return
    }
    guard let known else { return }
    for key in root.keys where !known.contains(where: { key.isText($0) }) {
      if errors.count >= InvalidFields.reportedMax { return }
      let nearest = NearestName.find(for: key.string ?? "", among: known.map { "\($0)" })
      fail("", "has an unknown member; the nearest known name is \"\(nearest)\"")
    }
  }

  /// For fields that do not stand in a JSON body.
  init(errors: [FieldError]) {
    isObject = false
    pointer = ""
    root = nil
    self.errors = errors
  }

  /// Beyond `InvalidFields.reportedMax` errors nothing is added: a body can break as many rules as it has members.
  mutating func fail(_ name: String, _ detail: String) {
    guard errors.count < InvalidFields.reportedMax else { return }
    errors.append(FieldError(pointer: name.isEmpty ? pointer : pointer + "/" + name, detail: detail))
  }

  mutating func add(_ more: [FieldError]) { errors += more.prefix(InvalidFields.reportedMax - errors.count) }

  /// The value of a member; nil when absent or `null`.
  func element(_ name: StaticString) -> JSONElement? {
    guard let value = root?[name], !value.isNull else { return nil }
    return value
  }

  /// An optional string of at most `charactersMax` Unicode scalars.
  mutating func text(_ name: StaticString, charactersMax: Int = .max) -> String? {
    guard let element = element(name) else { return nil }
    guard let text = element.string else {
      fail("\(name)", "must be a string")
      return nil
    }
    guard text.hasAtMost(charactersMax) else {
      fail("\(name)", "must have at most \(charactersMax) characters")
      return nil
    }
    return text
  }

  mutating func requiredText(_ name: StaticString, charactersMax: Int = .max) -> String? {
    guard element(name) != nil else {
      if isObject { fail("\(name)", "is required") }
      return nil
    }
    return text(name, charactersMax: charactersMax)
  }

  /// A required string with at least one character that is not white space.
  mutating func requiredProse(_ name: StaticString) -> String? {
    guard let text = requiredText(name) else { return nil }
    guard !text.isBlank else {
      fail("\(name)", "must not be blank")
      return nil
    }
    return text
  }

  func check() throws(InvalidFields) {
    if !errors.isEmpty { throw InvalidFields(errors: errors) }
  }
}

extension String {
  /// Whether the text has at most `count` Unicode scalars, without counting those of a text that is short in bytes.
  func hasAtMost(_ count: Int) -> Bool { utf8.count <= count || unicodeScalars.count <= count }

  /// Nothing but white space (Unicode property White_Space), or nothing at all.
  package var isBlank: Bool { unicodeScalars.allSatisfy { $0.isWhiteSpace } }
}

extension Unicode.Scalar {
  /// Unicode's property White_Space, which for ASCII needs no look into its tables.
  var isWhiteSpace: Bool { value < 0x80 ? value == 0x20 || value &- 0x09 < 5 : properties.isWhitespace }
}
