/// Token-shaped fixtures, assembled at run time so that nobody's push protection trips on this repository.
enum Fixtures {
  /// `count` characters that look random: the same ones every time.
  static func random(_ count: Int, from alphabet: String = Fixtures.alnum) -> String {
    let letters = Array(alphabet.utf8)
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    return String(
      decoding: (0..<count).map { _ -> UInt8 in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return letters[Int(state >> 33) % letters.count]
      }, as: UTF8.self)
  }

  static let alnum = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789"
  static let hex = "0123456789abcdef"

  /// (rule, token).
  static let tokens: [(String, String)] = [
    ("cerberus", "cb" + "k_" + random(12, from: hex) + "_" + random(64, from: hex)),
    ("aws", "AK" + "IA" + random(16, from: "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")),
    ("github", "gh" + "p_" + random(36)), ("github-pat", "github" + "_pat_" + random(82)),
    ("gitlab", "gl" + "pat-" + random(20)), ("openai", "sk" + "-proj-" + random(80)),
    ("openai-legacy", "sk" + "-" + random(48)), ("anthropic", "sk" + "-ant-api03-" + random(90)),
    ("hugging-face", "hf" + "_" + random(34)), ("slack", "xox" + "b-123456789012-" + random(24)),
    ("slack-webhook", "https://hooks.slack" + ".com/services/T01234567/B01234567/" + random(24)),
    ("stripe", "sk" + "_live_" + random(24)), ("twilio", "SK" + random(32, from: hex)),
    ("sendgrid", "SG" + "." + random(22) + "." + random(43)), ("npm", "np" + "m_" + random(36)),
    ("pypi", "pypi" + "-AgEIcHlwaS5vcmc" + random(80)), ("google", "AI" + "za" + random(35)),
    ("telegram", "1234567890" + ":AA" + random(33)), ("digitalocean", "dop" + "_v1_" + random(64, from: hex)),
    ("shopify", "shp" + "at_" + random(32, from: hex)), ("databricks", "da" + "pi" + random(32, from: hex)),
    ("vault", "hv" + "s." + random(60)), ("terraform", random(14) + ".atlas" + "v1." + random(66)),
    ("grafana", "gl" + "sa_" + random(32) + "_" + random(8, from: hex)),
  ]

  static let jwt = "ey" + "JhbGciOiJIUzI1NiJ9.ey" + "JzdWIiOiIxMjM0In0." + random(43)
  static let keyBody = random(64) + "\n" + random(64) + "\n" + random(22) + "=="
  static func pem(_ body: String) -> String {
    "-----BEGIN RSA " + "PRIVATE KEY-----\n" + body + "\n-----END RSA " + "PRIVATE KEY-----"
  }
}
