extension ClueGroup {
  /// Names in plain sentences. A name that is also a word ("go", "swift", "rust") counts only where it is used as a
  /// name: after "in", before "code", in its technical form.
  static let mentions: [ClueGroup] = [
    .says(.python, 4, ["Python", "python3", "PYTHONPATH", "in python", "python script", "python code"]),
    .says(.python, 3, ["py file"]),
    .says(
      .javascript, 4,
      [
        "JavaScript", "Javascript", "javascript", "Node.js", "NodeJS", "nodejs", "ES6", "ECMAScript",
      ]),
    .says(.typescript, 4, ["TypeScript", "Typescript", "typescript", "tsconfig.json", "in TS"]),
    .says(
      .java, 4,
      [
        "in Java", "java.lang", "java.util", "java.io", "in java", "Java 8", "Java 11", "Java 17", "Java 21", "In Java",
      ]),
    .says(.java, 3, ["Java", "JVM", "JDK"]),
    .says(.java, 1, ["with Java"]),
    .says(.kotlin, 4, ["Kotlin", "kotlin"]),
    .says(
      .swift, 4,
      [
        "in Swift", "Swift 5", "Swift 6", "Swift code", "Swift concurrency", "Swift Testing", "Swift package",
        "Swift Package", "Swift compiler", "with Swift", "Swift struct", "Swift actor", "Swift enum", "Swift protocol",
        "a Swift", "Swift function", "Swift class", "using Swift", "for Swift", "my Swift", "SwiftPM", "In Swift",
        "Swift array", "Swift string", "Swift closure", "Swift app", "Swift optional", "Swift task",
      ]),
    .says(.swift, 1, ["Swift"]),
    .says(
      .go, 4,
      [
        "in Go", "Golang", "golang", "in golang", "Go code", "goroutine", "goroutines", "Go program", "a Go",
        "Go module", "Go modules", "Go service", "Go struct", "Go slice", "Go map", "Go channel", "Go channels",
        "Go interface", "with Go", "Go function", "Go test", "Go tests", "Go generics", "Go server", "using Go",
        "go.mod", "In Go", "Go error", "Go errors", "Go routine", "Go HTTP", "Go context", "Go developer",
      ]),
    .says(
      .rust, 4,
      [
        "in Rust", "Rust code", "Rust program", "Rust struct", "a Rust", "Rust compiler", "with Rust", "Rust function",
        "Rust enum", "Rust trait", "Rust async", "using Rust", "borrow checker", "rustc", "Cargo.toml", "Rust crate",
        "Rust macro", "for Rust", "Rust closure", "Rust lifetime", "Rust lifetimes", "clippy", "my Rust", "In Rust",
        "Rust ownership", "Rust project", "Rust library", "Rust iterator", "Rust string",
      ]),
    .says(.rust, 1, ["Rust"]),
    .says(
      .c, 4,
      [
        "C program", "C code", "C99", "C11", "C17", "C function", "in C", "plain C", "ANSI C", "C struct", "C compiler",
        "In C",
      ]),
    .says(.c, -8, ["C major", "C minor"]),
    .says(.cpp, 4, ["C++", "c++"]),
    .says(.csharp, 4, ["C#", "c#", "csharp"]),
    .says(.csharp, 3, [".NET", "NuGet", "LINQ"]),
    .says(
      .ruby, 4,
      [
        "in Ruby", "Ruby on", "Ruby code", "Ruby gem", "Ruby script", "Ruby class", "Ruby hash", "Ruby 3", "Ruby 2",
        "with Ruby", "Ruby block", "Ruby method", "Ruby module", "in ruby", "Gemfile", "RSpec", "In Ruby",
      ]),
    .says(.ruby, 1, ["Ruby"]),
    .says(.php, 4, ["PHP", "php"]),
    .says(
      .scala, 4,
      [
        "in Scala", "Scala 3", "Scala 2", "Scala code", "Scala class", "Scala trait", "build.sbt", "sbt", "In Scala",
      ]),
    .says(.scala, 1, ["Scala"]),
    .says(
      .bash, 4,
      [
        "bash script", "shell script", "Bash script", "in bash", "in Bash", "bash scripts", "shell scripts", "/bash",
        "/zsh", "bash function", "in zsh", "Bash", "In bash",
      ]),
    .says(.powershell, 4, ["PowerShell", "Powershell", "powershell"]),
    .says(
      .sql, 4,
      [
        "in SQL", "SQL query", "SQL queries", "SQL statement", "SQL join", "the SQL", "T-SQL", "PL/SQL", "an SQL",
        "In SQL",
      ]),
    .says(.css, 4, ["CSS", "SCSS", "flexbox", "Flexbox"]),
    .says(
      .html, 4,
      [
        "in HTML", "HTML5", "HTML page", "HTML form", "HTML element", "HTML table", "the HTML", "In HTML",
      ]),
    .says(.dockerfile, 4, ["Dockerfile"]),
    .says(.terraform, 4, ["Terraform", "terraform", "OpenTofu"]),
    .says(
      .r, 4,
      [
        "in R", "R script", "R code", "RStudio", "tidyverse", "dplyr", "ggplot2", "ggplot(", "R package", "tibble",
        "In R",
      ]),
    .says(
      .julia, 4,
      [
        "in Julia", "Julia code", "Julia package", "Julia 1", "Julia REPL", "DataFrames.jl", "Project.toml", "In Julia",
      ]),
    .says(.lua, 4, ["Lua", "LuaJIT", "metatable", "metatables"]),
    .says(.perl, 4, ["Perl", "CPAN", "in perl", "perl script"]),
    .says(.haskell, 4, ["Haskell", "haskell", "GHC", "ghci", "ghc"]),
    .says(.elixir, 4, ["in Elixir", "Elixir", "GenServer", "mix.exs", "LiveView"]),
    .says(
      .dart, 4,
      [
        "in Dart", "Dart code", "Dart class", "pubspec.yaml", "Dart SDK", "Dart isolate", "Dart 3", "In Dart",
      ]),
    .says(.dart, 1, ["Dart"]),
    .says(.objectiveC, 5, ["Objective-C", "objective-c", "Objective C"]),
  ]
}
