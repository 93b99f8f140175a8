// swift-tools-version: 6.2
import PackageDescription

/// A package of its own, so that the product never builds or ships its load generator. It depends on nothing.
let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
]

let package = Package(
  name: "cerberus-benchmarks",
  products: [.executable(name: "cerberus-bench", targets: ["cerberus-bench"])],
  targets: [
    .target(name: "CSystem"),
    .target(name: "LoadGenerator", dependencies: ["CSystem"], swiftSettings: strict),
    .executableTarget(name: "cerberus-bench", dependencies: ["LoadGenerator"], swiftSettings: strict),
    .testTarget(name: "LoadGeneratorTests", dependencies: ["LoadGenerator"], swiftSettings: strict),
  ]
)
