import Dispatch

/// Streamed answers, made on a queue of their own and handed over in chunks.
extension Collector {
  /// A new serial queue for each: it gets a thread at once. On a concurrent one a reader that waits for its peer would
  /// hold up the others, since the pool grows by a thread a second.
  func produce(
    _ answer: StreamedAnswer, to stream: ExportStream, _ deliver: @escaping @Sendable (ExportStream.Event) -> Void
  ) {
    DispatchQueue(label: "cerberus.export", qos: .utility).async {
      StreamProducer(answer, stream: stream, deliver: deliver).run()
    }
  }
}
