import Posix

/// What a service manager such as systemd leaves in the environment, and how it is answered.
enum ServiceNotes {
  /// The listening socket of socket activation; nil where there is none. To be called once.
  static func listener() throws -> Descriptor? {
    do throws(ServiceManager.Failure) {
      return try ServiceManager.listener(processID: environment("LISTEN_PID"), count: environment("LISTEN_FDS"))
    } catch { throw fail(.configuration, error.description) }
  }

  /// Says how the service is, if anyone wants to know. A manager that does not hear is no reason to stop.
  static func tell(_ state: String) {
    guard let name = environment("NOTIFY_SOCKET") else { return }
    do throws(SystemError) {
      try ServiceManager.notify(state, at: name)
    } catch { say("cerberus: the service manager cannot be told \(state): \(error)") }
  }
}
