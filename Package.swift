// swift-tools-version: 6.2
import PackageDescription

/// The compiler checks concurrency (language mode 6 comes with the tools version) and no warning passes.
let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
]

func library(_ name: String, on dependencies: [Target.Dependency] = [], resources: [Resource] = []) -> Target {
  .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: strict)
}

func tests(of name: String, on dependencies: [Target.Dependency] = [], resources: [Resource] = []) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: dependencies + ["TestKit"], resources: resources, swiftSettings: strict)
}

let package = Package(
  name: "cerberus-collector",
  products: [.executable(name: "cerberus", targets: ["cerberus"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
  ],
  targets: [
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .target(name: "CDigest"),
    .target(name: "CLinux"),
    .target(name: "CVector"),
    library("HTTPWire"),
    library("Records", on: ["CVector"]),
    library("Privacy", on: ["Records", "CDigest", "CVector"]),
    library("Posix", on: ["CLinux"]),
    library("TrainingLog", on: ["Records", "Privacy", "Posix", "CDigest", "CSQLite", "CZlib"]),
    library("Curation", on: ["TrainingLog", "Records", "Privacy", "Posix"]),
    library(
      "Service",
      on: [
        "HTTPWire", "TrainingLog", "Curation", "Records", "Privacy", "Posix",
        .product(name: "Logging", package: "swift-log"),
      ],
      resources: [.embedInCode("Dashboard/dashboard.html"), .embedInCode("OpenAPI/openapi.json")]),
    .executableTarget(
      name: "cerberus",
      dependencies: [
        "Service", "TrainingLog", "Curation", "Records", "Privacy", "Posix",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    library("TestKit", on: ["Records", "Privacy", "Posix", "TrainingLog"]),
    tests(of: "House"),
    tests(of: "HTTPWire", on: ["HTTPWire"]),
    tests(of: "Records", on: ["Records"]),
    tests(of: "Privacy", on: ["Privacy", "Records", "CVector"]),
    tests(of: "Posix", on: ["Posix"]),
    tests(of: "TrainingLog", on: ["TrainingLog"]),
    tests(of: "Curation", on: ["Curation", "TrainingLog", "Records", "Privacy", "Posix"]),
    tests(of: "Service", on: ["Service", "HTTPWire", "TrainingLog", "Records", "Privacy", "Posix"]),
    tests(of: "EndToEnd", on: ["cerberus"]),
    tests(of: "Contract", on: ["cerberus"]),
  ]
)

// Fuzzers need libFuzzer of the toolchain, so they are no part of an ordinary build: see `make fuzz`.
if Context.environment["CERBERUS_FUZZ"] != nil {
  package.targets.append(.target(name: "FuzzKit", dependencies: ["HTTPWire"], path: "Tests/Fuzz/Kit"))
  let fuzzers = [
    ("Wire", ["HTTPWire"]), ("Chunks", ["HTTPWire"]), ("JSON", ["Records"]), ("Gunzip", ["TrainingLog"]),
    ("Scrub", ["Privacy"]),
  ]
  for (name, modules) in fuzzers {
    package.targets.append(
      .executableTarget(
        name: "fuzz-" + name.lowercased(), dependencies: ["FuzzKit"] + modules.map { .byName(name: $0) },
        path: "Tests/Fuzz/" + name, swiftSettings: [.unsafeFlags(["-parse-as-library"])],
        linkerSettings: [.unsafeFlags(["-sanitize=fuzzer", "-use-ld=lld"])]))
  }
}

// Sees into the curator, so it is built with -enable-testing and no part of an ordinary build: see `make bench-curate`.
if Context.environment["CERBERUS_BENCH"] != nil {
  package.targets.append(
    .executableTarget(
      name: "curator-bench", dependencies: ["Curation", "TrainingLog", "Records", "Privacy", "Posix"],
      path: "Benchmarks/Curator", swiftSettings: strict))
}
