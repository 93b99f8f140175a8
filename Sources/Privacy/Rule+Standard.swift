/// The table. A vendor's token is one row: its name, its type, its shape. Prefixes, alphabets and lengths are those the
/// vendors document or the public rule lists of secret scanners agree on.
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

  static let tokens: [Rule] = [
    .token("jwe", .jwt, "eyJ[A-Za-z0-9_-]{8,}.[A-Za-z0-9_-]{0,}.[A-Za-z0-9_-]{8,}.[A-Za-z0-9_-]{8,}.[A-Za-z0-9_-]{8,}"),
    .token("jwt", .jwt, "eyJ[A-Za-z0-9_-]{8,}.[A-Za-z0-9_-]{8,}.[A-Za-z0-9_-]{8,}"),
    .token("cerberus", .secret, "cbk_[0-9a-f]{12}_[0-9a-f]{64}"),
    .token("aws-key-id", .secret, "A[KS]IA[A-Z2-7]{16}"),
    .token("aws-key-id-loose", .secret, "A[KS]IA[A-Z0-9]{16}"),
    .token("github-token", .secret, "gh[pousr]_[A-Za-z0-9]{36,251}"),
    .token("github-pat", .secret, "github_pat_[A-Za-z0-9_]{22,255}"),
    .token("gitlab-pat", .secret, "glpat-[A-Za-z0-9_.-]{20,300}"),
    .token("gitlab-trigger", .secret, "glptt-[0-9a-f]{40}"),
    .token("gitlab-runner", .secret, "glrt-[A-Za-z0-9_.-]{20,300}"),
    .token("gitlab-registration", .secret, "GR1348941[A-Za-z0-9_-]{20,64}"),
    .token("gitlab-deploy", .secret, "gldt-[A-Za-z0-9_-]{20,64}"),
    .token("gitlab-job", .secret, "glcbt-[A-Za-z0-9_-]{20,64}"),
    .token("gitlab-feed", .secret, "glft-[A-Za-z0-9_-]{20,64}"),
    .token("anthropic", .secret, "sk-ant-[A-Za-z0-9_-]{24,200}"),
    .token("openrouter", .secret, "sk-or-v1-[0-9a-f]{64}"),
    .mixed("openai", .secret, "sk-proj-[A-Za-z0-9_-]{32,255}"),
    .mixed("openai-service", .secret, "sk-svcacct-[A-Za-z0-9_-]{32,255}"),
    .mixed("openai-admin", .secret, "sk-admin-[A-Za-z0-9_-]{32,255}"),
    .mixed("openai-legacy", .secret, "sk-[A-Za-z0-9]{32,64}"),
    .token("hugging-face", .secret, "hf_[A-Za-z]{34}"),
    .token("hugging-face-loose", .secret, "hf_[A-Za-z0-9]{30,40}"),
    .token("hugging-face-org", .secret, "api_org_[A-Za-z]{34}"),
    .token("groq", .secret, "gsk_[A-Za-z0-9]{40,64}"),
    .token("perplexity", .secret, "pplx-[A-Za-z0-9]{40,64}"),
    .token("xai", .secret, "xai-[A-Za-z0-9]{70,90}"),
    .token("replicate", .secret, "r8_[A-Za-z0-9]{37,40}"),
    .token("slack-token", .secret, "xox[abeoprs]-[A-Za-z0-9-]{20,255}"),
    .token("slack-app", .secret, "xapp-[0-9]-[A-Za-z0-9-]{20,255}"),
    .token("slack-webhook", .secret, "https://hooks.slack.com/services/[A-Za-z0-9/_]{24,90}"),
    .token("slack-workflow", .secret, "https://hooks.slack.com/workflows/[A-Za-z0-9/_]{24,120}"),
    .token("discord-webhook", .secret, "https://discord.com/api/webhooks/[0-9]{17,20}/[A-Za-z0-9_-]{60,80}"),
    .mixed("discord-bot", .secret, "[MNO][A-Za-z0-9_-]{23,27}.[A-Za-z0-9_-]{6}.[A-Za-z0-9_-]{27,40}"),
    .token("stripe", .secret, "[sr]k_live_[A-Za-z0-9]{16,255}"),
    .token("stripe-test", .secret, "[sr]k_test_[A-Za-z0-9]{16,255}"),
    .token("stripe-webhook", .secret, "whsec_[A-Za-z0-9+/=]{24,88}"),
    .mixed("twilio", .secret, "SK[0-9a-f]{32}"),
    .token("sendgrid", .secret, "SG.[A-Za-z0-9_-]{16,32}.[A-Za-z0-9_-]{32,64}"),
    .token("npm", .secret, "npm_[A-Za-z0-9]{36,64}"),
    .token("pypi", .secret, "pypi-AgE[A-Za-z0-9_-]{48,1000}"),
    .token("rubygems", .secret, "rubygems_[0-9a-f]{48}"),
    .token("google-api", .secret, "AIza[A-Za-z0-9_-]{35}"),
    .token("google-oauth-secret", .secret, "GOCSPX-[A-Za-z0-9_-]{24,40}"),
    .token("google-oauth", .secret, "ya29.[A-Za-z0-9_-]{24,1000}"),
    .token("telegram-url", .secret, "bot([0-9]{8,10}:AA[A-Za-z0-9_-]{32,35})"),
    .token("telegram", .secret, "[0-9]{8,10}:AA[A-Za-z0-9_-]{32,35}"),
    .token("digitalocean", .secret, "do[opr]_v1_[0-9a-f]{64}"),
    .token("docker", .secret, "dckr_[a-z]{3,4}_[A-Za-z0-9_-]{24,64}"),
    .token("shopify", .secret, "shp[a-z]{2}_[0-9A-Fa-f]{32}"),
    .token("shopify-secret", .secret, "shpss_[0-9A-Fa-f]{32}"),
    .token("square", .secret, "sq0[a-z]{3}-[A-Za-z0-9_-]{22,50}"),
    .token("databricks", .secret, "dapi[0-9a-f]{32}"),
    .token("doppler", .secret, "dp.[a-z]{2,6}.[A-Za-z0-9]{40,44}"),
    .token("django", .secret, "django-insecure-([A-Za-z0-9!@#$%^&*_=+()-]{40,64})"),
    .token("doppler-service", .secret, "dp.st.[a-z0-9_-]{2,35}.[A-Za-z0-9]{40,44}"),
    .token("dropbox", .secret, "sl.[A-Za-z0-9_-]{80,1300}"),
    .token("fly", .secret, "fo1_[A-Za-z0-9_-]{40,64}"),
    .token("grafana-service", .secret, "glsa_[A-Za-z0-9]{32}_[0-9a-fA-F]{8}"),
    .token("grafana-cloud", .secret, "glc_[A-Za-z0-9+/=]{32,400}"),
    .token("linear", .secret, "lin_api_[A-Za-z0-9]{32,48}"),
    .mixed("mailgun", .secret, "key-[0-9a-f]{32}"),
    .token("mailchimp", .secret, "[0-9a-f]{32}-us[0-9]{1,2}"),
    .token("new-relic", .secret, "NR[A-Z]{2}-[A-Z0-9]{27,40}"),
    .token("notion", .secret, "ntn_[A-Za-z0-9]{40,60}"),
    .token("planetscale", .secret, "pscale_[a-z]{2,6}_[A-Za-z0-9_.-]{32,64}"),
    .token("postman", .secret, "PMAK-[0-9a-f]{24}-[0-9a-f]{30,36}"),
    .token("sentry", .secret, "sntr[ysu]{1,2}_[A-Za-z0-9+/=_-]{40,400}"),
    .token("supabase", .secret, "sbp_[0-9a-f]{40}"),
    .token("terraform", .secret, "[A-Za-z0-9]{14}.atlasv1.[A-Za-z0-9_-]{60,80}"),
    .token("vault", .secret, "hv[sbr].[A-Za-z0-9_-]{24,300}"),
    .token("age", .secret, "AGE-SECRET-KEY-1[A-Z0-9]{50,64}"),
    .token("artifactory", .secret, "AKC[A-Za-z0-9]{60,80}"),
    .token("atlassian", .secret, "ATATT3[A-Za-z0-9_=-]{60,250}"),
    .token("airtable", .secret, "pat[A-Za-z0-9]{14}.[0-9a-f]{64}"),
    .token("figma", .secret, "figd_[A-Za-z0-9_-]{36,50}"),
    .token("pulumi", .secret, "pul-[0-9a-f]{40}"),
    .token("azure-client-secret", .secret, "[A-Za-z0-9_]{3}[0-9]Q~[A-Za-z0-9_~.-]{31,34}"),
    .token("aws-bedrock", .secret, "ABSK[A-Za-z0-9+/=]{100,280}"),
    .token("gitlab-oauth", .secret, "gloas-[0-9a-zA-Z_-]{20,64}"),
    .token("gitlab-agent", .secret, "glagent-[0-9a-zA-Z_-]{50,64}"),
    .token("gitlab-mail", .secret, "glimt-[0-9a-zA-Z_-]{25,64}"),
    .token("gitlab-flags", .secret, "glffct-[0-9a-zA-Z_-]{20,64}"),
    .token("heroku", .secret, "HRKU-[A-Za-z0-9_-]{36,64}"),
    .token("cloudflare-origin", .secret, "v1.0-[0-9a-f]{24}-[0-9a-f]{146}"),
    .token("mapbox", .secret, "sk.eyJ[A-Za-z0-9_-]{20,200}.[A-Za-z0-9_-]{20,30}"),
    .token("firebase-server", .secret, "AAAA[A-Za-z0-9_-]{7}:APA91b[A-Za-z0-9_-]{130,140}"),
    .token("fly-machine", .secret, "fm[12][a-z]{0,1}_[A-Za-z0-9+/=_-]{90,800}"),
    .token("contentful", .secret, "CFPAT-[A-Za-z0-9_-]{40,50}"),
    .token("brevo", .secret, "xkeysib-[0-9a-f]{64}-[A-Za-z0-9]{16}"),
    .token("brevo-smtp", .secret, "xsmtpsib-[0-9a-f]{64}-[A-Za-z0-9]{16}"),
    .token("asana", .secret, "[0-9]{1,2}/[0-9]{14,18}:[0-9a-f]{32}"),
    .token("asana-2", .secret, "2/[0-9]{14,18}/[0-9]{14,18}:[0-9a-f]{32}"),
    .token("tailscale", .secret, "tskey-[a-z]{3,10}-[A-Za-z0-9]{8,24}-[A-Za-z0-9]{20,48}"),
    .mixed("notion-old", .secret, "secret_[A-Za-z0-9]{43}"),
    .token("netlify", .secret, "nf[pcou]_[A-Za-z0-9]{32,64}"),
    .token("vercel-blob", .secret, "vercel_blob_rw_[A-Za-z0-9]{12,20}_[A-Za-z0-9]{24,40}"),
    .token("one-password", .secret, "ops_eyJ[A-Za-z0-9+/=_-]{200,1500}"),
    .token("buildkite", .secret, "bk[uac][a-z]{0,1}_[A-Za-z0-9]{40}"),
    .mixed("crates", .secret, "cio[A-Za-z0-9]{32}"),
    .mixed("prefect", .secret, "pn[ub]_[A-Za-z0-9]{36}"),
    .mixed("render", .secret, "rnd_[A-Za-z0-9]{24,40}"),
    .mixed("facebook", .secret, "EAA[A-Z][A-Za-z0-9]{80,300}"),
    .mixed("alibaba", .secret, "LTAI[A-Za-z0-9]{12,24}"),
    .mixed("square-access", .secret, "EAAA[A-Za-z0-9_-]{56,62}"),
    .mixed("vault-old", .secret, "s.[A-Za-z0-9]{24}"),
    .token("dynatrace", .secret, "dt0[a-z][0-9]{2}.[A-Z0-9]{24}.[A-Z0-9]{64}"),
    .mixed(
      "azure-storage", .secret, "[A-Za-z0-9+/]{86}==",
      near: [
        "azure", "storage", "storage account", "account key", "cosmos", "cosmosdb", "blob", "wasb", "abfs", "adls",
        "data lake",
      ]),
    .mixed("azure-devops", .secret, "[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}"),
    .token(
      "teams-webhook", .secret, "webhookb2/[0-9a-f-]{36}@[0-9a-f-]{36}/IncomingWebhook/[0-9a-f]{32}/[0-9a-f-]{36}"),
    .token("discordapp-webhook", .secret, "https://discordapp.com/api/webhooks/[0-9]{17,20}/[A-Za-z0-9_-]{60,80}"),
    .mixed("amazon-signature", .secret, "X-Amz-Signature=([0-9a-f]{64})"),
    .mixed("google-signature", .secret, "X-Goog-Signature=([0-9a-f]{128,1024})"),
    .mixed("azure-sas", .secret, "sig=([A-Za-z0-9%+/=]{40,72})"),
    .token("google-refresh", .secret, "1//0[A-Za-z0-9_-]{60,120}"),
    .token("launchdarkly", .secret, "sdk-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"),
    .token("launchdarkly-api", .secret, "api-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"),
    .token("easypost", .secret, "EZ[AT]K[A-Za-z0-9]{54}"),
    .token("duffel", .secret, "duffel_[a-z]{4}_[A-Za-z0-9_=-]{43}"),
    .token("frame-io", .secret, "fio-u-[A-Za-z0-9_=-]{64}"),
    .token("plaid", .secret, "access-[a-z]{7,11}-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"),
    .token("readme", .secret, "rdme_[a-z0-9]{70}"),
    .token("shippo", .secret, "shippo_[a-z]{4}_[0-9a-f]{40}"),
    .token("typeform", .secret, "tfp_[A-Za-z0-9_.=-]{40,64}"),
    .token("hubspot", .secret, "pat-[a-z]{2}[0-9]{1}-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"),
    .token("cerebras", .secret, "csk-[a-z0-9]{40,64}"),
    .token("nvidia", .secret, "nvapi-[A-Za-z0-9_-]{60,72}"),
    .token("tavily", .secret, "tvly-[A-Za-z0-9_-]{28,64}"),
    .token("langsmith", .secret, "lsv2_[a-z]{2}_[0-9a-f]{32}_[0-9a-f]{10}"),
    .token("weights-biases", .secret, "wandb_v1_[A-Za-z0-9_-]{40,100}"),
    .token("pinecone", .secret, "pcsk_[A-Za-z0-9_]{40,90}"),
    .token("resend", .secret, "re_[A-Za-z0-9]{8}_[A-Za-z0-9]{24}"),
    .token("posthog", .secret, "ph[cx]_[A-Za-z0-9]{40,50}"),
    .token("sonar", .secret, "sq[pua]_[0-9a-f]{40}"),
    .token("snyk-uat", .secret, "snyk_uat.[0-9a-f]{8}.[A-Za-z0-9_.-]{60,800}"),
    .token("tencent", .secret, "AKID[A-Za-z0-9]{32}"),
    .token("yandex", .secret, "AQVN[A-Za-z0-9_-]{35,38}"),
    .token("yandex-iam", .secret, "t1.[A-Z0-9a-z_-]{1,4000}.[A-Za-z0-9_-]{86}"),
    .token("planetscale-oauth", .secret, "pscale_oauth_[A-Za-z0-9_.=-]{32,64}"),
    .token("bitbucket", .secret, "ATBB[A-Za-z0-9]{32}"),
    .mixed("nuget", .secret, "oy2[a-z0-9]{43}"),
    .token("sourcegraph", .secret, "sgp_[0-9a-f]{40}"),
    .token("sourcegraph-instance", .secret, "sgp_[0-9a-z]{5,16}_[0-9a-f]{40}"),
    .token("apify", .secret, "apify_api_[A-Za-z0-9]{34,40}"),
    .token("alchemy", .secret, "alcht_[A-Za-z0-9]{30}"),
    .token("adafruit", .secret, "aio_[A-Za-z0-9]{28}"),
    .mixed("firecrawl", .secret, "fc-[0-9a-f]{32}"),
    .token("flutterwave", .secret, "FLWSECK-[0-9a-f]{32}-X"),
    .token("flutterwave-test", .secret, "FLWSECK_TEST-[A-Za-z0-9]{12,32}"),
    .token("circleci", .secret, "CCIPAT_[A-Za-z0-9]{22}_[0-9a-f]{40}"),
    .token("clojars", .secret, "CLOJARS_[a-z0-9]{60}"),
    .token("wakatime", .secret, "waka_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"),
    .token("aws-session", .secret, "IQoJb3JpZ2lu[A-Za-z0-9+/=]{60,16384}"),
    .token("aws-session-old", .secret, "FwoG[A-Za-z0-9+/=]{120,16384}"),
    .token("aws-bearer-id", .secret, "ABIA[A-Z2-7]{16}"),
    .token("aws-context-id", .secret, "ACCA[A-Z2-7]{16}"),
    .token("gitlab-scim", .secret, "glsoat-[A-Za-z0-9_-]{20,64}"),
    .token("gitlab-runner-token", .secret, "glrtr-[A-Za-z0-9_-]{20,64}"),
    .token("linear-oauth", .secret, "lin_oauth_[A-Za-z0-9]{32,64}"),
    .token("neon", .secret, "napi_[a-z0-9]{60,68}"),
    .token("jina", .secret, "jina_[A-Za-z0-9_-]{56,64}"),
    .token("together", .secret, "tgp_v1_[A-Za-z0-9_-]{40,48}"),
    .token("langfuse", .secret, "sk-lf-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"),
    .token("runpod", .secret, "rpa_[A-Z0-9]{40,48}"),
    .token("exoscale", .secret, "EXO[0-9a-f]{26}"),
    .token("octopus", .secret, "API-[A-Z0-9]{26,36}"),
    .token("infracost", .secret, "ico-[A-Za-z0-9]{32}"),
    .mixed("bearer", .secret, "[Bb]earer ([A-Za-z0-9._~+/-]{16,16384})"),
    .mixed("bearer-escaped", .secret, "[Bb]earer%20([A-Za-z0-9._~+/-]{16,16384})"),
    .mixed(
      "bearer-short", .secret, "[Bb]earer ([A-Za-z0-9._~+/-]{8,15})", near: ["authorization", "proxy authorization"]),
    .mixed("basic", .secret, "[Bb]asic ([A-Za-z0-9+/]{12,16384})"),
    .mixed("authorization-token-short", .secret, "[Tt]oken ([A-Za-z0-9._~+/=-]{10,24})", near: ["authorization"]),
    .mixed("authorization-key-short", .secret, "[Aa]pi[Kk]ey ([A-Za-z0-9._~+/=-]{10,19})", near: ["authorization"]),
    .mixed("authorization-token", .secret, "[Tt]oken ([0-9a-f]{40})"),
    .mixed("authorization-key", .secret, "[Aa]pi[Kk]ey ([A-Za-z0-9._~+/=-]{20,16384})"),
  ]

  static let keys: [Rule] = passwords + secrets + addresses + commands

  private static let passwords: [Rule] = {
    let words = withCapitals([
      "password", "passwd", "passphrase", "passcode", "passwort", "kennwort", "contrasena", "contraseña", "senha",
      "palavrapasse",
      "palabraclave", "motdepasse", "d'accès", "d’accès", "wachtwoord", "hasło", "hasła", "hasłem", "hasłu", "haslo",
      "heslo", "geslo", "parola", "parolă",
      "zaporka", "lozinka", "лозинка", "парола", "пароль", "пароля", "паролем", "şifre", "şifresi", "sifre", "lösenord",
      "lösenordet", "losenord", "passord", "passordet", "kodeord", "kodeordet", "adgangskode", "adgangskoden",
      "salasana", "parool", "slaptažodis", "jelszó", "jelszo", "κωδικός", "mậtkhẩu", "matkhau", "katasandi",
      "รหัสผ่าน", "كلمةالمرور", "كلمةالسر", "كلمةسر", "الرقمالسري", "الباسورد", "סיסמה", "पासवर्ड", "密码", "密碼", "口令",
      "パスワード", "暗証番号", "비밀번호", "비번", "암호",
      "identifiedby", "şifrem", "parolam", "parolası", "şifreyi", "şifremi", "şifresini", "parolayı", "parolamı",
      "parolasını", "şifren",
      "parolan", "паролю", "пароле", "heslem", "hesla", "jelszava", "jelszót", "salasanan", "salasanaksi", "패스워드",
      "passwoord", "pasahitza", "lykilorð",
    ])
    let short = ["pwd", "pass", "pw", "clave", "mdp", "psk", "storepass", "keypass", "masterauth"]
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
    let names = [
      "privatekey", "authkey", "storagekey", "accountkey", "sharedkey", "appkey",
      "securitykey", "subscriptionkey", "servicekey", "licensekey", "webhookkey", "credential", "credentials",
      "connectionkey", "sessionkey", "jwtkey", "hmackey", "clientkey", "consumerkey",
    ]
    let short = ["auth", "session", "sessionid", "phpsessid", "jsessionid", "sid"]
    return told.map { Rule.key($0, .secret, spoken: true) } + names.map { Rule.key($0, .secret) }
      + short.map { Rule.key($0, .secret, whole: true) } + [Rule.key("pat", .secret, whole: true, spoken: true)]
  }()

  private static let addresses: [Rule] = ["mac", "macaddress", "macaddr", "hwaddr"].map {
    Rule.key($0, .mac, whole: true)
  }

  /// Commands that take a password as one of their words.
  private static let commands: [Rule] = [
    "net user", "add_user", "change_password", "htpasswd", "alias set", "config host add", "stats auth",
    "radius-server", "tacacs-server", "snmp-server user", "sqlplus", "convertto-securestring", "chpasswd", "echo",
    "creds", "credentials", "wpa_passphrase", "sp_addlogin", "secret set", "printf",
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
