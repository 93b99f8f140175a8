import Posix
import Records
import TrainingLog

/// What lies beside an exported file: `FILE.manifest.json`, and `dataset_info.json` for LLaMA-Factory.
package struct ExportSidecars {
  package enum Failure: Error, CustomStringConvertible {
    /// Somebody else's file would be lost.
    case strangeDatasetInfo

    package var description: String {
      "dataset_info.json beside the output is no JSON object; move it away, and export again"
    }
  }

  private let path: String
  private let order: Order
  private let name: String
  private let known: [(name: String, value: JSONValue)]

  /// What was asked for.
  package struct Order {
    package var format: ExportFormat
    package var split: String
    package var language: String?
    package var minScore: Int
    package var systemPrompt: String?

    package init(
      format: ExportFormat, split: String = "all", language: String? = nil, minScore: Int = 0,
      systemPrompt: String? = nil
    ) {
      self.format = format
      self.split = split
      self.language = language
      self.minScore = minScore
      self.systemPrompt = systemPrompt
    }
  }

  /// To be made before the export, which a strange `dataset_info.json` stops.
  ///
  /// - Parameter path: of the exported file.
  package init(_ path: String, _ order: Order) throws {
    self.path = path
    self.order = order
    let slash = path.lastIndex(of: "/")
    name = slash.map { String(path[path.index(after: $0)...]) } ?? path
    info = (slash.map { String(path[...$0]) } ?? "") + "dataset_info.json"
    guard let content = try readFile(info) else {
      known = []
      return
    }
    guard let root = try? JSONDocument(parsing: content).root, root.kind == .object else {
      throw Failure.strangeDatasetInfo
    }
    known = root.members.map { ($0.key.string ?? "", $0.value.value) }
  }

  private let info: String

  /// - Parameters:
  ///   - sha256: of the file as it lies there, in hexadecimal.
  ///   - bytes: its size.
  ///   - version: of the dataset; "" where it has none.
  package func write(_ outcome: ExportOutcome, sha256: String, bytes: Int, version: String) throws(SystemError) {
    try AtomicFile.replace(
      path + ".manifest.json",
      with: manifest(outcome, sha256: sha256, bytes: bytes, version: version) + [UInt8(ascii: "\n")], keepsOwner: true)
    // Other exports to the same folder keep their entries; one that LLaMA-Factory cannot load has none.
    guard let entry = entry(outcome) else { return }
    var writer = JSONWriter()
    writer.object { object in
      for (name, value) in known where name != stem {
        object.key(name)
        object.value(value)
      }
      object.key(stem)
      object.value(entry)
    }
    try AtomicFile.replace(info, with: writer.bytes + [UInt8(ascii: "\n")], keepsOwner: true)
  }

  private func manifest(_ outcome: ExportOutcome, sha256: String, bytes: Int, version: String) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { object in
      for (key, text) in [
        ("file", name), ("sha256", sha256), ("format", order.format.rawValue), ("dataset_version", version),
        ("split", order.split), ("language", order.language ?? ""), ("system_prompt", order.systemPrompt ?? ""),
      ] {
        object.key(key)
        object.string(text)
      }
      for (key, count) in [
        ("min_score", order.minScore), ("bytes", bytes), ("rows", outcome.rows), ("train", outcome.train),
        ("test", outcome.test),
      ] {
        object.count(key, count)
      }
      outcome.writeDetails(to: &object)
    }
    return writer.bytes
  }

  /// The name under which LLaMA-Factory knows the file.
  private var stem: String { name.hasSuffix(".jsonl") ? String(name.dropLast(6)) : name }

  /// For `data/dataset_info.json` (LLaMA-Factory, `data/README.md`). It goes by the ending of a file, and reads neither
  /// compressed ones nor TRL's conversational columns.
  private func entry(_ outcome: ExportOutcome) -> JSONValue? {
    guard name.hasSuffix(".jsonl") else { return nil }
    var members: [(name: String, value: JSONValue)] = [("file_name", .string(name))]
    func texts(_ pairs: KeyValuePairs<String, String>) -> JSONValue {
      .object(pairs.map { JSONValue.Member(name: $0.key, value: .string($0.value)) })
    }
    switch order.format {
    case .messages, .openai:
      members += [
        ("formatting", .string("sharegpt")), ("columns", texts(["messages": "messages"])),
        (
          "tags",
          texts([
            "role_tag": "role", "content_tag": "content", "user_tag": "user", "assistant_tag": "assistant",
            "system_tag": "system", "observation_tag": "tool",
          ])
        ),
      ]
    case .sharegpt:
      members += [
        ("formatting", .string("sharegpt")), ("columns", texts(["messages": "conversations"])),
        (
          "tags",
          texts([
            "role_tag": "from", "content_tag": "value", "user_tag": "human", "assistant_tag": "gpt",
            "system_tag": "system", "observation_tag": "tool",
          ])
        ),
      ]
    case .alpaca:
      let columns: KeyValuePairs =
        outcome.hasSystem
        ? ["prompt": "instruction", "query": "input", "response": "output", "system": "system"]
        : ["prompt": "instruction", "query": "input", "response": "output"]
      members += [("formatting", .string("alpaca")), ("columns", texts(columns))]
    case .promptCompletion, .kto, .dpo: return nil
    }
    return .object(members.map { JSONValue.Member(name: $0.name, value: $0.value) })
  }
}
