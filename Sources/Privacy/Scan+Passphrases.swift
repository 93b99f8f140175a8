/// Words in a row as people choose them for a password, told from the names that code is made of.
extension Scan {
  /// `gravel-pickle-cobalt-walnut`, `monsoon.velvet.lantern.orbit`, `Silver_Yonder_Puzzle_45`: four words and more, or
  /// three and a number or two and one of three digits, with the same sign between them, and no word that names in code have.
  func isPassphrase(_ start: Int, _ end: Int, _ shape: Shape) -> Bool { isPhrase(start, end, shape, isKeyed: false) }

  /// `yonder_oyster_hazel`: three words, none of which names in code have. Enough behind the name of a password only.
  func isKeyedPhrase(_ start: Int, _ end: Int, _ shape: Shape) -> Bool {
    shape.hyphens == 2 && shape.digits == 0 && isPhrase(start, end, shape, isKeyed: true)
      && !isPlaceholderText(start, end) && !hasFillerWord(start, end)
  }

  /// `dein-passwort-hier`: one of the three is a key word, or points at who reads it.
  private func hasFillerWord(_ start: Int, _ end: Int) -> Bool {
    var part = start
    while part < end {
      var stop = part
      while stop < end, Ascii.isLetter(bytes[stop]) { stop += 1 }
      if keyWord(endingAt: stop) != nil || Scan.fillerWords.contains(folding: bytes, part, stop) { return true }
      part = stop + 1
    }
    return false
  }

  /// What people of other languages write where a value goes: "your", "here", "my".
  private static let fillerWords = WordSet([
    "dein", "deine", "ihr", "ihre", "mein", "hier", "votre", "ici", "mot", "tuo", "tua", "qui", "aqui", "seu", "sua",
    "jouw", "mijn", "twoje", "tutaj", "benim", "senin", "here", "mine", "secure", "strong", "very", "super", "not",
  ])

  private func isPhrase(_ start: Int, _ end: Int, _ shape: Shape, isKeyed: Bool) -> Bool {
    guard shape.symbols == 0, shape.hyphens > 0, shape.hyphens > 1 || shape.digits > 2, shape.lower > 7,
      end - start <= Scan.phraseMax,
      let sign = (start..<end).first(where: { !Ascii.isLetter(bytes[$0]) }), !Ascii.isDigit(bytes[sign])
    else { return false }
    var (words, hasNumber, part) = (0, false, start)
    while part < end {
      if hasNumber { return false }
      var stop = part
      while stop < end, Ascii.isLetter(bytes[stop]) { stop += 1 }
      let digits = stop
      while stop < end, stop - digits < 4, Ascii.isDigit(bytes[stop]) { stop += 1 }
      hasNumber = stop > digits
      guard digits > part ? isWordOfPhrase(part, digits, isKeyed ? 0 : bytes[sign]) : hasNumber,
        stop == end || bytes[stop] == bytes[sign] && stop + 1 < end
      else { return false }
      words += digits > part ? 1 : 0
      part = stop + 1
    }
    let isShort = words == 2 && shape.digits > 2 && shape.hyphens == 1 && !hasNameWord(start, end, bytes[sign])
    return (isShort || words >= (hasNumber || isKeyed ? 3 : 4))
      && shape.upper == (Ascii.isUpper(bytes[start]) ? words : 0)
      && !containsOne(
        of: [
          "secret", "token", "key", "password", "name", "auth", "access", "api", "header", "param", "field", "config",
          "cookie", "setting", "default", "encrypt", "server", "client", "option", "ensure", "enable",
        ], start, end)
  }

  /// One of the two words, where hyphens would let it pass.
  private func hasNameWord(_ start: Int, _ end: Int, _ sign: UInt8) -> Bool {
    guard sign == 0x2D, let middle = (start..<end).first(where: { bytes[$0] == sign }) else { return false }
    var last = middle + 1
    while last < end, Ascii.isLetter(bytes[last]) { last += 1 }
    return Scan.nameWords.contains(folding: bytes, start, middle)
      || Scan.nameWords.contains(folding: bytes, middle + 1, last)
  }

  /// One case but for the first letter. Small words with hyphens between are no name in most languages.
  private func isWordOfPhrase(_ start: Int, _ end: Int, _ sign: UInt8) -> Bool {
    guard 3...14 ~= end - start, (start + 1..<end).allSatisfy({ Ascii.isLower(bytes[$0]) }) else { return false }
    return sign == 0x2D && !Ascii.isUpper(bytes[start]) || !Scan.nameWords.contains(folding: bytes, start, end)
  }

  /// What names of variables, functions, modules, settings and routes are put together from.
  static let nameWords = WordSet(
    """
    accept access account acme action active actual add addr address admin after alert algorithm algorithms alias \
    align all alloc allow amount and android any apache api app append application apps arch are area arg args \
    argument array arrays asm assert asset assets assign async attach attr attribute attributes audio audit auth \
    author authorize auto available aws azure back backend backends backup bad base batch bearer before begin between \
    bin binary bind binding bit bits block blocks body bool bot bound box bpf branch browser bucket buf buffer bug \
    build builder builtin bundle button byte bytes cache call callback cancel card case cell cert certificate \
    certificates cfg chain change channel char charset check checks child choice cipher ciphers class classes clean \
    clear cli click client clone close cloud cls cluster cmd code codec col color column com command comment commit \
    common compare compat complete component compute con condition conf config configuration confirm conn connect \
    connection console const constant constants consul contact container contains content contents context control \
    conv convert cookie copy core corp count counter cpu create created creation cred credential credentials creds \
    critical cron crypto cryptography css csv ctrl ctx current cursor custom customer daemon dash dashboard data \
    database datasource date day dead debug dec decode def default define del delay delete demo depth desc descriptor \
    desktop dest detail details dev device dialog dict diff digest dir direct directory disable disk dispatch display \
    django dns doc docker docs document domain domains done down download driver drop dst dump dup dynamic each edit \
    editor edu elastic element email emit empty enable enabled encode encoding encrypt end endpoint engine ensure \
    entity entries entry enum env environment equal err error errors eval event events example exceptions exec \
    execute exist exists exit expand expected expire expired expires export expr ext extension external extra factory \
    fail failed failure false fast feature fetch field fields file filename files filter final find first fixed flag \
    flags flask float flow flush fmt folder font foo footer for force forgot fork form format forms found frame free \
    from frontend full func function functions gateway gcp gen generate generated generator generic get getter git \
    given global google gov grafana graph group groups guard guest handle handler handlers has hash hashed have \
    hazmat head header headers height hello help helper hidden hide high hint history home hook host hour html http \
    https icon identifier identity ids idx ignore image images impl import inc include incorrect index info init \
    initial inline inner input insert inside install instance int integer interface internal into invalid invoice \
    issue item items iter java job jobs join json just jwt kafka keep kernel key keycloak keyring keys keystore kind \
    kube kubernetes label lang language large last lat latest layer layout lazy ldap left legacy len length let level \
    lib library license lifetime limit line lines link linux list listen listener load loader local location lock log \
    logger logging logic login long lookup loop low machine mail main make manager map mapping mark mask master match \
    matrix max mem member memory menu merge message messages meta metadata method metric metrics mfa microsoft \
    middleware min minimum missing mobile mode model models modified module mongo mongodb monitor month more mount \
    move msg multi must mysql name names namespace nav net network never new next nginx node nodes non none normal \
    not note notify now npm null num number numbers oauth obj object off offset old one only open openssl operation \
    operator opt option optional options oracle order org origin other otp out outer output over override owner pack \
    package page pages pair param parameter params parent parse parser parsers part partial pass passwd password \
    passwords patch path paths pattern payload payment peer pem per perm permission person phone pid ping pipe \
    pipeline pixel placeholder platform plugin point pointer policy poll pool pop popup port pos position post \
    postgres prefix prepare present prev preview previous primitives print prod product production profile program \
    progress project prometheus prompt prop properties property props protocol provider proxy ptr public publish pull \
    push put pwd python query queue quota quote rabbitmq rails raised random range rate raw react read reader \
    readonly ready real reason rec receive record records recovery redirect redis ref reference refresh reg regex \
    region register registry reload remote remove rename render repeat replace reply repo report repos req request \
    requests require required reset resolve resource resources response rest restore result results retry return \
    review right role root rotation route router row rows rsa rule rules run runner runtime safe same saml sample \
    save scan schema scope screen script search sec second secret secrets section secure security seed select \
    selected self send sender sensor seq serial server servers service services session set sets setting settings \
    setup shape share shared shell short should show shutdown sign signal signature signed simple single site size \
    skip slot small smtp snapshot socket sort source spec split spring sql src ssh ssl stack stage staging start \
    started stat state static stats status step stop storage store str stream strength string strings struct style \
    sub submit success sudo suffix sum sun support switch sync syntax sys system systems tab table tables tag tags \
    target task tasks team temp template tenant term test testing tests text than that the theme then this thread \
    time timeout timer timestamp title tls tmp toggle token tokens tool tools tooltip top topic total totp trace \
    track transaction transform transport tree trigger true truststore try ttl two type types unit units unknown \
    unlock until update upload upper url usage use used user username users using util utils valid validate \
    validation value values var variable vault vector verification verify version video view virtual volume wait warn \
    warning watch web webapp webhook website week when where while width window with without word words work worker \
    workflow wrap wrapper write writer wrong www xml yaml year yes your zip zone
    """.split(separator: " ").map(String.init))
}
