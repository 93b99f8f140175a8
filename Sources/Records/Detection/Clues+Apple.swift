extension ClueGroup {
  /// Swift and Objective-C.
  static let apple: [ClueGroup] = [
    .says(
      .swift, 5,
      [
        "guard let", "import SwiftUI", "import UIKit", "import Foundation", "import Vapor", "import XCTest",
        "mutating func", "unwrapping an", "@State", "@MainActor", "async throws", "@Published", "@objc", "@escaping",
        "some View", "weak self", "override func", "private func", "@Observable", "static func", "URLSession.shared",
        "JSONDecoder(", "Unexpectedly found", "nonisolated", "@Sendable", "associatedtype", "DispatchQueue.main",
        "XCTAssertEqual", "fileprivate", "#expect", "Codable", "Sendable", "didSet", "import Combine",
        "extension Array", "extension String", "NavigationStack", "inout", "Package.swift", ".swift", "@ViewBuilder",
        "@Binding", "public func", "internal func", "@discardableResult", "withCheckedContinuation", "TaskGroup",
      ]),
    .says(.swift, 4, ["if case", "guard~else", "let self", "case let"]),
    .says(
      .swift, 3,
      [
        "private let", "private var", "func~throws", "try await", "fatalError(", "try?", "try!", ">Int", ">Bool",
        "self?", "static let", ":Bool", "extension~where",
      ]),
    .says(
      .swift, 2,
      [
        "if let", "^protocol", "^extension", "^guard", "^actor", ">String", ":Equatable", ":View", ":Hashable",
        "UIViewController", "UUID(",
      ]),
    .says(
      .swift, 1,
      [
        "^func", "^struct", "^let", "^var", ":Int", "nil", "print(", ":String", "^case", "^enum", "init(", "self.",
      ]),
    .says(
      .objectiveC, 5,
      [
        "@implementation", "NSString", "NSLog(", "nonatomic", "NSMutableArray", "NSArray", "NSDictionary",
        "alloc] init", "#import", "@synthesize", "super viewDidLoad",
      ]),
    .says(.objectiveC, 3, ["@property", "@interface", "@end", "@selector", "NSError"]),
    .says(.objectiveC, 2, ["NSObject"]),
  ]
}
