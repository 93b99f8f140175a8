extension Snippets {
  /// The part of `heldOut` that is talk with little or no code.
  static let heldOutTalk: [Snippet] = [
    Snippet("python", "", "Is there a difference between `is` and `==` in Python when I compare two short strings?"),
    Snippet("", "react", "My useEffect runs in an endless loop as soon as I add the array to its dependencies. Why?"),
    Snippet("go", "", "How large is the stack of a goroutine at first, and can it grow?"),
    Snippet("java", "", "Wie vergleiche ich in Java zwei Strings ohne Rücksicht auf die Großschreibung?"),
    Snippet(
      "rust", "", "Rust 的生命周期标注什么时候可以省略？", answer: "编译器有三条省略规则。例如：\n\n```rust\nfn first(s: &str) -> &str { s }\n```"),
    Snippet("csharp", "asp.net", "Which lifetime should an HttpClient have in an ASP.NET Core service?"),
    Snippet("", "vue", "Wie übergebe ich in Vue.js ein Ereignis von der Kind- an die Elternkomponente?"),
    Snippet(
      "php", "laravel", "How do I run only one seeder in Laravel?", answer: "`php artisan db:seed --class=UserSeeder`"),
    Snippet(
      "", "kubernetes",
      "What is the right way to roll back a deployment in Kubernetes when the new pods never get ready?"),
    Snippet("", "", "Can we make the rollback go faster? It takes a swift ten minutes now."),
    Snippet("", "", "Explain eventual consistency to a product manager."),
    Snippet(
      "", "", "What is the difference between authentication and authorisation?",
      answer: "The first says who you are, the second what you may do."),
    Snippet(
      "", "", "Our express delivery partner changed the API without telling us; how do I write that mail politely?"),
    Snippet("", "", "In spring the flask of our thermos began to leak, none of the repairs is true to its promise."),
    Snippet("", "", "How do I estimate a story when nobody in the team has done it before?"),
    Snippet("", "", "Was spricht für ein Monorepo, was dagegen? Wir sind zwölf Leute."),
    Snippet("", "", "为什么我们的服务在高峰期会变慢？应该先看哪些指标？"),
    Snippet("", "", "The parser says: unexpected end of input at line 12. What does that mean in general?"),
    Snippet(
      "", "",
      "order by phone, group by size, select what you need from the catalogue and delete from the cart what you do not"),
    Snippet("", "", "Does it matter whether I read the document. Close the window. Open the file. Then print (twice)?"),
    Snippet("", "", "class starts at nine; for each lesson there is a break, and if you are late, wait outside"),
    Snippet("", "", "HTTP 429 from upstream, retry-after: 30\nconnection: close\ncontent-length: 0"),
    Snippet("", "", "Undefined behaviour in a requirement is worse than an undefined deadline. Do you agree?"),
    Snippet("", "", "Write release notes for version 2.3: faster start, fewer crashes, new icons."),
    Snippet("", "", "How should I structure a talk about caching for beginners?"),
    Snippet(
      "", "", "The rocket equation, the angular velocity and the echo time are in the appendix. Which unity holds?"),
  ]
}
