import HTTPWire
import Testing

@testable import Service

/// What Content-Encoding and Accept-Encoding mean.
struct CodingFieldsTests {
  private struct NoHead: Error {}

  /// A head with these field lines, read by the wire itself.
  private static func head(_ lines: [String]) throws -> RequestHead {
    var wire = ServerConnection(limits: WireLimits(), now: 0)
    let text = "POST / HTTP/1.1\r\nHost: a\r\n" + lines.map { $0 + "\r\n" }.joined() + "\r\n"
    Array(text.utf8).withUnsafeBytes { wire.receive($0, now: 0) }
    guard case .head(let head) = wire.nextAction(now: 0) else { throw NoHead() }
    return head
  }

  static let bodies: [(lines: [String], coding: BodyCoding)] = [
    ([], .identity), (["identity"], .identity), ([""], .identity), ([","], .identity), (["gzip"], .gzip),
    (["GZip"], .gzip), (["x-gzip"], .gzip), (["X-GZIP"], .gzip), (["\tgzip "], .gzip), (["gzip,"], .gzip),
    ([", gzip ,"], .gzip), (["identity, gzip"], .gzip), (["identity", "gzip"], .gzip), (["gzip, gzip"], .unsupported),
    (["gzip", "gzip"], .unsupported), (["gzip, x-gzip"], .unsupported), (["br"], .unsupported),
    (["deflate"], .unsupported), (["gzip, br"], .unsupported), (["br", "gzip"], .unsupported),
    (["gzip;q=1"], .unsupported), (["gzipp"], .unsupported), (["gzi"], .unsupported), (["\"gzip\""], .unsupported),
    (["chunked"], .unsupported), (["*"], .unsupported), (["g\u{E9}zip"], .unsupported),
  ]

  @Test(arguments: bodies) func `Content-Encoding`(_ lines: [String], coding: BodyCoding) throws {
    #expect(try Self.head(lines.map { "Content-Encoding: " + $0 }).bodyCoding == coding)
  }

  static let accepted: [(lines: [String], isPreferred: Bool)] = [
    ([], false), ([""], false), (["gzip"], true), (["GZIP"], true), (["x-gzip"], true), (["br, gzip"], true),
    (["gzip, deflate, br, zstd"], true), (["br", "gzip"], true), (["br;q=1.0, gzip;q=0.8, *;q=0.1"], true),
    (["deflate"], false), (["identity"], false), (["gzipp"], false), (["*"], true), (["*;q=0"], false),
    (["gzip;q=0"], false), (["gzip;q=0.0"], false), (["gzip;q=0.000"], false), (["gzip;q=0."], false),
    (["gzip;q=0, *"], false), (["*, gzip;q=0"], false), (["gzip, *;q=0"], true), (["identity;q=0, *"], true),
    (["gzip;q=0.001"], true), (["gzip;Q=0.5"], true), (["gzip ; q=0.5"], true), (["gzip;\tq=1.000"], true),
    (["gzip;q=1."], true), (["gzip;q=0.5, identity"], false), (["gzip;q=0.5, identity;q=0.5"], true),
    (["gzip;q=0.5, identity;q=0.501"], false), (["gzip;q=0.51, identity;q=0.509"], true),
    (["*;q=0.2, identity;q=0.3"], false), (["identity;q=0.5, *;q=0"], false), (["gzip;q=1, gzip;q=0"], false),
    (["gzip;q=1.001"], false), (["gzip;q=2"], false), (["gzip;q=-1"], false), (["gzip;q=+1"], false),
    (["gzip;q=0.5000"], false), (["gzip;q=.5"], false), (["gzip;q="], false), (["gzip;q"], false), (["gzip;"], false),
    (["gzip;q = 1"], false), (["gzip;q=1;x=y"], false), (["gzip;level=9"], false), (["gzip;q=a"], false),
    (["gzip;q=0.5x"], false), (["gzip;q=1e0"], false), ([", ,gzip,,"], true), (["deflate;q=1, gzip;q=0.1"], true),
  ]

  @Test(arguments: accepted) func `Accept-Encoding`(_ lines: [String], isPreferred: Bool) throws {
    #expect(try Self.head(lines.map { "Accept-Encoding: " + $0 }).prefersGzip == isPreferred)
  }
}
