import Posix
import Privacy
import Records
import TrainingLog

/// Brings the manifest in step with files from which rows were taken: a version of its own, also in `versions.jsonl`.
struct ManifestRevision {
  private let directory: DataDirectory

  init(_ directory: DataDirectory) { self.directory = directory }

  /// What is counted of a file.
  private struct Count {
    var train = 0
    var test = 0
    var languages: [String: Int] = [:]
    var sha256 = ""
  }

  /// Leaves a manifest that fits the files, or one that cannot be read, as it is.
  func run(now: Timestamp) throws {
    guard let old = try readFile(directory.manifest), let root = try? JSONDocument(parsing: old).root else { return }
    let dataset = try count(directory.trainingData)
    let negatives = try count(directory.preferences)
    let files = root["files"]
    guard
      files?["training_data.jsonl"]?.string != dataset.sha256
        || files?["preferences.jsonl"]?.string != negatives.sha256
    else { return }
    var writer = JSONWriter()
    writer.object { object in
      for (key, value) in root.members {
        let name = key.string ?? ""
        object.key(name)
        switch name {
        case "version": object.string(String(dataset.sha256.prefix(16)))
        case "at": object.string(now.description)
        case "examples": object.integer(dataset.train + dataset.test)
        case "train": object.integer(dataset.train)
        case "test": object.integer(dataset.test)
        case "preferences": object.integer(negatives.train + negatives.test)
        case "languages": object.counts(dataset.languages)
        case "files":
          object.object { files in
            files.key("training_data.jsonl")
            files.string(dataset.sha256)
            files.key("preferences.jsonl")
            files.string(negatives.sha256)
          }
        default: object.value(value.value)
        }
      }
    }
    try DurableLines(directory.versions).append([writer.bytes])
    try AtomicFile.replace(directory.manifest, with: writer.bytes + [UInt8(ascii: "\n")])
    try DataCard(manifest: writer.bytes).write(to: directory)
  }

  private func count(_ path: String) throws -> Count {
    var count = Count()
    guard let file = try ReadOnlyFile.open(ifPresent: path) else { return count }
    var hash = SHA256()
    try LineReader().read(file) { line, _ in
      hash.update(line)
      hash.update([UInt8(ascii: "\n")])
      guard let row = try? JSONDocument(parsing: line).root else { return }
      switch row["split"]?.string.flatMap(Side.init(rawValue:)) {
      case .train: count.train += 1
      case .test: count.test += 1
      case nil: return
      }
      if let language = row["language"]?.string, !language.isEmpty { count.languages[language, default: 0] += 1 }
    }
    count.sha256 = hash.finalize().hex
    return count
  }
}
