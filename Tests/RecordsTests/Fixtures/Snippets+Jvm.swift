extension Snippets {
  static let jvm: [Snippet] = [
    Snippet("java", "", "```java\nList<String> names = new ArrayList<>();\n```"),
    Snippet(
      "java", "",
      """
      public class Main {
          public static void main(String[] args) {
              System.out.println("Hello");
          }
      }
      """),
    Snippet(
      "java", "",
      """
      Exception in thread "main" java.lang.NullPointerException: Cannot invoke "String.length()"
      \tat com.acme.shop.Cart.total(Cart.java:42)
      \tat com.acme.shop.Main.main(Main.java:9)
      """),
    Snippet("java", "", "How does HashMap handle collisions in Java 8 and later?"),
    Snippet(
      "java", "",
      """
      Optional<User> user = users.stream()
          .filter(u -> u.getAge() > 18)
          .findFirst();
      return user.map(User::getName).orElse("none");
      """),
    Snippet("java", "", "Was ist in Java der Unterschied zwischen einer abstrakten Klasse und einem Interface?"),
    Snippet(
      "java", "spring",
      """
      @RestController
      @RequestMapping("/api/users")
      public class UserController {
          @Autowired
          private UserService service;

          @GetMapping("/{id}")
          public ResponseEntity<User> get(@PathVariable Long id) {
              return ResponseEntity.ok(service.find(id));
          }
      }
      """),
    Snippet("", "spring", "Where should I put custom configuration properties in a Spring Boot application?"),
    Snippet(
      "java", "spring",
      """
      org.springframework.beans.factory.NoSuchBeanDefinitionException: No qualifying bean of type 'com.acme.Repo'
      \tat org.springframework.beans.factory.support.DefaultListableBeanFactory.resolve(DefaultListableBeanFactory.java:1801)
      """),
    Snippet(
      "kotlin", "spring",
      """
      ```kotlin
      @SpringBootApplication
      class App

      fun main(args: Array<String>) {
          runApplication<App>(*args)
      }
      ```
      """),
    Snippet(
      "yaml", "spring",
      """
      ```yaml
      spring:
        datasource:
          url: jdbc:postgresql://localhost/shop
      ```
      Why does Spring Boot ignore this in the test profile?
      """),
    Snippet(
      "kotlin", "",
      """
      data class User(val id: Int, val name: String?)

      fun greet(user: User?) {
          println("Hi ${user?.name ?: "nobody"}")
      }
      """),
    Snippet("kotlin", "", "What is the difference between launch and async in Kotlin coroutines?"),
    Snippet(
      "kotlin", "",
      """
      suspend fun load(): List<Item> = withContext(Dispatchers.IO) {
          api.items().filter { it.visible }
      }
      """),
    Snippet(
      "kotlin", "jetpack-compose",
      """
      @Composable
      fun Greeting(name: String) {
          var clicked by remember { mutableStateOf(false) }
          Column(modifier = Modifier.padding(8.dp)) {
              Text(text = "Hello $name")
          }
      }
      """),
    Snippet("kotlin", "jetpack-compose", "How do I avoid needless recomposition of a LazyColumn in Jetpack Compose?"),
    Snippet(
      "kotlin", "android",
      """
      ```kotlin
      class MainActivity : AppCompatActivity() {
          override fun onCreate(savedInstanceState: Bundle?) {
              super.onCreate(savedInstanceState)
              setContentView(R.layout.activity_main)
          }
      }
      ```
      """),
    Snippet(
      "java", "android",
      """
      public class DetailFragment extends Fragment {
          @Override
          public View onCreateView(LayoutInflater inflater, ViewGroup container, Bundle savedInstanceState) {
              return inflater.inflate(R.layout.detail, container, false);
          }
      }
      """),
    Snippet(
      "scala", "",
      """
      case class Point(x: Int, y: Int)

      object Main extends App {
        val pts = List(Point(1, 2), Point(3, 4))
        println(pts.map(_.x).sum)
      }
      """),
    Snippet("scala", "", "How do implicit parameters become `given`/`using` in Scala 3?"),
    Snippet("scala", "", "```scala\ndef f(x: Option[Int]) = x match { case Some(n) => n; case None => 0 }\n```"),
    Snippet(
      "java", "junit",
      """
      ```java
      import org.junit.jupiter.api.Test;
      import static org.junit.jupiter.api.Assertions.assertEquals;

      class CartTest {
          @Test
          void addsUp() { assertEquals(3, new Cart().add(1).add(2).total()); }
      }
      ```
      """),
    Snippet(
      "java", "",
      "Make this thread safe",
      answer: """
        Use an `AtomicInteger`:

        ```java
        private final AtomicInteger hits = new AtomicInteger();

        public int hit() {
            return hits.incrementAndGet();
        }
        ```
        """),
  ]
}
