/// The phrases that rules ask for often, as tables.
struct Phrases: Sendable {
  static let standard = Phrases()

  /// What people write where a value goes.
  let placeholders = PhraseSet([
    "your", "example", "changeme", "change-me", "change_me", "placeholder", "xxxx", "****", "dummy", "redacted",
    "insert", "sample", "todo", "fixme", "...", "replace", "\u{2026}", "0000000", "1234567890", "abcdef",
  ])
  /// Names of algorithms, formats and standards.
  let technical = PhraseSet([
    "base64", "base32", "sha1", "sha2", "sha3", "sha5", "sha-", "md5", "utf8", "utf-", "oauth", "argon2", "pbkdf2",
    "bcrypt", "ed25519", "aes1", "aes2", "aes-", "rsa2", "rsa4", "x509", "http", "ipv4", "ipv6", "python", "win32",
    "hs256", "rs256", "es256", "iso-", "iso8", "rfc1", "rfc2", "rfc3", "rfc4", "rfc5", "rfc6", "rfc7", "rfc8", "rfc9",
    "rfc-", "base58", "base62", "latin1", "unicode", "pkcs",
  ])
  /// How code that fetches the value begins.
  let lookups = WordSet(
    [
      "process.", "os.", "env.", "ENV", "config.", "settings.", "self.", "this.", "secrets.", "vars.", "var.", "data.",
      "import.", "System.", "System[", "args.", "req.", "request.", "ctx.", "vault:", "arn:", "file:", "props.",
      "local.", "op:", "random_", "credentials.", "options.", "params.", "user.", "sha256:", "sha512-",
    ], prefixes: true)
  /// What stands before a literal that is a password.
  let signIn = PhraseSet([
    "auth(", "auth=", "auth =", "login", "logon(", "sign_in(", "signin(", "credential", "pdo(", "mysqli(", "connect(",
    "connection(", "wifi.begin(", "usernamepassword", "passw", "pwd", "create_user", "createuser", "basic_auth",
    "basicauth", "userpwd", "passphrase", "sequelize(", "authenticate(", "authenticator", "authentication.", ".basic(",
    "username_pw", "kinit", "createconnection", "createpool(",
    "pgp_sym_", "crypt(", "bcrypt.", "argon2.", "scrypt",
  ])
  /// Columns that stand beside one of passwords.
  let accountColumns = PhraseSet([
    "user", "name", "login", "mail", "account", "url", "host", "site", "server", "service", "role", "env", "id",
    "benutzer",
    "konto", "utilisateur", "compte", "usuari", "usuár", "cuenta", "conta", "utente", "gebruiker", "логин", "польз",
    "用户", "账号", "ユーザ", "사용자",
  ])
  /// What is called with a name and a password as its last arguments.
  let signInCalls = PhraseSet([
    "login(", "logon(", "auth(", "auth=(", "auth = (", "signin(", "sign_in(", "authenticate(", "authenticator(",
    "authenticator::new(", ".basic(", "basicauth(", "basic_auth(", "credential(", "credentials(", "pdo(",
    "getconnection(", "_pw_set(", "_user(", "createuser(",
  ])
  /// What stands before a literal that is a token or key.
  let client = PhraseSet([
    "client(", "client.new(", "api(", "hmac", "jwt", "fernet(", "secret", "token", "apikey", "api_key", "api-key",
    "signing", "headervalue(", "cookieparser(", "createcipher", "createdecipher", "aes.new(", "cipher.", "encryption",
  ])
  /// What stands before a name and its password.
  let pairs = PhraseSet([
    "login", "log in", "credential", "creds", "account", "sign in", "user", "zugangsdaten", "zugang:", "benutzer",
    "identifiant", "utilisateur", "compte", "credencial", "credenciai", "usuari", "usuár", "acceso", "acesso",
    "accesso", "utente", "inloggegevens", "gebruiker", "dane logowania", "konto", "логин", "учет", "доступ",
    "登录", "账号", "帳號", "ログイン", "アカウント", "계정", "로그인", "kullan", "auth", "smtp", "relay", "sasl", "proxy",
  ])
  /// What the other parts of a connection string begin with.
  let connection = PhraseSet([
    "jdbc:", "server=", "data source=", "uid=", "user id=", "host=", "database=", "driver=",
  ])
  /// Parts of names that only end like a secret's.
  let harmless = PhraseSet([
    "next", "page", "lock", "idempot", "continuation", "forward", "backward", "sync", "cancel", "requesttoken",
    "request-token", "request_token", "publickeytoken", "marker", "eos_", "bos_", "pad_", "updatetoken",
  ])

  /// Words for a payment card, or what they begin with.
  let cards = PhraseSet([
    "card", "visa", "karte", "kart", "tarjeta", "carte", "carta", "cartao", "cartão", "cartões", "kort", "kaart",
    "maestro", "mastercard", "amex", "unionpay", "discover", "diners", "jcb", "rupay", "girocard", "карт", "Карт",
    "КАРТ", "بطاق", "カード", "카드", "卡号", "卡號", "银行卡", "銀行卡", "信用卡", "储蓄卡", "借记卡", "用卡", "银联", "銀聯",
    "บัตร", "thẻ", "κάρτα", "κάρτας", "כרטיס", "कार्ड", "کارت", "bankovní", "platobn", "kredit", "credit",
    "accountnumber", "luhn",
  ])
  /// What announces a version, a section or an object identifier.
  let versions = PhraseSet([
    "version", "versión", "versão", "wersj", "sürüm", "verze", "verzi", "версии", "версия", "версию", "версий", "版本",
    "バージョン", "버전", "إصدار", "release", "upgrade", "bump", "section", "spec ", "ecma-", "objectidentifier", "clause",
    "revision", "downgrade",
    "firmware", "build ", "driver ", "§",
  ])
  /// What changes from one version to the next.
  let updates = PhraseSet([
    "update", "v8 ", "upgrad", "downgrad", "bump", "aktualis", "migrat", "actualiz", "atualiz", "обнов", "aggiorn",
  ])

  /// What a key opens that everybody may know, or that is no lock's.
  let openKeys = PhraseSet([
    "public", "pub_", "pub-", "pubkey", "publish", "site", "cache", "primary", "foreign", "sort", "partition", "hash",
    "range", "group", "unique", "idempot", "object", "bucket", "lookup", "dedup", "dict", "map", "row", "index",
    "trans",
    "i18n", "etag", "host", "known", "finger", "kms", "blob", "file", "path", "s3", "memo", "merge", "sha", "md5",
    "commit", "build", "restore", "store", "query", "asset", "chunk", "module", "component", "react", "layer", "image",
    "tree", "monkey", "turkey", "hockey", "lockey", "hotkey", "hot_key", "event", "game", "keyboard",
  ])
  /// Whose keys are secrets, in names in small letters.
  let closedKeys = PhraseSet([
    "admin", "rout", "integration", "write", "ingest", "master", "root", "server", "private", "deploy", "bot", "app",
    "team", "device", "provision", "shared", "account", "storage", "hub", "service", "license", "vendor", "send",
    "mail",
    "pager", "duty", "genie", "functions",
  ])

  /// What the types and members tell that secrets are kept in.
  let types = PhraseSet([
    "token", "credential", "key", "secret", "auth", "password", "cert", "client", "session", "sign",
  ])

  /// Words that announce the value.
  let copulas = WordSet([
    "is", "was", "be", "are", "ist", "war", "lautet", "est", "es", "era", "är", "er", "jest", "é", "è", "это", "equals",
    "is:", "was:", "ist:", "est:", "are:", "->", "→", "este", "là", "adalah", "sú", "je:", "jest:", "è:", "é:", "es:",
    "είναι", "becomes", "bude", "będzie", "sera", "será", "sarà", "wordt",
    "c'est", "c’est", "היא", "הוא", "है", "हैं", "е", "คือ", "heißt", "heisst", "هي", "هو", "هى", "هي:", "foi", "fue",
    "était", "lautete", "c'est:",
  ])
  /// Words that may stand between them and the value.
  let fillers = WordSet([
    "now", "still", "currently", "just", "probably", "set", "to", "simply", "set:", "jetzt", "ahora", "the", "as",
    "maintenant", "again", "literally", "btw", "always", "actually", "really", "temporarily", "only", "here", "also",
    "übrigens", "aktuell", "weiterhin", "einfach", "noch", "immer", "nur", "auch", "wieder", "vorübergehend",
    "toujours", "actuellement", "encore", "juste", "siempre", "actualmente", "todavía", "solo", "agora", "ainda",
    "sempre", "adesso", "ora", "teraz", "nadal", "nu", "steeds", "gewoon", "сейчас", "теперь", "пока", "nyní", "teď",
    "şimdi",
  ])
  /// Such words in languages whose key words they follow; in English they mean something else.
  let foreignCopulas = WordSet([
    "to", "auf", "sur", "à", "en", "na", "на", "op", "on", "je", "а", "value", "wert", "valeur", "valor", "-", "–", "—",
    "=", ":=", "=>",
  ])
  /// What stands between an abbreviation in capitals and its number: "mi NIE es", "NIF del titular".
  let leads = WordSet([
    "es", "est", "ist", "jest", "lautet", "era", "fue", "war", "foi", "este", "wynosi", "del", "de", "do", "da", "der",
    "des", "di", "mi", "mio", "mon", "mein", "meu", "numero", "número", "numéro", "nummer", "titular", "cliente",
    "client",
    "kunde", "con", "para", "por", "nº", "válido", "nuevo", "actual", "siguiente", "termina", "vom", "von",
  ])
  /// What stands behind the word in the names of secrets: `password_plain`, `apiKeyProd`.
  let suffixes = WordSet(
    Phrases.suffixWords.flatMap { [$0, $0.uppercased(), $0.prefix(1).uppercased() + $0.dropFirst()] })
  /// By the lower five bits of the last letter but one a bit for each of those of the last.
  private let suffixEnds = Immortal(
    Phrases.suffixWords.reduce(into: [UInt32](repeating: 0, count: 32)) { ends, word in
      let last = Array(word.utf8.suffix(2))
      ends[Int(last[0] & 31)] |= 1 << UInt32(last[1] & 31)
    })

  /// Whether a name that ends in these two bytes may end in a suffix or a number.
  @inline(__always)
  func mayEndInSuffix(_ before: UInt8, _ last: UInt8) -> Bool {
    // Five bits: one of 32.
    Ascii.isDigit(last) || suffixEnds[Int(before & 31)] >> UInt32(last & 31) & 1 == 1
  }

  private static let suffixWords = [
    "plain", "plaintext", "value", "val", "text", "txt", "str", "string", "new", "old", "confirm", "confirmation",
    "prod", "production", "staging", "dev", "live", "raw", "clear", "cleartext", "b64", "base64", "default", "env",
    "primary", "secondary", "backup", "admin", "root", "again", "repeat", "current", "temp", "tmp",
  ]
  /// What else the name before a sign is looked at for: suffixes, `Jwt:Key`, `ADMIN_KEY`, `Authorization`, the
  /// parameters of addresses, Basic's usual types, `jdbc:oracle:thin:`, `oci:`, `/user:`.
  static let nameEnds =
    suffixWords + [
      "key", "ion", "sig", "signature", "code", "ticket", "object", "variant", "char", "uri", "thin", "oci", "user",
    ]

  /// How the English words begin that secrets are told by.
  let english = WordSet(["pas", "pwd", "pw ", "pw:", "sec", "tok", "api", "acc", "mas", "ide"], prefixes: true)
  /// What stands for a value and is none, as a whole.
  let words = WordSet([
    "password", "secret", "token", "string", "null", "none", "undefined", "true", "false", "bearer", "basic",
  ])
  /// What follows their colon is a name: "password for user: anna".
  let accounts = WordSet([
    "user", "username", "users", "account", "login", "email", "e-mail", "host", "hostname", "server", "name", "id",
    "benutzer", "nutzer", "konto", "utilisateur", "compte", "usuario", "usuário", "cuenta", "conta", "utente",
    "gebruiker", "użytkownika", "пользователя",
  ])
}
