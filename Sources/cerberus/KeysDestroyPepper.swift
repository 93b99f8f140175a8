import ArgumentParser
import Records
import TrainingLog

struct KeysDestroyPepper: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "destroy-pepper",
    abstract: "Destroys an old pepper: nobody can find the records under it by the ids of their users any more.",
    discussion: """
      Says first what is lost, and does it only with --yes. A server that runs has to be stopped first (75). What backups \
      with --with-pepper have of it is not reached, and what an old block of the disk may have.
      """)

  @OptionGroup var data: DataOptions
  @Option(help: "Which, as this command lists them; repeatable. Not needed where there is only one.")
  var id: [String] = []
  @Flag(help: "Do it.") var yes = false
  @Flag(help: "What is lost as JSON.") var json = false

  private struct Loss {
    let pepper: FormerPepper
    let records: Int
    let users: Int
  }

  func run() throws {
    try data.requireDirectory()
    let log = try data.openLog()
    let known = log.secrets.formerPeppers
    guard !known.isEmpty else { throw fail(.failed, "there is no old pepper") }
    guard id.allSatisfy({ id in known.contains { $0.id == id } }) else {
      throw fail(.failed, "there is no old pepper of that id; these are there: \(Self.list(known))")
    }
    let chosen = known.filter { id.contains($0.id) || (id.isEmpty && known.count == 1) }
    let isDone = yes && !chosen.isEmpty
    let losses: [Loss]
    do {
      losses = try (chosen.isEmpty ? known : chosen).map { pepper in
        let loss = try log.loss(of: pepper)
        return Loss(pepper: pepper, records: loss.records, users: loss.users)
      }
    } catch { throw fail(.inputOutput, "the records could not be counted: \(StorageFault.reason(error))") }
    if !json { tell(losses) }
    if isDone {
      do { try log.destroyPeppers(Set(chosen.map(\.id)), now: SystemClock().now) } catch {
        throw fail(.inputOutput, "the pepper could not be destroyed: \(StorageFault.reason(error))")
      }
      for loss in losses {
        data.audit(
          .destroyPepper, counts: [("records", loss.records), ("pseudonyms", loss.users)], reference: loss.pepper.id)
      }
    }
    if json { try output(Self.json(losses, isDone: isDone)) }
    guard !isDone else { return say("cerberus: destroyed") }
    say("cerberus: nothing was done; " + (chosen.isEmpty ? "name those to be destroyed by --id" : "--yes does it"))
    throw ExitCode.validationFailure
  }

  private func tell(_ losses: [Loss]) {
    for loss in losses {
      say(
        "cerberus: pepper \(loss.pepper.id), replaced \(loss.pepper.replaced): up to \(loss.records) records of "
          + "\(loss.users) pseudonyms, by the time in their ids")
    }
    say(
      """
      cerberus: what is lost with a pepper: its records are not erased, exported or counted for a user by the user's id \
      any more (erase single ones by example_id; the retention removes all of them); a refusal that comes later does not \
      reach them, one that is there stays; a record that is sent again is answered with 422; a user who comes for the \
      first time since the rotation may get the other side of the split. Nobody can undo it.
      """)
  }

  private static func list(_ peppers: [FormerPepper]) -> String { peppers.map(\.id).joined(separator: ", ") }

  private static func json(_ losses: [Loss], isDone: Bool) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { object in
      object.key("destroyed")
      object.bool(isDone)
      object.key("peppers")
      object.array { list in
        for loss in losses {
          list.object { object in
            object.key("id")
            object.string(loss.pepper.id)
            object.key("replaced")
            object.string(loss.pepper.replaced.description)
            object.key("records")
            object.integer(loss.records)
            object.key("pseudonyms")
            object.integer(loss.users)
          }
        }
      }
    }
    return writer.bytes + [UInt8(ascii: "\n")]
  }
}
