extension ClueGroup {
  /// Java, Kotlin, Scala, C#, Dart.
  static let managed: [ClueGroup] = [
    .says(
      .java, 5,
      [
        "System.out", "java.lang", "java.util", "import java", "NullPointerException", "ArrayList<", "new ArrayList",
        "@Override", "throws Exception", "throws IOException", "ClassNotFoundException", "implements Runnable",
        "HashMap<", "new HashMap", "AtomicInteger", "ConcurrentModificationException", "StringBuilder sb", "Optional<",
        "CompletableFuture", "ExecutorService", "ConcurrentHashMap", "Integer.parseInt", "Collectors.toList",
        "extends Thread", "IllegalArgumentException", "OutOfMemoryError", "javac",
      ]),
    .says(
      .java, 4,
      [
        "import org", ".java", "private final", "public final", "extends Fragment", "@Autowired", "synchronized(",
      ]),
    .says(
      .java, 3,
      [
        "List<String", "Map<String", "public void", "String args", "^import static", "static final",
        "extends Exception", "Exception in", "new Thread",
      ]),
    .says(
      .java, 2,
      [
        ".stream", "public class", "public interface", "private int", "public int", "private String", "public String",
        "String s", "final int", "@PathVariable", "@RestController", "@GetMapping", "@Entity", "@Service",
        "public static", "final String", "Thread.sleep",
      ]),
    .says(.java, 1, ["private static", "throws"]),
    .says(
      .kotlin, 5,
      [
        "data class", "suspend fun", "fun main", "Dispatchers.IO", "withContext", "sealed class", "companion object",
        "lateinit var", "by lazy", "mutableListOf", "listOf(", "override fun", "private fun", "viewModelScope",
        "GlobalScope", "runBlocking", "MutableStateFlow", "sealed interface", "internal fun", "kotlinx.coroutines",
        "coroutineScope", "CoroutineScope", "fun interface", "@Composable", "mutableStateOf", "inline fun",
        "private suspend",
      ]),
    .says(.kotlin, 4, ["by remember", "emptyList(", "setOf("]),
    .says(.kotlin, 3, ["^fun", ".kt", "mapOf(", "private val", "StateFlow", "launch{"]),
    .says(.kotlin, 1, ["when(", "^val", "println(", "^object", "^when", ":String", ".collect"]),
    .says(
      .scala, 5,
      [
        "case class", "extends App", "object Main", "implicit val", "sealed trait", "case object", "Future.successful",
        "import scala", "import akka", "import cats", "sbt", "extends Actor", ".scala", "case Some", "foldLeft",
        "given Ordering", "implicit def",
      ]),
    .says(.scala, 3, ["Future[", "Seq[", "Either[", "List[Int", "List[String"]),
    .says(.scala, 2, ["Option["]),
    .says(.scala, 1, ["^val", "^object", "^trait", "println(", "=>"]),
    .says(
      .csharp, 5,
      [
        "Console.WriteLine", "using System", "System.Collections", "System.NullReferenceException", "async Task",
        "NullReferenceException", "string.Join", "Console.ReadLine", "IEnumerable<", "public record", "Task.Run",
        "Task<", "string.IsNullOrEmpty", "ConfigureAwait", "IActionResult", "DbContext", "IDisposable",
        "ArgumentNullException", "InvalidOperationException", "dotnet", "System.Linq", "System.Threading",
        "IServiceCollection", "CancellationToken", "public async", "Task.WhenAll", "System.Text", "public override",
        "internal class", "public partial", "string.Empty", "FirstOrDefault", "StringComparison", "ToListAsync",
      ]),
    .says(.csharp, 4, ["get; set", "var builder", ".cs", "builder.Services", "readonly string", "using var"]),
    .says(.csharp, 3, ["public string", "^namespace", "private async", "static async", "public virtual", "ToList("]),
    .says(.csharp, 2, ["private readonly", "public sealed", "public class", "List<string", "List<int"]),
    .says(.csharp, 1, ["=>"]),
    .says(
      .dart, 5,
      [
        "Future<void", "Widget build", "import 'dart", "import 'package", "extends StatelessWidget",
        "extends StatefulWidget", "package:flutter", "BuildContext context", "late final", "Future.delayed",
        "StreamBuilder", "FutureBuilder", "initState", "required this", "this.key", "super.key", "pubspec", ".dart",
        "@override", "List<Widget", "as http",
      ]),
    .says(.dart, 2, ["Uri.parse", "void main"]),
    .says(.dart, 1, ["^final", "print(", "dynamic"]),
  ]
}
