import ArgumentParser
import Posix
import Records
import TrainingLog

struct MakeBackup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup", abstract: "Writes everything that cannot be made anew into one tar archive.",
    discussion: """
      Works beside a running server. The pepper, and old ones, are left out unless --with-pepper. Damage keeps nothing out \
      of it: the archive has all bytes as they are, and what is not as it was stored is named on stderr.
      """)

  @OptionGroup var data: DataOptions
  @Option(help: "The archive to write; one that is there is replaced once the new one is whole.") var output: String
  @Flag(help: "Put the pepper in too: whoever has the archive can then find users by their ids.") var withPepper = false
  @Flag(help: "The report as JSON.") var json = false

  func run() throws {
    try data.requireDirectory()
    let place = try data.place(of: output)
    let pepperFile = try OptionSources(config: data.config).text(.pepperFile)
    let backup = Backup(data.directory, pepperFile: pepperFile, tool: "cerberus 0.1.0")
    let bar = ProgressBar(label: "backup", total: data.storedBytes)
    defer { bar.finish() }
    do {
      var damage: VerificationReport?
      let manifest = try backup.write(
        to: place, withPepper: withPepper, now: SystemClock().now, progress: { bar.show($0) }, damaged: { damage = $0 }
      )
      bar.finish()
      if let damage { tell(of: damage) }
      data.audit(
        .backup, counts: [("files", manifest.files.count), ("records", manifest.records), ("bytes", manifest.bytes)],
        reference: manifest.made.description)
      try manifest.show(asJSON: json, faults: damage?.faultCount ?? 0)
    } catch let failure as Backup.Failure {
      if case .unsettled = failure { throw fail(.tryLater, failure.description) }
      throw fail(.configuration, failure.description)
    } catch let error as SystemError {
      throw fail(.inputOutput, "the backup cannot be written: \(error)")
    }
  }

  private static let faultsTold = 20

  private func tell(of damage: VerificationReport) {
    for fault in damage.faults.prefix(Self.faultsTold) { say("cerberus: damaged, and backed up as it is: \(fault)") }
    let more = damage.faultCount - Self.faultsTold
    if more > 0 { say("cerberus: and \(more) faults more; `cerberus verify` names them") }
  }
}

extension BackupManifest {
  /// - Parameter faults: lines that were found damaged.
  func show(asJSON: Bool, faults: Int) throws {
    guard asJSON else {
      let pepper = hasPepper ? "with" : "without"
      return try cerberus.output(
        [
          Figure.count(files.count, "file"), Figure.count(records, "record"), Figure.bytes(Double(bytes)),
          "\(pepper) the pepper\n",
        ].joined(separator: ", ").utf8)
    }
    var writer = JSONWriter()
    writer.object { object in
      object.key("made")
      object.string(made.description)
      for (name, value) in [("files", files.count), ("records", records), ("bytes", bytes)]
        as [(StaticString, Int)]
      {
        object.key(name)
        object.integer(value)
      }
      object.key("pepper")
      object.bool(hasPepper)
      object.key("faults")
      object.integer(faults)
    }
    try cerberus.output(writer.bytes + [UInt8(ascii: "\n")])
  }
}
