/// The languages that can be named. Raw values index `names` and the scores.
enum StackLanguage: Int, CaseIterable, Sendable {
  case python, javascript, typescript, java, kotlin, swift, go, rust, c, cpp, csharp, ruby, php, scala, bash
  case powershell, sql, html, css, json, yaml, toml, dockerfile, terraform, r, julia, lua, perl, haskell, elixir
  case dart, objectiveC

  static let names: [String] = [
    "python", "javascript", "typescript", "java", "kotlin", "swift", "go", "rust", "c", "cpp", "csharp", "ruby", "php",
    "scala", "bash", "powershell", "sql", "html", "css", "json", "yaml", "toml", "dockerfile", "terraform", "r",
    "julia", "lua", "perl", "haskell", "elixir", "dart", "objective-c",
  ]

  /// Languages that often stand beside the one the question is about: commands, markup, configuration, queries.
  var isCompanion: Bool {
    switch self {
    case .bash, .sql, .html, .css, .json, .yaml, .toml, .dockerfile, .terraform: true
    default: false
    }
  }
}

extension StackLanguage {
  /// The language of a fence's info string (lower case), `nil` for one that names none, such as `text`.
  static func fence(_ info: String) -> StackLanguage? {
    aliases[info]
  }

  private static let aliases: [String: StackLanguage] = {
    var table: [String: StackLanguage] = [:]
    for language in allCases { table[names[language.rawValue]] = language }
    let others: [(StackLanguage, [String])] = [
      (.python, ["py", "python3", "py3", "pycon", "ipython"]),
      (.javascript, ["js", "jsx", "mjs", "cjs", "node", "nodejs", "vue", "svelte"]),
      (.typescript, ["ts", "tsx", "mts", "cts"]),
      (.kotlin, ["kt", "kts"]),
      (.go, ["golang"]),
      (.rust, ["rs"]),
      (.c, ["h"]),
      (.cpp, ["c++", "cxx", "cc", "hpp", "h++"]),
      (.csharp, ["c#", "cs", "dotnet"]),
      (.ruby, ["rb", "erb", "irb"]),
      (.php, ["php8", "blade"]),
      (.scala, ["sc"]),
      (.bash, ["sh", "shell", "zsh", "console", "shell-session", "shellsession", "terminal", "fish", "ksh"]),
      (.powershell, ["ps1", "pwsh", "ps", "posh"]),
      (.sql, ["mysql", "postgres", "postgresql", "psql", "plpgsql", "tsql", "t-sql", "sqlite", "plsql"]),
      (.html, ["htm", "xhtml", "html5"]),
      (.css, ["scss", "sass", "less"]),
      (.json, ["json5", "jsonc", "jsonl"]),
      (.yaml, ["yml"]),
      (.dockerfile, ["docker", "containerfile"]),
      (.terraform, ["hcl", "tf"]),
      (.r, ["rlang", "rscript"]),
      (.julia, ["jl"]),
      (.perl, ["pl", "perl5"]),
      (.haskell, ["hs"]),
      (.elixir, ["ex", "exs", "heex"]),
      (.objectiveC, ["objc", "objectivec", "obj-c", "mm"]),
    ]
    for (language, infos) in others {
      for info in infos { table[info] = language }
    }
    return table
  }()
}
