extension Snippets {
  static let systems: [Snippet] = [
    Snippet("go", "", "```go\nx, err := f()\nif err != nil { return err }\n```"),
    Snippet("go", "", "```golang\nvar wg sync.WaitGroup\n```"),
    Snippet(
      "go", "",
      """
      package main

      import "fmt"

      func main() {
      \tch := make(chan int)
      \tgo func() { ch <- 1 }()
      \tfmt.Println(<-ch)
      }
      """),
    Snippet(
      "go", "",
      """
      panic: runtime error: invalid memory address or nil pointer dereference
      [signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x4a1b2c]

      goroutine 1 [running]:
      main.(*Server).Handle(0x0)
      \t/src/server.go:27 +0x1d
      """),
    Snippet("go", "", "How do I cancel a group of goroutines when one of them fails?"),
    Snippet("go", "", "What is the idiomatic way to wrap errors in Go?"),
    Snippet(
      "go", "gin",
      """
      r := gin.Default()
      r.GET("/ping", func(c *gin.Context) {
          c.JSON(http.StatusOK, gin.H{"message": "pong"})
      })
      r.Run()
      """),
    Snippet(
      "go", "echo",
      """
      ```go
      e := echo.New()
      e.GET("/", func(c echo.Context) error {
          return c.String(http.StatusOK, "hi")
      })
      ```
      """),
    Snippet(
      "go", "",
      """
      type Stack[T any] struct {
          items []T
      }

      func (s *Stack[T]) Push(v T) {
          s.items = append(s.items, v)
      }
      """),
    Snippet("rust", "", "```rust\nlet mut v = vec![1, 2, 3];\n```"),
    Snippet("rust", "", "```rs\nfn main() {}\n```"),
    Snippet(
      "rust", "",
      """
      error[E0502]: cannot borrow `v` as mutable because it is also borrowed as immutable
       --> src/main.rs:6:5
      """),
    Snippet(
      "rust", "",
      """
      impl<T: Clone> Stack<T> {
          pub fn pop(&mut self) -> Option<T> {
              self.items.pop()
          }
      }
      match stack.pop() { Some(x) => println!("{}", x), None => {} }
      """),
    Snippet("rust", "", "When should I use Rc and when Arc in Rust?"),
    Snippet(
      "rust", "",
      """
      use std::collections::HashMap;

      fn count(words: &[&str]) -> HashMap<String, usize> {
          let mut m = HashMap::new();
          for w in words { *m.entry(w.to_string()).or_insert(0) += 1; }
          m
      }
      """),
    Snippet("rust", "", "thread 'main' panicked at 'called `Option::unwrap()` on a `None` value', src/main.rs:4:20"),
    Snippet(
      "rust", "axum",
      """
      use axum::{routing::get, Router};

      #[tokio::main]
      async fn main() {
          let app = Router::new().route("/", get(|| async { "hi" }));
          let listener = tokio::net::TcpListener::bind("0.0.0.0:3000").await.unwrap();
          axum::serve(listener, app).await.unwrap();
      }
      """),
    Snippet(
      "rust", "actix",
      """
      ```rust
      use actix_web::{get, App, HttpServer, Responder};

      #[get("/")]
      async fn index() -> impl Responder { "ok" }
      ```
      """),
    Snippet(
      "rust", "rocket",
      """
      #[macro_use] extern crate rocket;

      #[launch]
      fn rocket() -> _ {
          rocket::build().mount("/", routes![index])
      }
      """),
    Snippet(
      "rust", "tokio",
      """
      use tokio::sync::mpsc;

      #[tokio::main]
      async fn main() {
          let (tx, mut rx) = mpsc::channel(8);
          tokio::spawn(async move { tx.send(1).await.unwrap(); });
      }
      """),
    Snippet("rust", "tokio", "Why does my tokio task starve the others when it does a long computation?"),
    Snippet("c", "", "```c\nint *p = malloc(sizeof *p);\n```"),
    Snippet(
      "c", "",
      """
      #include <stdio.h>
      #include <stdlib.h>

      int main(void) {
          char *s = malloc(10);
          printf("%s\\n", s);
          free(s);
          return 0;
      }
      """),
    Snippet("c", "", "How do I read a whole line of unknown length in C?"),
    Snippet(
      "c", "",
      """
      struct node { int value; struct node *next; };

      void push(struct node **head, int v) {
          struct node *n = malloc(sizeof(struct node));
          n->value = v;
          n->next = *head;
          *head = n;
      }
      """),
    Snippet("cpp", "", "```c++\nstd::vector<int> v{1, 2};\n```"),
    Snippet("cpp", "", "```cpp\nauto f = [](int x) { return x; };\n```"),
    Snippet(
      "cpp", "",
      """
      #include <iostream>
      #include <vector>
      using namespace std;

      int main() {
          vector<int> v = {3, 1, 2};
          sort(v.begin(), v.end());
          cout << v[0] << endl;
      }
      """),
    Snippet("cpp", "", "When does C++ elide the copy, and when do I need std::move?"),
    Snippet(
      "cpp", "",
      """
      template <typename T>
      class Buffer {
      public:
          explicit Buffer(size_t n) : data_(std::make_unique<T[]>(n)) {}
      private:
          std::unique_ptr<T[]> data_;
      };
      """),
    Snippet(
      "cpp", "",
      "undefined reference to `std::__cxx11::basic_string<char>::append'\ncollect2: error: ld returned 1 exit status"),
    Snippet("cpp", "", "Was bedeutet in C++ das Schlüsselwort constexpr bei einer Funktion?"),
    Snippet(
      "c", "",
      """
      Segmentation fault in this C program:

      char buf[8];
      strcpy(buf, argv[1]);
      fprintf(stderr, "%s", buf);
      """),
  ]
}
