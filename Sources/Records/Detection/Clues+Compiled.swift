extension ClueGroup {
  /// Go, Rust, C and C++. C++ takes over what C has gathered.
  static let compiled: [ClueGroup] = [
    .says(
      .go, 5,
      [
        "^package main", "fmt.Println", "fmt.Printf", "fmt.Errorf", "fmt.Sprintf", "^goroutine", "chan int",
        "chan string", "chan struct", "go func", "sync.WaitGroup", "sync.Mutex", "context.Context", "http.HandlerFunc",
        "http.ResponseWriter", "http.StatusOK", "errors.Is", "errors.As", "errors.New", "panic: runtime", "log.Fatal",
        "ctx context", "go mod", "os.Args", "bufio.NewScanner", "sync.RWMutex", "strings.Builder", "errgroup",
        "err error", "gofmt", "http.ListenAndServe", "ioutil.ReadAll", "io.Reader", "io.ReadAll", "json.Unmarshal",
        "json.Marshal", "go vet",
      ]),
    .says(.go, 4, ["make(chan", "map[string", "go build", "go run", "go test", "T any", "defer func", "chan<"]),
    .says(.go, 3, ["err:", ".go", "^defer", "func main", "func("]),
    .says(.go, 2, [":=", "append(", "len("]),
    .says(.go, 1, ["^func", "^type", "nil", "^import", "^package", "<~"]),
    .says(
      .rust, 5,
      [
        "println!", "let mut", "pub fn", "pub struct", "pub enum", "impl<", "use std", "vec!", "&mut", "E0502", "E0382",
        "E0499", "E0308", "E0277", "Option::unwrap", "Box<dyn", "[derive", "tokio::main", "async move", "Rc<RefCell",
        "Arc<Mutex", "eprintln!", "format!", "&str", "match self", "panicked at", "extern crate", "cargo build",
        "cargo run", "cargo test", "cargo add", "String::from", "HashMap::new", "Vec::new", "&self", "mut self",
        "impl Trait", "Box::new", "Arc::new", "Rc::new", "use crate",
      ]),
    .says(.rust, 4, ["fn new", "RefCell", "into_iter"]),
    .says(
      .rust, 3,
      [
        "^fn", "fn main", "Vec<", ".rs", "usize", "serde", "unwrap_or", ".unwrap", "^impl", "i32", "u32", "u64",
        ">Result", "[cfg", "cargo",
      ]),
    .says(.rust, 2, ["^pub", "Some(", ">Option", "u8", "Arc"]),
    .says(
      .c, 4,
      [
        "#include", "stdio.h", "stdlib.h", "string.h", "malloc(", "int main", "unistd.h", "pthread_create", "strcpy(",
        "strlen(", "fprintf(", "scanf(", "memcpy(", "realloc(", "calloc(", "strcmp(", "#define", "fgets(", "strncpy(",
        "snprintf(", "gcc", "typedef struct", "strtok(", "valgrind", "size_t", "uint8_t", "uint32_t", "errno", "#ifdef",
        "#ifndef",
      ]),
    .says(
      .c, 3,
      [
        "char*", "void*", "main(void", "sizeof", "^typedef", "const char", "unsigned int", "int*", "unsigned char",
      ]),
    .says(.c, 2, ["free(", "printf(", "static int"]),
    .says(.c, 1, ["argv", "^struct", "NULL", "^int", "^void", "^char", "^static", "(void"]),
    .says(
      .cpp, 5,
      [
        "std::vector", "std::string", "std::cout", "std::move", "std::unique_ptr", "std::make_unique",
        "std::shared_ptr", "std::map", "std::endl", "std::thread", "std::optional", "std::unordered_map", "template<",
        "cout<", "cin>", "<iostream", "<vector", "<algorithm", "nullptr", "constexpr", "std::function", "std::mutex",
        "std::array", "std::span", "std::string_view", "noexcept", "std::__cxx11", "std::sort", "vector<int",
        "std::size_t", "std::cerr", "std::tuple", "std::variant", "std::forward", "std::pair", "std::__1",
        "std::ranges", "<memory", "unique_ptr", "shared_ptr", "dynamic_cast", "static_cast", "CMakeLists.txt",
        "<unordered_map", "lock_guard",
      ]),
    .says(.cpp, 4, ["namespace std", "const auto", "auto&"]),
    .says(.cpp, 2, ["^template", "operator=", "string&", ".begin"]),
  ]
}
