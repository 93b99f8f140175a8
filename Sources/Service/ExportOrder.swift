import Curation
import HTTPWire
import Posix
import Records
import TrainingLog

/// What `GET /v1/export` asks for.
struct ExportOrder: Sendable {
  private(set) var format = ExportFormat.messages
  private(set) var split = "all"
  private(set) var language: String?
  private(set) var minScore = 0

  private static let known = ["format", "split", "language", "min_score"]
  private static let languageCharactersMax = 128

  /// From decoded query parameters. A parameter with a broken rule is named by its pointer, an unknown one by the
  /// nearest known name, no value ever.
  init(_ parameters: [(name: String, value: String)]) throws(Problem) {
    var errors: [FieldError] = []
    func fail(_ name: String, _ detail: String) { errors.append(FieldError(pointer: "/" + name, detail: detail)) }
    for (name, _) in parameters where !Self.known.contains(name) {
      let nearest = NearestName.find(for: name, among: Self.known)
      errors.append(
        FieldError(pointer: "", detail: "has an unknown parameter; the nearest known name is \"\(nearest)\""))
    }
    for name in Self.known {
      let values = parameters.filter { $0.name == name }.map(\.value)
      guard let value = values.first else { continue }
      guard values.count == 1 else {
        fail(name, "must stand once")
        continue
      }
      switch name {
      case "format":
        guard let known = ExportFormat(rawValue: value) else {
          fail(name, "must be one of " + ExportFormat.allCases.map(\.rawValue).joined(separator: ", "))
          continue
        }
        format = known
      case "split":
        if ExportFilter.splits.contains(value) { split = value } else { fail(name, "must be train, test or all") }
      case "language":
        if value.unicodeScalars.count > Self.languageCharactersMax {
          fail(name, "must have at most \(Self.languageCharactersMax) characters")
        }
        language = value
      default:
        // One digit, unlike the "+5" that Int takes.
        if value.utf8.count == 1, let score = Int(value), ExportFilter.scores.contains(score) {
          minScore = score
        } else {
          fail(name, "must be a whole number from 0 to 5")
        }
      }
    }
    guard errors.isEmpty else { throw Problem.invalidParameters(errors) }
  }

  /// - Parameter audit: for each run of it one that notes it.
  func answer(
    _ directory: DataDirectory, _ erasures: ErasureJournal, audit: @escaping @Sendable () -> ExportAudit
  ) -> StreamedAnswer {
    StreamedAnswer(
      begin: response,
      write: { check, sink in
        let audit = audit()
        _ = try audit.run {
          try DatasetExport(directory: directory, erasures: erasures).write(
            format: format, split: split, language: language, minScore: minScore, eachRow: check
          ) { line in
            audit.begin()
            try sink(line)
            audit.count()
          }
        }
      },
      probe: {
        guard Directories.exists(directory.trainingData) else { throw DatasetExport.Failure.noDataset }
      },
      refusal: { $0 as? DatasetExport.Failure == .noDataset ? .noDataset : .internalError })
  }

  /// The head of the answer, and its first bytes.
  private func response(_ body: [UInt8], isCompressed: Bool) -> Response {
    let name = "training_data-\(format.rawValue)" + (split == "all" ? "" : "-\(split)")
    return .lines(
      body, isCompressed: isCompressed, more: [("Content-Disposition", "attachment; filename=\"\(name).jsonl\"")])
  }
}

extension Response {
  /// The head of a stream of JSON lines, and its first bytes.
  static func lines(_ body: [UInt8], isCompressed: Bool, more fields: [(String, String)] = []) -> Response {
    Response(
      status: 200,
      fields: [("Content-Type", "application/x-ndjson")] + fields
        + (isCompressed ? [("Content-Encoding", "gzip")] : [])
        + [("Vary", "Accept-Encoding"), ("Cache-Control", "no-store")],
      body: body)
  }
}

extension Problem {
  static let noDataset = Problem(
    status: 404, code: "no_dataset", title: "No Dataset", detail: "There is no dataset yet; run the curator first.")
  static let exportsBusy = unavailable("Too many exports are under way. Try again later.")

  fileprivate static func invalidParameters(_ errors: [FieldError]) -> Problem {
    Problem(
      status: 422, code: "invalid_fields", title: "Invalid Fields", detail: "Some parameters break a rule.",
      errors: errors)
  }
}
