import HTTPWire
import Posix

/// A limit or a rule that was hit, for `/metrics` and the log: a bounded set.
enum Refusal: Hashable, Sendable {
  /// The request broke a rule of the wire; it closes the connection.
  case wire(WireError)
  /// More connections than are served.
  case connections
  /// A moment without a free descriptor: those who come wait at the door.
  case descriptors
  /// More records than may wait for the disk.
  case busy
  /// Too many requests from one address or with one key.
  case rate
  /// The disk is full, or all but its reserve.
  case space
  /// More exports at once than there are places.
  case exports
  /// A streamed answer that could not be completed.
  case aborted
  /// A body too large once it was inflated, or with too many lines.
  case content

  static let all: [Refusal] =
    WireError.allCases.map(Refusal.wire) + [
      .connections, .descriptors, .busy, .rate, .space, .exports, .aborted, .content,
    ]

  var name: String {
    switch self {
    case .wire(let error): error.rawValue
    case .connections: "connectionsExceeded"
    case .descriptors: "descriptorsExhausted"
    case .busy: "queueFull"
    case .rate: "rateExceeded"
    case .space: "outOfSpace"
    case .exports: "exportsExceeded"
    case .aborted: "streamAborted"
    case .content: "contentTooLarge"
    }
  }

  /// Of an answer that a route gave; nil when no limit was hit.
  init?(status: Int) {
    switch status {
    case 413: self = .content
    case 429: self = .rate
    case 507: self = .space
    default: return nil
    }
  }

  /// The place in `all`.
  fileprivate var index: Int {
    switch self {
    case .wire(let error): Self.places[error] ?? 0
    default: Self.all.firstIndex(of: self) ?? 0
    }
  }

  private static let places = Dictionary(
    uniqueKeysWithValues: WireError.allCases.enumerated().map { ($0.element, $0.offset) })
}

/// How often each limit was hit since the start, all loops together.
final class Refusals: Sendable {
  private let counts = Mutex([Int](repeating: 0, count: Refusal.all.count))

  func count(_ refusal: Refusal) { counts.withLock { $0[refusal.index] += 1 } }

  /// One counter with a label; reasons never met are there with 0, so that a rate can be taken of them.
  func write(to metrics: inout MetricsText) {
    let counts = counts.withLock { $0 }
    metrics.add(
      "cerberus_refusals_total", .counter, "Requests and connections refused by a limit or a rule of the wire.",
      zip(Refusal.all, counts).map { ([("reason", $0.name)], $1) })
  }
}
