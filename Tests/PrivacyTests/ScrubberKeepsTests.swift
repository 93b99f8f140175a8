import Testing

@testable import Privacy

/// Texts that look like something and are nothing: they come out as they went in.
@Suite struct ScrubberKeepsTests {
  static let kept: [String] = [
    // E-mail
    "user@example.com", "a@b.example", "x@host.test", "git@github.com:acme/app.git", "npm i left-pad@1.2.3",
    "icon@2x.png",
    "@scope/pkg", "@app.get(\"/items\")", "@types/node@20.11.5", "w = a@b.shape", "x@y", "%s@corp.io", "C = A@B.get(x)",
    "https://key@sentry.io/4",
    // Addresses
    "127.0.0.1:8080", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.1.1", "0.0.0.0", "255.255.255.255", "192.0.2.7",
    "198.51.100.9", "203.0.113.5", "8.8.8.8", "1.1.1.1", "<Version>5.9.16.7</Version>", "nginx/83.1.2.3", "1.2.3.4.5",
    "256.1.1.1", "v83.1.2.3", "::1", "fe80::1", "fd00::12", "2001:db8::1", "2001:4860:4860::8888", "12:34:56",
    "std::vec",
    "00:00:00:00:00:00", "ff:ff:ff:ff:ff:ff", "aa:bb:cc:dd:ee:ff:00:11",
    // Numbers
    "1751103292351", "866718376823185299", "4111 1111 1111 1112", "9111111111111111", "0x4111111111111111",
    "+0200", "2026-01-01T00:00:00+01:00", "a+4915123477528", "+1234567890", "3.14159265358979", "000-12-3456",
    "666-12-3456",
    "550e8400-e29b-41d4-a716-446655440000", "DE00 3704 0044 0532 0130 00",
    "sha256:2650e3c4e05eed0b0d64e3916dc40a3a4228dc8f",
    // Secrets that are none
    "password: String,", "password = getPassword()", "api_key = os.environ[\"API_KEY\"]", "token: ${TOKEN}",
    "apiKey: process.env.API_KEY_2", "\"password\": \"<your-password>\"", "password=changeme", "API_KEY=xxxxxxxxxxxx",
    "api_key = \"your-api-key-1\"", "secret: {{ secrets.db2 }}", "token_type = \"bearer\"", "max_tokens = 4096",
    "if password == nil {", "password: \"Enter your password\"", "self.token = token",
    "postgres://user:password@localhost/db",
    "postgres://u:${PW}@h/db", "sk-learn", "sk-proj-your-key-goes-here-please-now-ok", "eyJhbGciOi", "Bearer <token>",
    "Bearer authentication is used", "npm_config_registry", "hf_hub_download",
    // Literals and pairs
    "connect(\"Server1Name\")", "login(\"https://idp.internal/x1y2z3\")",
    "auth(\"550e8400-e29b-41d4-a716-446655440000\")",
    "login etag: W/\"b0bc33c60e3171dbde78075b4fc739b4\"", "<b class=\"login\" fill=\"#4b667d\">",
    "jwt.sign(x, 'HS256')",
    "login(\"ana\", \"ana\")", "hash('sha512-256')", "connect(\"db-2.internal.acme.io\")", "hmac.new(k, 'utf-8')",
    "msbuild /p:DebugSymbols=true", "user image redis:7.2-alpine3", "login key user:1234567",
    "auth h1:xWmSSp6WPvW2uCqF=",
    "user agent Gecko rv:109.0", "proxy to node:20-alpine", "admin:", "login at 12:30:45",
    "pass the value x1y2z3 to the function", "the new form (password)", "that is the password", "reset it (password)",
    "use SHA256withRSA (password)", "login is our password",
    // Rows of numbers
    String(repeating: "9/94 ", count: 40), String(repeating: "1 2 3 ", count: 40),
    // Homes
    "/home/runner/work", "/Users/Shared/x", "https://x.test/home/anna", "/home/index.html", "/home/$USER/x",
    "C:\\Users\\Public\\x", #"{"a":"C:\\Users\\\nnext"}"#, #"C:\Users\\nadia"#, #"{"a":"mysql -u root -p\tpass1:x"}"#,
    "/users/42",
    // Placeholders
    "[EMAIL_1] and [IP_2]", "password=[PASSWORD_1]", "redis://:[PASSWORD_1]@h", "/home/[USER_1]/x",
    "Bearer [SECRET_12]",
  ]

  @Test(arguments: kept) func itStays(text: String) {
    for text in [text, "see \(text) there", "(\(text))"] {
      let result = Scrubber.standard.scrub(text: text)
      #expect(result.value == text)
      #expect(result.redactions.isEmpty)
    }
  }
}
