import Posix
import TrainingLog

/// `GET /metrics`.
extension Collector {
  func metrics() -> String {
    var metrics = MetricsText()
    metrics.add(
      "cerberus_build_info", .gauge, "Always 1; the version is a label.", [([("version", Self.version)], 1)])
    requests.write(to: &metrics)
    outcomes.write(to: &metrics)
    addLog(to: &metrics)
    addStored(to: &metrics)
    metrics.add("cerberus_connections", .gauge, "Open connections.", connections.load(ordering: .relaxed))
    refusals.write(to: &metrics)
    silences.write(to: &metrics)
    metrics.add(
      "cerberus_log_lines_dropped_total", .counter, "Lines of the event log that nobody took.",
      eventLog.sink.dropped)
    if let process = ProcessFigures.read() { Self.add(process, to: &metrics) }
    return metrics.text
  }

  /// How the log works.
  private func addLog(to metrics: inout MetricsText) {
    let work = log.counters.work
    let commit = log.commit.figures
    metrics.add("cerberus_commits_total", .counter, "Batches made durable.", work.commits)
    metrics.add("cerberus_commit_syncs_total", .counter, "Calls of fdatasync.", work.syncs)
    metrics.add("cerberus_commit_records_total", .counter, "Records and ratings decided on.", work.records)
    metrics.add(
      "cerberus_commit_failures_total", .counter, "Batches that could not be made durable.", work.failures)
    metrics.add(
      "cerberus_commit_duration_seconds", "Deciding on a batch, writing and syncing it.", [([], commit.times)])
    metrics.add(
      "cerberus_commit_queue_records", .gauge, "Records and ratings that wait for the disk or are being written.",
      commit.waiting)
    metrics.add(
      "cerberus_scrub_duration_seconds", "Scrubbing one conversation.", [([], log.scrubTimes.histogram)])
    metrics.add(
      "cerberus_index_ready", .gauge,
      "1 when the index is in step with the files; until then what needs it is answered 503.", log.isIndexed ? 1 : 0)
    metrics.add(
      "cerberus_damaged_lines", .gauge, "Lines and parts of files that could not be read at the start.",
      log.damagedLines.count)
    metrics.add("cerberus_index_failures_total", .counter, "Index transactions that failed.", work.indexFailures)
    metrics.add(
      "cerberus_index_lag_records", .gauge, "Records in the log that the index file does not know of yet.",
      commit.indexLag)
    metrics.add(
      "cerberus_maintenance_failed", .gauge, "1 since the daily work has failed, until it is done.",
      maintenanceFailure.withLock { $0 == nil ? 0 : 1 })
    // Where it cannot be read, there is no figure rather than a wrong one.
    if let free = try? Directories.freeBytes(directory.root) {
      metrics.add("cerberus_disk_free_bytes", .gauge, "Free in the file system of the data directory.", free)
    }
  }

  /// What the log holds.
  private func addStored(to metrics: inout MetricsText) {
    metrics.add(
      "cerberus_refused_conversations_total", .counter, "Conversations not stored since their user refuses it.",
      log.counters.work.refused)
    metrics.add(
      "cerberus_refusing_users", .gauge, "Users with a refusal in force.", log.consent.refusingUsers)
    metrics.add("cerberus_erased_records", .gauge, "Records erased on request, ever.", log.erasures.erasedRecords)
    // The books come with the index.
    guard log.isIndexed else { return }
    let all = log.counters.tallies[.total, "all"]
    metrics.add("cerberus_conversations", .gauge, "Records held now.", all.conversations)
    metrics.add("cerberus_rated_conversations", .gauge, "Of these, rated.", all.rated)
    metrics.add("cerberus_high_quality_conversations", .gauge, "Of these, of high quality.", all.highQuality)
  }

  private static func add(_ process: ProcessFigures, to metrics: inout MetricsText) {
    metrics.add(
      "process_cpu_seconds_total", .counter, "User and system time spent, in seconds.", process.cpuSeconds)
    metrics.add("process_resident_memory_bytes", .gauge, "Resident memory.", process.residentBytes)
    metrics.add("process_virtual_memory_bytes", .gauge, "Virtual memory.", process.virtualBytes)
    metrics.add("process_open_fds", .gauge, "Open file descriptors.", process.openDescriptors)
    metrics.add("process_max_fds", .gauge, "File descriptors that may be open.", process.descriptorsMax)
    metrics.add("process_threads", .gauge, "Threads.", process.threads)
    metrics.add(
      "process_start_time_seconds", .gauge, "Start of the process, in seconds since the epoch.",
      process.startSeconds)
  }
}
