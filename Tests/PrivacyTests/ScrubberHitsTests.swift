import Testing

@testable import Privacy

/// Each row: a text, and the text that comes out.
@Suite struct ScrubberHitsTests {
  static let hits: [(String, String)] = [
    // A command, a placeholder before the value, and a value that more than one rule finds
    ("echo [PASSWORD_2] | passwd hasło:Winter1993@aa", "echo [PASSWORD_2] | passwd [PASSWORD_1]"),
    (
      "echo [PASSWORD_2] | passwd --stdin password: Winter1993@aa",
      "echo [PASSWORD_2] | passwd --stdin password: [PASSWORD_1]"
    ),
    // Literals and pairs
    ("login(\"ana\", \"Ferrari2007#\")", "login(\"ana\", \"[PASSWORD_1]\")"),
    (".fill('#password', 'tokyo2720')", ".fill('#password', '[PASSWORD_1]')"),
    ("jwt.sign(x, 'kP3ihutBI2PLWrv7bqnAPO')", "jwt.sign(x, '[SECRET_1]')"),
    ("secret = get(\"S\") ?? \"9z9t0wb6nzgx3xufqstu5buo\"", "secret = get(\"S\") ?? \"[SECRET_1]\""),
    ("creds: ana:SYyN1WY3s0Km", "creds: ana:[PASSWORD_1]"), ("admin:berlin984x", "admin:[PASSWORD_1]"),
    ("[smtp.internal]:587 relay:maison488", "[smtp.internal]:587 relay:[PASSWORD_1]"),
    ("xfreerdp /u:ana /p:MCdMlSwH8NLM", "xfreerdp /u:ana /p:[PASSWORD_1]"),
    ("unlock with BLYlslg#357 (password)", "unlock with [PASSWORD_1] (password)"),
    ("BLYlslg#357 is the password", "[PASSWORD_1] is the password"),
    ("Const ApiKey As String = \"2qRMjREb84x0irNEZuCAAHUC\"", "Const ApiKey As String = \"[SECRET_1]\""),
    ("<key>APIToken</key><string>3vOkqM1bCIbOKAXHTVt2L</string>", "<key>APIToken</key><string>[SECRET_1]</string>"),
    ("password_plain: 'Winter2027$'", "password_plain: '[PASSWORD_1]'"),
    ("apiKey2=3vOkqM1bCIbOKAXH", "apiKey2=[SECRET_1]"),
    // Of a webhook's address the token alone; a tab parts columns
    (
      "https://discord.com/api/webhooks/1422406347217583672/" + Fixtures.random(68),
      "https://discord.com/api/webhooks/1422406347217583672/[SECRET_1]"
    ),
    ("1\t635-50-8705\t2", "1\t[NATIONAL_ID_1]\t2"),
    // E-mail
    ("mail anna.berg@firma.de now", "mail [EMAIL_1] now"), ("<a.b+c@mail.corp.io>", "<[EMAIL_1]>"),
    ("mailto:zoe@studio.cloud.", "mailto:[EMAIL_1]."), (#"{"e":"x\nmax@web.de\n"}"#, #"{"e":"x\n[EMAIL_1]\n"}"#),
    ("发给li@qq.com。", "发给[EMAIL_1]。"),
    // Addresses
    ("from 83.48.57.51 port 22", "from [IP_1] port 22"), ("http://91.12.3.4:8080/x", "http://[IP_1]:8080/x"),
    ("ssh deploy@149.12.198.169", "ssh deploy@[IP_1]"), ("peer 2a02:dd2::3561:60be:3e8 up", "peer [IP_1] up"),
    ("[2a00:12f9:327c:c988:3441:55c9:16f7:287d]:443", "[[IP_1]]:443"), ("ether c4:a7:3d:3f:88:b7", "ether [MAC_1]"),
    ("88-FE-41-13-AC-01 x", "[MAC_1] x"),
    // Phones
    ("call +1 (415) 555-0132 today", "call [PHONE_1] today"), ("+4915123477528", "[PHONE_1]"),
    ("+44 7400 056685.", "[PHONE_1]."), ("tel:+61-412-306-264", "tel:[PHONE_1]"),
    ("phone: 0664 651969", "phone: [PHONE_1]"),
    // Cards, accounts, ids
    ("card 4111 1111 1111 1111 ok", "card [CARD_1] ok"), ("'5100-2378-8735-7461'", "'[CARD_1]'"),
    ("378282246310005", "[CARD_1]"), ("IBAN DE89 3704 0044 0532 0130 00.", "IBAN [IBAN_1]."),
    ("gb82west12345698765432", "[IBAN_1]"), ("ssn 635-50-8705", "ssn [NATIONAL_ID_1]"),
    // Passwords and secrets by context
    ("postgres://app:hunter2@db:5432/x", "postgres://app:[PASSWORD_1]@db:5432/x"),
    ("redis://:N2DR0y4z@cache", "redis://:[PASSWORD_1]@cache"),
    ("app:s3cr3tPw@tcp(db:3306)/x", "app:[PASSWORD_1]@tcp(db:3306)/x"),
    ("DB_PASSWORD=Winter1993@", "DB_PASSWORD=[PASSWORD_1]"),
    (#""api_key": "p2rvCfKwKp0aWVvt""#, #""api_key": "[SECRET_1]""#),
    ("$cfg['auth_token'] = 'q8Zr51xLpW';", "$cfg['auth_token'] = '[SECRET_1]';"),
    ("  password: ad4e7788ea68a133", "  password: [PASSWORD_1]"),
    (#"{\"pwd\":\"Tiger2021\"}"#, #"{\"pwd\":\"[PASSWORD_1]\"}"#),
    ("let apiKey: String = \"56WehyRL33EdSShXe\"", "let apiKey: String = \"[SECRET_1]\""),
    ("Pwd=wSnHAmaj%231yMt;Encrypt=1", "Pwd=[PASSWORD_1];Encrypt=1"), ("密码: Abc12345x。", "密码: [PASSWORD_1]。"),
    ("Authorization: Bearer 3gIX5XCM4c7XaHauck7jvL9G", "Authorization: Bearer [SECRET_1]"),
    ("Authorization: Basic bGluZHF2aXN0cjphazlROUxQ", "Authorization: Basic [SECRET_1]"),
    ("curl -u jonas:CoHnwO8HaMSs https://x.test", "curl -u jonas:[PASSWORD_1] https://x.test"),
    // Homes
    ("/home/anna/src", "/home/[USER_1]/src"), ("at (/Users/ingridv/code)", "at (/Users/[USER_1]/code)"),
    (#"C:\Users\okaforj\AppData"#, #"C:\Users\[USER_1]\AppData"#),
    (#"C:\\Users\\okaforj\\x"#, #"C:\\Users\\[USER_1]\\x"#),
    ("/mnt/c/Users/nadia-r/x", "/mnt/c/Users/[USER_1]/x"), ("anna@laptop:~/src$ ls", "[USER_1]@laptop:~/src$ ls"),
  ]

  @Test(arguments: hits) func theValueGoesAndNothingElse(text: String, expected: String) {
    #expect(Scrubber.standard.scrub(text: text).value == expected)
  }

  @Test(arguments: Fixtures.tokens) func aTokenGoesInEverySurrounding(rule: String, token: String) {
    for (left, right) in [
      ("", ""), ("use ", " now"), ("\"", "\","), ("\\n", "\\n"), ("`", "`."), ("https://x.test/?k=", "&b=1"),
      ("是", "。"), ("-", "\n"),
    ] {
      #expect(Scrubber.standard.scrub(text: left + token + right).value == left + "[SECRET_1]" + right, "\(rule)")
    }
  }

  @Test func aJsonWebTokenIsOneValue() {
    #expect(Scrubber.standard.scrub(text: "jwt=\(Fixtures.jwt)&x").value == "jwt=[JWT_1]&x")
  }

  @Test func aPrivateKeyLosesItsBodyAndKeepsItsFrame() {
    let framed = Fixtures.pem("[PRIVATE_KEY_1]")
    #expect(Scrubber.standard.scrub(text: Fixtures.pem(Fixtures.keyBody)).value == framed)
    let escaped = Fixtures.pem(Fixtures.keyBody).replacing("\n", with: "\\n")
    #expect(Scrubber.standard.scrub(text: escaped).value == framed.replacing("\n", with: "\\n"))
    let cut = Fixtures.pem(Fixtures.keyBody).prefix(100)
    #expect(Scrubber.standard.scrub(text: String(cut)).value.hasSuffix("-----\n[PRIVATE_KEY_1]"))
  }
}
