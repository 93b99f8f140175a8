import FoundationEssentials
import HTTPWire
import Privacy

/// The page at `/dashboard`: one file, built into the binary, that asks this server and nobody else.
///
/// Its policy (Content Security Policy Level 3) lets nothing run or be styled but what stands in the page itself, named by
/// its hash, so that no text it shows can become code, and lets no other page frame it.
enum Dashboard {
  static let page: Response = {
    let html = String(decoding: PackageResources.dashboard_html, as: UTF8.self)
    return Response(
      status: 200,
      fields: [
        ("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", "no-cache"),
        ("Content-Security-Policy", policy(of: html)), ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Opener-Policy", "same-origin"), ("Cross-Origin-Resource-Policy", "same-origin"),
      ], body: PackageResources.dashboard_html)
  }()

  /// From `/`: 307, as the page may come to stand elsewhere.
  static let redirect = Response(
    status: 307, fields: [("Location", "/dashboard"), ("Content-Type", "text/plain; charset=utf-8")],
    body: Array("See /dashboard.\n".utf8))

  private static func policy(of html: String) -> String {
    let directives = [
      "default-src 'none'", "script-src \(source(of: "script", in: html))",
      "style-src \(source(of: "style", in: html))", "img-src data:", "connect-src 'self'", "base-uri 'none'",
      "form-action 'none'", "frame-ancestors 'none'",
    ]
    return directives.joined(separator: "; ")
  }

  /// The hash of what stands between the tags, which must be exactly the page's.
  private static func source(of element: String, in html: String) -> String {
    guard let begin = html.firstRange(of: "<\(element)>"), let end = html.firstRange(of: "</\(element)>") else {
      preconditionFailure("the page has no \(element)")
    }
    let digest = SHA256.hash(Array(html[begin.upperBound..<end.lowerBound].utf8))
    return "'sha256-\(Data(digest.bytes).base64EncodedString())'"
  }
}
