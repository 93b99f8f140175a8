/// The frameworks and libraries that can be named: what people would call the framework of a question. Tools that
/// stand beside any stack (Docker, git, webpack) are left out. Raw values index `names` and the scores.
enum StackFramework: Int, CaseIterable, Sendable {
  case react, reactNative, nextjs, vue, nuxt, angular, svelte, express, nestjs, jquery, jest, tailwind
  case fastapi, django, flask, pandas, numpy, pytorch, tensorflow, scikitLearn, pytest, sqlalchemy
  case spring, junit, android, jetpackCompose, rails, laravel, symfony, aspnet, unity, gin, echo
  case actix, axum, rocket, tokio, swiftui, uikit, vapor, flutter, phoenix, kubernetes

  static let names: [String] = [
    "react", "react-native", "next.js", "vue", "nuxt", "angular", "svelte", "express", "nestjs", "jquery", "jest",
    "tailwind", "fastapi", "django", "flask", "pandas", "numpy", "pytorch", "tensorflow", "scikit-learn", "pytest",
    "sqlalchemy", "spring", "junit", "android", "jetpack-compose", "rails", "laravel", "symfony", "asp.net", "unity",
    "gin", "echo", "actix", "axum", "rocket", "tokio", "swiftui", "uikit", "vapor", "flutter", "phoenix", "kubernetes",
  ]

  /// The languages it is used from, the first of which it implies if it is the only one; empty: any.
  var languages: [StackLanguage] {
    switch self {
    case .react, .reactNative, .nextjs, .vue, .nuxt, .svelte, .express, .jquery, .jest: [.javascript, .typescript]
    case .angular, .nestjs: [.typescript]
    case .fastapi, .django, .flask, .pandas, .numpy, .pytorch, .tensorflow, .scikitLearn, .pytest, .sqlalchemy:
      [.python]
    case .spring, .junit, .android: [.java, .kotlin]
    case .jetpackCompose: [.kotlin]
    case .rails: [.ruby]
    case .laravel, .symfony: [.php]
    case .aspnet, .unity: [.csharp]
    case .gin, .echo: [.go]
    case .actix, .axum, .rocket, .tokio: [.rust]
    case .swiftui, .vapor: [.swift]
    case .uikit: [.swift, .objectiveC]
    case .flutter: [.dart]
    case .phoenix: [.elixir]
    case .tailwind, .kubernetes: []
    }
  }

  /// Frameworks that it is built on or used with, which are therefore not the answer when both show.
  var outranks: [StackFramework] {
    switch self {
    case .nextjs, .reactNative: [.react, .tailwind]
    case .nuxt: [.vue, .tailwind]
    case .react, .vue, .svelte, .angular: [.tailwind]
    case .nestjs: [.express]
    case .jetpackCompose: [.android]
    case .axum, .actix, .rocket: [.tokio]
    case .scikitLearn, .pytorch, .tensorflow: [.pandas, .numpy]
    case .pandas: [.numpy]
    case .swiftui: [.uikit]
    case .django, .flask, .fastapi: [.sqlalchemy]
    default: []
    }
  }
}
