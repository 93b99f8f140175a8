extension Snippets {
  static let apple: [Snippet] = [
    Snippet("swift", "", "```swift\nlet x: Int? = nil\n```"),
    Snippet(
      "swift", "",
      """
      struct Point: Equatable {
        var x: Int
        mutating func move(by dx: Int) {
          x += dx
        }
      }
      guard let p = points.first else { return }
      """),
    Snippet("swift", "", "How do I make a class conform to Sendable in Swift 6 when it has a mutable cache?"),
    Snippet(
      "swift", "",
      "Fatal error: Unexpectedly found nil while implicitly unwrapping an Optional value: file App/Store.swift, line 31"
    ),
    Snippet(
      "swift", "swiftui",
      """
      import SwiftUI

      struct ContentView: View {
        @State private var name = ""
        var body: some View {
          VStack { TextField("Name", text: $name) }
        }
      }
      """),
    Snippet("swift", "swiftui", "My list does not update when the model changes in SwiftUI. What is missing?"),
    Snippet(
      "swift", "swiftui",
      """
      ```swift
      @Observable final class Store { var items: [String] = [] }
      struct Root: View {
        @Environment(Store.self) private var store
        var body: some View { List(store.items, id: \\.self) { Text($0) } }
      }
      ```
      """),
    Snippet(
      "swift", "uikit",
      """
      class ListController: UIViewController, UITableViewDataSource {
        override func viewDidLoad() {
          super.viewDidLoad()
          tableView.register(UITableViewCell.self, forCellReuseIdentifier: "cell")
        }
      }
      """),
    Snippet(
      "swift", "vapor",
      """
      import Vapor

      func routes(_ app: Application) throws {
        app.get("hello") { req async in "Hello" }
      }
      """),
    Snippet(
      "swift", "",
      """
      func load() async throws -> [User] {
        let (data, _) = try await URLSession.shared.data(from: url)
        return try JSONDecoder().decode([User].self, from: data)
      }
      """),
    Snippet("swift", "", "Wie entpacke ich in Swift ein Optional, ohne das Programm zum Absturz zu bringen?"),
    Snippet(
      "objective-c", "",
      """
      @interface Person : NSObject
      @property (nonatomic, copy) NSString *name;
      @end

      @implementation Person
      @end
      """),
    Snippet(
      "objective-c", "",
      "NSString *s = [NSString stringWithFormat:@\"%d items\", count];\nNSLog(@\"%@\", s);"),
    Snippet(
      "swift", "",
      """
      actor Counter {
        private var value = 0
        func next() -> Int {
          defer { value += 1 }
          return value
        }
      }
      """),
    Snippet(
      "objective-c", "uikit",
      """
      ```objc
      #import <UIKit/UIKit.h>
      - (void)viewDidLoad {
          [super viewDidLoad];
          UILabel *label = [[UILabel alloc] init];
      }
      ```
      """),
  ]
}
