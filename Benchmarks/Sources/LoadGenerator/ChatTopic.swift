/// What a made-up conversation is about: one question and one answer, with the names filled in.
struct ChatTopic: Sendable {
  typealias Text = @Sendable (DeveloperChat.Names) -> String

  let question: Text
  let answer: Text

  static let all = [swiftActor, pythonQuery, reactEffect, goChannel, rustBorrow, sqlIndex]

  static let swiftActor = ChatTopic(
    question: {
      """
      My \($0.entity) store is an actor, but `\($0.function)` still shows stale data when two views call it at once. \
      Line \($0.line) suspends in the middle. How do I keep the cache consistent without a lock?
      """
    },
    answer: {
      """
      An actor protects its state between suspension points, not across them. While `\($0.function)` awaits, another \
      call may enter and read the old value. Keep the running task in the cache, so that the second caller waits for \
      the first:

      ```swift
      actor \($0.entity)Store {
        private var running: [\($0.entity).ID: Task<\($0.entity), any Error>] = [:]

        func \($0.function)(_ id: \($0.entity).ID) async throws -> \($0.entity) {
          if let task = running[id] { return try await task.value }
          let task = Task { try await api.fetch("\($0.field)/\\(id)") }
          running[id] = task
          defer { running[id] = nil }
          return try await task.value
        }
      }
      ```
      """
    })

  static let pythonQuery = ChatTopic(
    question: {
      """
      This endpoint takes 4 s for \($0.count) rows and the profiler shows one query per row:

      ```python
      def \($0.function)(request):
          rows = \($0.entity).objects.filter(active=True)
          return [{"id": r.id, "\($0.field)": r.customer.\($0.field)} for r in rows]
      ```
      """
    },
    answer: {
      """
      Each access to `r.customer` fetches one row, so that \($0.count) rows cost \($0.count) round trips. Ask for the \
      join in the query, and only for the columns that you use:

      ```python
      def \($0.function)(request):
          rows = (
              \($0.entity).objects.filter(active=True)
              .select_related("customer")
              .only("id", "customer__\($0.field)")
          )
          return [{"id": r.id, "\($0.field)": r.customer.\($0.field)} for r in rows.iterator()]
      ```

      `select_related` follows foreign keys with a JOIN; for many-to-many relations use `prefetch_related`.
      """
    })

  static let reactEffect = ChatTopic(
    question: {
      """
      The \($0.entity) page requests `/api/\($0.field)?limit=\($0.count)` in an endless loop since I moved the options \
      into the component. Console: "Maximum update depth exceeded", \($0.entity)List.tsx:\($0.line). What changed?
      """
    },
    answer: {
      """
      The options object is new on every render, so the effect sees a changed dependency each time, sets state, and \
      renders again. Depend on the values inside it and cancel the request that is no longer wanted:

      ```tsx
      export function \($0.entity)List({ limit }: { limit: number }) {
        const [items, setItems] = useState<\($0.entity)[]>([]);
        useEffect(() => {
          const controller = new AbortController();
          fetch(`/api/\($0.field)?limit=${limit}`, { signal: controller.signal })
            .then((r) => r.json())
            .then(setItems)
            .catch((e) => { if (e.name !== "AbortError") throw e; });
          return () => controller.abort();
        }, [limit]);
        return <ul>{items.map((i) => <li key={i.id}>{i.\($0.field)}</li>)}</ul>;
      }
      ```
      """
    })

  static let goChannel = ChatTopic(
    question: {
      """
      `fatal error: all goroutines are asleep - deadlock!` in worker.go:\($0.line) as soon as more than \($0.count) \
      \($0.entity) values are queued. The workers range over the channel and the main goroutine waits for the group.
      """
    },
    answer: {
      """
      Nobody closes the channel, so the workers wait for the next value for ever and `Wait` never returns. The sender \
      closes, once it has sent everything, and results need a reader of their own:

      ```go
      func \($0.function)(ctx context.Context, in []\($0.entity)) error {
      	jobs := make(chan \($0.entity))
      	g, ctx := errgroup.WithContext(ctx)
      	for i := 0; i < runtime.NumCPU(); i++ {
      		g.Go(func() error {
      			for job := range jobs {
      				if err := store(ctx, job.\($0.field)); err != nil {
      					return fmt.Errorf("\($0.function): %w", err)
      				}
      			}
      			return nil
      		})
      	}
      	for _, job := range in {
      		select {
      		case jobs <- job:
      		case <-ctx.Done():
      		}
      	}
      	close(jobs)
      	return g.Wait()
      }
      ```
      """
    })

  static let rustBorrow = ChatTopic(
    question: {
      """
      error[E0502]: cannot borrow `self.items` as mutable because it is also borrowed as immutable, src/lib.rs:\
      \($0.line). I only want to \($0.function) the first \($0.entity) whose \($0.field) is \($0.count). Do I need to clone?
      """
    },
    answer: {
      """
      No clone. The reference that `find` returns keeps the whole vector borrowed while you push to it. Take the \
      position first, which is a plain number, and borrow again afterwards:

      ```rust
      impl Registry {
          pub fn \($0.function)(&mut self, wanted: u64) -> Option<&\($0.entity)> {
              let at = self.items.iter().position(|item| item.\($0.field) == wanted)?;
              let item = self.items.remove(at);
              self.recent.push(item.id);
              self.items.insert(0, item);
              self.items.first()
          }
      }
      ```
      """
    })

  static let sqlIndex = ChatTopic(
    question: {
      """
      Postgres reads the whole table (\($0.count) rows a page) although there is an index on `\($0.field)`:

      ```sql
      SELECT * FROM \($0.entity)s WHERE lower(\($0.field)) = $1 ORDER BY id DESC LIMIT 20;
      ```
      """
    },
    answer: {
      """
      The index stores `\($0.field)`, the query asks for `lower(\($0.field))`: to the planner these are two different \
      values. Index the expression, and put the sort key behind it, so that the 20 rows come out in order:

      ```sql
      CREATE INDEX CONCURRENTLY \($0.function)_\($0.field)_idx
          ON \($0.entity)s (lower(\($0.field)), id DESC);
      ANALYZE \($0.entity)s;
      EXPLAIN (ANALYZE, BUFFERS)
      SELECT id, \($0.field) FROM \($0.entity)s WHERE lower(\($0.field)) = 'x' ORDER BY id DESC LIMIT 20;
      ```
      """
    })

  /// Sentences that bring an answer to its length. Enough of them for the longest.
  static let notes: [Text] = [
    { "Measure before and after with the same input of \($0.count) rows; a warm cache hides most of the difference." },
    {
      "Write the failing test first: two calls of `\($0.function)` at the same time, then one assertion on `\($0.field)`."
    },
    {
      "If `\($0.field)` can be missing, decide at the edge what that means; every later check then becomes unnecessary."
    },
    { "Log the id of the \($0.entity), never its content – support needs the first, nobody should read the second." },
    { _ in "The default timeout is 30 s. For a request that a person waits for, 2 s and one retry are a better start."
    },
    { "Keep the old column for one release, write to both, and drop it when no reader of `\($0.field)` is left." },
    { "Line \($0.line) can then go: nothing else depends on the order in which the callbacks arrive." },
    { "A retry must be safe: send the same key with each attempt, so that one \($0.entity) is stored once." },
    { _ in "The naïve version is quadratic. You will not notice it with ten elements, and you will with ten thousand."
    },
    { "Name the limit: `let batchRowsMax = \($0.count)` says more than the bare number in the middle of a loop." },
    { _ in
      "The warning about an unused result is right here; use the value or say `_ =` so that the reader sees the intent."
    },
    {
      "`\($0.function)` should return what it did instead of printing it; then the command line and the test can share it."
    },
    { _ in
      "Pin the version in the lock file and let the build check it; a silent minor update caused the last two outages."
    },
    { "Move the conversion of `\($0.field)` into the initialiser: a \($0.entity) that exists is then a valid one." },
  ]
}
