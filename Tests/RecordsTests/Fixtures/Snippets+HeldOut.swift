extension Snippets {
  /// Written after the detector was frozen; the first run on them is recorded in the test.
  static let heldOut: [Snippet] = heldOutCode + heldOutTalk

  private static let heldOutCode: [Snippet] = [
    Snippet(
      "python", "",
      """
      Can this be faster?

      seen = set()
      dupes = []
      for name in names:
          if name in seen:
              dupes.append(name)
          else:
              seen.add(name)
      """),
    Snippet(
      "python", "fastapi",
      """
      I get 422 for every request:
      ```
      @app.post("/orders")
      async def create(order: OrderIn, db: Session = Depends(get_db)):
          return crud.create(db, order)
      ```
      FastAPI says "field required".
      """),
    Snippet(
      "python", "django",
      """
      class ArticleSerializer(serializers.ModelSerializer):
          class Meta:
              model = Article
              fields = ["id", "title"]
      """,
      answer: "In Django REST framework, add a `SerializerMethodField`."),
    Snippet(
      "python", "",
      """
      Traceback (most recent call last):
        File "/srv/job.py", line 3, in <module>
          from helpers import run
      ImportError: cannot import name 'run' from partially initialized module 'helpers'
      """),
    Snippet(
      "javascript", "",
      """
      function debounce(fn, ms) {
        let timer;
        return function (...args) {
          clearTimeout(timer);
          timer = setTimeout(() => fn.apply(this, args), ms);
        };
      }
      """),
    Snippet(
      "javascript", "express",
      """
      app.post('/upload', upload.single('file'), (req, res) => {
        if (!req.file) return res.status(400).json({ error: 'no file' });
        res.json({ name: req.file.originalname });
      });
      """),
    Snippet(
      "typescript", "",
      """
      function pick<T, K extends keyof T>(obj: T, keys: K[]): Pick<T, K> {
        return Object.fromEntries(keys.map((k) => [k, obj[k]])) as Pick<T, K>;
      }
      """),
    Snippet(
      "typescript", "react",
      """
      ```tsx
      export function Search({ onQuery }: { onQuery: (q: string) => void }) {
        const [q, setQ] = useState("");
        return <input value={q} onChange={(e) => setQ(e.target.value)} />;
      }
      ```
      """),
    Snippet(
      "typescript", "angular",
      """
      @Injectable({ providedIn: 'root' })
      export class ApiService {
        private readonly http = inject(HttpClient);
        users$ = this.http.get<User[]>('/api/users').pipe(retry(2));
      }
      """,
      answer: "In Angular the async pipe unsubscribes for you."),
    Snippet(
      "java", "",
      """
      synchronized (lock) {
          while (queue.isEmpty()) {
              lock.wait();
          }
          return queue.poll();
      }
      """,
      answer: "In Java, prefer a `BlockingQueue` and call `take()`."),
    Snippet(
      "java", "spring",
      """
      ```java
      @Service
      public class Mailer {
          @Async
          @Transactional
          public void send(Long id) { repo.findById(id).ifPresent(this::deliver); }
      }
      ```
      """),
    Snippet(
      "kotlin", "",
      """
      sealed interface Result<out T>
      data class Ok<T>(val value: T) : Result<T>
      object Loading : Result<Nothing>

      fun <T> Result<T>.orNull(): T? = when (this) {
          is Ok -> value
          Loading -> null
      }
      """),
    Snippet(
      "swift", "",
      """
      enum Loading<Value> {
        case idle
        case loaded(Value)
      }

      extension Loading where Value: Collection {
        var isEmpty: Bool {
          if case .loaded(let v) = self { return v.isEmpty }
          return true
        }
      }
      """),
    Snippet(
      "swift", "swiftui",
      """
      struct Row: View {
        let title: String
        @Binding var isOn: Bool
        var body: some View {
          HStack { Text(title); Toggle("", isOn: $isOn) }
        }
      }
      """),
    Snippet(
      "go", "",
      """
      func worker(id int, jobs <-chan int, results chan<- int) {
      \tfor j := range jobs {
      \t\tresults <- j * 2
      \t}
      }
      """),
    Snippet(
      "go", "",
      """
      ./main.go:14:2: declared and not used: total
      ./main.go:3:8: "os" imported and not used
      """),
    Snippet(
      "rust", "",
      """
      #[derive(Debug, Clone)]
      enum Shape { Circle(f64), Square(f64) }

      impl Shape {
          fn area(&self) -> f64 {
              match self { Shape::Circle(r) => 3.14 * r * r, Shape::Square(s) => s * s }
          }
      }
      """),
    Snippet(
      "rust", "tokio",
      """
      let handle = tokio::spawn(async move {
          let mut interval = tokio::time::interval(Duration::from_secs(5));
          loop { interval.tick().await; poll(&client).await; }
      });
      """),
    Snippet(
      "c", "",
      """
      #define MAX 16
      static int stack[MAX];
      static int top = -1;

      int pop(void) {
          if (top < 0) return -1;
          return stack[top--];
      }
      """),
    Snippet(
      "cpp", "",
      """
      for (const auto& [key, value] : counts) {
          std::cout << key << ": " << value << '\\n';
      }
      """),
    Snippet(
      "csharp", "",
      """
      public async Task<IReadOnlyList<Order>> GetOpenAsync(CancellationToken ct)
      {
          return await _context.Orders.Where(o => !o.Closed).ToListAsync(ct);
      }
      """),
    Snippet(
      "ruby", "",
      """
      totals = orders.group_by(&:region).transform_values do |list|
        list.sum(&:amount)
      end
      puts totals.inspect
      """),
    Snippet(
      "ruby", "rails",
      """
      class UsersController < ApplicationController
        before_action :authenticate
        def show
          @user = User.find(params[:id])
        end
      end
      """),
    Snippet(
      "php", "",
      """
      $names = array_filter($users, fn($u) => $u['age'] > 18);
      echo count($names);
      """),
    Snippet(
      "bash", "",
      """
      while IFS= read -r line; do
        printf '%s\\n' "$line"
      done < input.txt
      """),
    Snippet(
      "bash", "", "chmod: cannot access 'deploy.sh': No such file or directory\n\n$ cd scripts && chmod +x deploy.sh"),
    Snippet(
      "powershell", "",
      "Get-Process | Sort-Object CPU -Descending | Select-Object -First 5 Name, CPU"),
    Snippet(
      "sql", "",
      """
      WITH ranked AS (
        SELECT id, customer_id, ROW_NUMBER() OVER (PARTITION BY customer_id ORDER BY created_at DESC) AS rn
        FROM orders
      )
      SELECT * FROM ranked WHERE rn = 1;
      """),
    Snippet("html", "", "<form action=\"/send\" method=\"post\">\n  <button type=\"submit\">Send</button>\n</form>"),
    Snippet("css", "", ".menu > li:hover {\n  color: red;\n  font-weight: bold;\n  text-align: left;\n}"),
    Snippet("json", "", "[\n  {\"id\": 1, \"tags\": [\"a\"]},\n  {\"id\": 2, \"tags\": []}\n]"),
    Snippet("yaml", "", "stages:\n  - build\n  - test\nunit:\n  stage: test\n  script:\n    - make check"),
    Snippet(
      "toml", "", "[project]\nname = \"demo\"\nrequires-python = \">=3.11\"\n\n[project.scripts]\ndemo = \"demo:main\""),
    Snippet(
      "dockerfile", "",
      "FROM python:3.12-slim\nCOPY . /app\nRUN pip install -r /app/requirements.txt\nENTRYPOINT [\"python\", \"/app/main.py\"]"
    ),
    Snippet("terraform", "", "output \"ip\" {\n  value = aws_instance.web.public_ip\n}"),
    Snippet("r", "", "model <- lm(mpg ~ wt, data = mtcars)\nsummary(model)\nplot(mtcars$wt, mtcars$mpg)"),
    Snippet(
      "haskell", "",
      "quicksort :: Ord a => [a] -> [a]\nquicksort [] = []\nquicksort (p:xs) = quicksort [x | x <- xs, x < p] ++ [p]"),
    Snippet(
      "dart", "flutter",
      "```dart\n@override\nvoid initState() {\n  super.initState();\n  _load();\n}\n```\nsetState() called after dispose() in my Flutter page"
    ),
    Snippet("lua", "", "```lua\nlocal t = setmetatable({}, { __mode = \"k\" })\n```"),
    Snippet(
      "scala", "", "val total = xs.foldLeft(0)(_ + _)\nsealed trait Shape\ncase class Circle(r: Double) extends Shape"),
  ]
}
