/// The table: recognizers, tokens (see `Rule+Tokens.swift`) and key words.
extension Rule {
  package static let standard: [Rule] = recognizers + tokens + keys

  static let recognizers: [Rule] = [
    .find(.address, .email), .find(.urlPassword, .password), .find(.assignment, .secret), .find(.macAddress, .mac),
    .find(.number, .ip), .find(.internationalPhone, .phone), .find(.areaCodePhone, .phone),
    .find(.pemKey, .privateKey), .find(.homePath, .user), .find(.bankAccount, .iban),
    .find(.commandPassword, .password), .find(.element, .secret), .find(.spelledAddress, .email),
    .find(.letterID, .nationalID), .find(.dottedMac, .mac), .find(.listing, .user), .find(.credentialPair, .password),
    .find(.arrow, .secret), .find(.argument, .secret), .find(.literal, .secret),
  ]

  static let keys: [Rule] = passwords + secrets + addresses + commands

  private static let passwords: [Rule] = {
    let words = withCapitals([
      "password", "passwd", "passphrase", "passcode", "passwort", "kennwort", "contrasena", "contraseña", "senha",
      "palavrapasse",
      "palabraclave", "motdepasse", "d'accès", "d’accès", "wachtwoord", "hasło", "hasła", "hasłem", "hasłu", "haslo",
      "heslo", "geslo", "parola", "parolă",
      "zaporka", "lozinka", "лозинка", "парола", "паролата", "пароль", "пароля", "паролем", "şifre", "şifresi", "sifre",
      "lösenord",
      "lösenordet", "losenord", "passord", "passordet", "kodeord", "kodeordet", "adgangskode", "adgangskoden",
      "salasana", "parool", "slaptažodis", "jelszó", "jelszo", "κωδικός", "mậtkhẩu", "matkhau", "katasandi",
      "katasandinya", "presharedkey",
      "รหัสผ่าน", "كلمةالمرور", "كلمةالسر", "كلمةسر", "الرقمالسري", "الباسورد", "סיסמה", "पासवर्ड", "密码", "密碼", "口令",
      "パスワード", "暗証番号", "비밀번호", "비번", "암호",
      "identifiedby", "şifrem", "parolam", "parolası", "şifreyi", "şifremi", "şifresini", "parolayı", "parolamı",
      "parolasını", "şifren",
      "parolan", "паролю", "пароле", "heslem", "hesla", "jelszava", "jelszót", "salasanan", "salasanaksi", "패스워드",
      "passwoord", "pasahitza", "lykilorð",
    ])
    let short = [
      "pwd", "pass", "pw", "clave", "mdp", "psk", "storepass", "keypass", "masterauth", "deststorepass", "srcstorepass",
      "destkeypass", "srckeypass",
    ]
    return words.map { Rule.key($0, .password, spoken: true) }
      + short.map { Rule.key($0, .password, whole: true, spoken: true) } + [Rule.key("sandi", .password)]
  }()

  private static let secrets: [Rule] = {
    let told = withCapitals([
      "secret", "token", "apikey", "secretkey", "accesskey", "masterkey", "bearerauth", "apischlüssel", "apischluessel",
      "cléapi", "clefapi", "claveapi", "clavedeapi", "chaveapi", "chavedeapi", "chiaveapi", "kluczapi", "ключapi",
      "apiключ", "apisleutel", "apinyckel", "apikulcs", "klíčapi", "токен", "密钥", "密鑰", "秘钥", "令牌", "apiキー",
      "jeton", "アクセスキー", "トークン", "シークレットキー", "api키", "토큰", "encryptionkey", "signingkey", "secretkeybase",
    ])
    let foreign = withCapitals([
      "kľúčapi",
      "apianahtarı", "apianahtarım", "apianahtarımız", "gizlianahtar", "erişimanahtarı", "erişimbelirteci", "apinøgle",
      "apinøkkel", "apiavain", "cheieapi", "khóaapi", "kunciapi", "κλειδίapi", "cléd'api", "clavedelaapi", "chavedaapi",
      "ключдоступа", "مفتاحapi", "מפתחapi",
    ])
    let names = [
      "privatekey", "authkey", "storagekey", "accountkey", "sharedkey", "appkey",
      "securitykey", "subscriptionkey", "servicekey", "licensekey", "webhookkey", "credential", "credentials",
      "connectionkey", "sessionkey", "jwtkey", "hmackey", "clientkey", "consumerkey",
    ]
    let short = ["auth", "session", "sessionid", "phpsessid", "jsessionid", "sid"]
    return told.map { Rule.key($0, .secret, spoken: true) } + (names + foreign).map { Rule.key($0, .secret) }
      + short.map { Rule.key($0, .secret, whole: true) } + [Rule.key("pat", .secret, whole: true, spoken: true)]
  }()

  private static let addresses: [Rule] = ["mac", "macaddress", "macaddr", "hwaddr"].map {
    Rule.key($0, .mac, whole: true)
  }

  /// Commands that take a password as one of their words.
  private static let commands: [Rule] = [
    "net user", "add_user", "change_password", "htpasswd", "alias set", "config host add", "stats auth",
    "radius-server", "tacacs-server", "snmp-server user", "sqlplus", "convertto-securestring", "chpasswd", "echo",
    "creds", "credentials", "impdp", "expdp", "sqlldr", "isql", "snmp-server community", "wpa_passphrase",
    "sp_addlogin", "secret set", "printf",
    "set -x", "set -gx", "set -ux", "setx", "connect",
    "login with", "log in with", "logged in with", "logging in with", "sign in with", "signed in with",
  ].map { Rule.command($0, .password) }

  /// Letters beyond ASCII are compared as they are: each word also in capitals and with a capital first letter.
  private static func withCapitals(_ words: [String]) -> [String] {
    words.flatMap { word in
      let forms = [word, word.uppercased(), word.prefix(1).uppercased() + String(word.dropFirst())]
      return Set(forms.map { form in String(decoding: form.utf8.map(Ascii.lower), as: UTF8.self) }).sorted()
    }
  }
}
