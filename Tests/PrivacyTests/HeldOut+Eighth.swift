extension HeldOut {
  /// What leaked of a blind set and of 29,445 values in new formats (7.7 %), one cause after the other.
  static let eighth = rows(
    ##"""
    webhook_secret: '‹gravel_pickle_cobalt_walnut›'
    PWD=‹monsoon.velvet.lantern.orbit›
    DB_PASSWORD: ‹thunder_monsoon_puzzle_violet_zephyr›
    {\"smtpPassword\": \"‹copper.grove.dragon.monsoon.pebble›\"}
    HTTPBasicAuth("ledger", "‹quartz_violet_umber_287›")
    login("search", "‹Ribbon.Dragon.Lantern.Violet.56›")
    requirepass ‹velvet.hollow.summit.fjord›
    RABBITMQ_PASS: ‹thunder-monsoon-puzzle-violet›
    ${DB_PASSWORD:-‹drizzle.zephyr.kettle.mosaic›}
    with_azure_storage_key("‹DHLZDsIA7IWcgCCTjMDmX2iDjhL5RZqVqkyib4vYquoHxjywJ3k6tAp1O5iMcC1ay8AIZmN8aPsiW/Pxzxlzyw==›")
    the storage account key is ‹DHLZDsIA7IWcgCCTjMDmX2iDjhL5RZqVqkyib4vYquoHxjywJ3k6tAp1O5iMcC1ay8AIZmN8aPsiW/Pxzxlzyw==›
    key1 of the storage account: ‹DHLZDsIA7IWcgCCTjMDmX2iDjhL5RZqVqkyib4vYquoHxjywJ3k6tAp1O5iMcC1ay8AIZmN8aPsiW/Pxzxlzyw==›
    StorageSharedKeyCredential("shop", "‹DHLZDsIA7IWcgCCTjMDmX2iDjhL5RZqVqkyib4vYquoHxjywJ3k6tAp1O5iMcC1ay8AIZmN8aPsiW/Pxzxlzyw==›")
    CosmosClient(url, "‹DHLZDsIA7IWcgCCTjMDmX2iDjhL5RZqVqkyib4vYquoHxjywJ3k6tAp1O5iMcC1ay8AIZmN8aPsiW/Pxzxlzyw==›")
    azure_devops_pat ‹ni9zijkwdxb52fc2iyrdc7clos7htlcg4jqh9fvioov2waer9la8›
    --azure-devops-pat ‹gzk3j3v5yt2ifmqmd5sxpu5jywluf5mskebqavktbacvgfsttr53›
    x:⏎--azure-devops-pat ‹ihqw2xxiiuf4vlvbohjhxueini23lg0kmb8fjhruhc8qmdpn3pgf›
    echo ‹gzk3j3v5yt2ifmqmd5sxpu5jywluf5mskebqavktbacvgfsttr53› | az devops login
    AZURE_DEVOPS_EXT_PAT=‹ni9zijkwdxb52fc2iyrdc7clos7htlcg4jqh9fvioov2waer9la8›
    -I/home/‹diego.silva›/include -L/home/‹ipark›/lib
    gcc -L/Users/‹ovogel›/lib -lfoo
    -isystem/home/‹arossi›/x
    docker run -v/home/‹viktor23›/data:/data x
    {"flags":["-F/Users/‹pavel›/Frameworks"]}
    INSERT INTO p VALUES ('‹Z7810370N›'); -- NIE
    x = "‹Z8741160S›"  # nie
    assertTrue(isValid("‹X8486021X›")); // NIE
    validate("‹192063607432671›") // numéro de sécurité sociale
    VALUES ('billing', '‹160 369 278›', 3); -- SIN
    INSERT INTO p VALUES ('‹WKHPU4785K›'); /* PAN of the customer */
    patient with nie ‹Z6052328K› not found
    id;nie;name⏎1;‹Z1556786J›;Ana
    MAC:‹4C:9f:2b:b9:f0:5e›
    HWaddr:‹7C:29:6B:D6:86:B7›
    hw-addr:‹98:bb:1a:a8:3b:cd›,ip:10.0.0.2
    mac-‹48-10-FF-93-5B-75›
    {"a":"station:‹48:10:ff:93:5b:75›"}
    Address is ‹545a.0374.2313› (bia ‹545a.0374.2313›)
     10    ‹5448.0127.b423›    DYNAMIC     Gi1/0/1
    Internet  10.1.1.1  5  ‹8006.8509.fef9›  ARPA  Vlan10
    switchport port-security mac-address sticky ‹3049.9963.4310›
    arp ‹8095.4499.2878›
    config.set("api_key", "‹Summer1988›")
    conf.put('auth-token', '‹Falcon77›')
    settings.put("clientSecret", "‹Meadow42x›")
    define('AUTH_KEY',         '‹0pcXUCP~UfKQq#)jp@;Lbum(AWSwU2:<w<!>q+~K9hD|1F>6+%]bZ9fYb-:#=}8(›');
    curl_easy_setopt(curl, CURLOPT_PASSWORD, "‹Zd35hk4YTeVYJ›");
    put(:db_pass, "‹Meadow.2183›")
    dsn := "root:‹Abcd1234x›@tcp(mysql:3306)/db"
    root:‹Abcd1234x›@tcp(10.0.0.5:3306)/db
    admin:‹Tundra1579›@unix(/run/x.sock)/db
    root:‹Abcd1234x›@db:3306
    dsn: root:‹Abcd1234x›@db/crm
    """##)

  /// Causes that nobody had named.
  static let eighthTold = rows(
    ##"""
    new Sequelize('shop', 'ledger', '‹Autumn1996›', { dialect: 'postgres' })
    process.env.DB_PASS || '‹eqkx9gI9Ocdz8WlkhK›'
    process.env.ENCRYPTION_KEY ?? \"‹248443f727d4b62db6f19cea67e84d01›\"
    env('DB_PASSWORD', '‹Rmd59goGxzSri›')
    creds: inventory:‹SDfOylLr6c=upX2S8›
    пароль от базы ‹NN7WN=sKuk+9›
    use crm / ‹y3$uVantS4eB#2› to log in
    admin / ‹oGKZ6l0PKceqMrTV›
    login with admin/‹kLTkSFy4h6roHz›
    the api key is ‹haFRBViIiwOpMDOtLiCikpgM9KatMBp›
    changed the ledger password from ‹Magnet!642› to ‹Z5zJfd8WR5z› yesterday
    root password (‹Gravel128%›) does not work
    ‹Wag0n88$› is the wifi password
    Content-Disposition: form-data; name="password"⏎⏎‹nGEBULqlnpRPjSqg5ky›
    form-data; name=\"password\"\r\n\r\n‹Fn4XVX81q›\r\n--b
    assert verify("‹GxooxZ7Y0xCim282so6›", user.password)
    SELECT pgp_sym_encrypt(data, '‹velvetcobalt83!›')
    bcrypt.hash("‹Cobalt.Dragon.Silver.Biscuit.70›", 10)
    keyStore.load(in, "‹Lantern1972›".toCharArray());
    ["password"]=>⏎  string(9) "‹velvet-yonder-copper-saddle›"
    new AuthenticationHeaderValue("Bearer", "‹5b8b81bef1d7a25bc506e94883ad9d53›")
    jwt.sign({id:1}, "‹068444e8a45b8c830eb95383312d8e54›", {})
    createCipheriv('aes-256-cbc', '‹X61gLjJpjxp81IhpNwBGaPws7GQEAl5f›', iv)
    cookieParser('‹fS8BRqq9jhJcIjMa9tV2kND1puHc›')
    x-functions-key: ‹95aff13db0846d6e01ff9588bd4155fb›
    printf '‹vortex3111x›' | docker login -u x --password-stdin
    openssl enc -aes-256-cbc -k ‹MosaicDragon52› -in a
    db.internal:5432:main:billing:‹WPAgSoEy8›
    <key>Password</key>\n<string>‹EmberViolet24›</string>
    session({ secret: '‹glacierorbit7!›' })
    setPassword(\"‹willow_glacier_vortex_garden›\");
    Authenticator::new("billing", "‹zephyr_hollow_velvet_2875›")
    Authentication.basic("auth-svc", "‹IoAtLinxN1Ekia9›")
    <property name="password"><value>‹nAQ2uq^*$wR›</value></property>
    <AutoLogon><Password><Value>‹eH7AYQu9dHlCWfN2bt5X›</Value></Password></AutoLogon>
    <setting name=\"ApiToken\" serializeAs=\"String\"><value>‹b160b6ecbcd8999ed3329b076bc3ee88›</value>
    impdp system/‹ZephyrKettle75›@orcl full=y
    pre-shared key "‹Sparrow1963›"
     pre-shared-key ‹po1fQUN9-djrd›
    isql dsn sa ‹Quartz42$›
    /home/‹mei.mensah›$ ls
    kinit <<< '‹kDSNUZ4dFhvWmssHTVfC›'
    enable secret ‹P3bbl348$›
    username admin privilege 15 secret 0 ‹Gravel783*›
    snmp-server community ‹Saddl359$› RO
    j'ai mis ‹pebble-grove-cactus-silver› comme mot de passe
    habe ‹Kx7mQ2pLz9› als Passwort gesetzt
    command: ["redis-server", "--requirepass", "‹Dragon-Silver-Vortex-41›"]
    subprocess.run(["sshpass", "-p", "‹Falc0n26!›", "ssh", "x"])
    my password's ‹Velvet_1215›
    FYI the prod db password changed, it's ‹LanternMarble90› now
    psexec \\h -u x -p ‹Ribbon791x› cmd
    UserDefaults.standard.set("‹bcdbde6bb83fddd8033a3534aea85ae7›", forKey: "apiToken")
    hashMapOf(\"apiKey\" to \"‹d7efe28f58aa074b555b425b1bae4991›\")
    data:⏎  password: ‹UDNwcDNyNDMh›
    паролата е ‹pepper7486›
    kata sandinya ‹Welcome33!›
    รหัสผ่านคือ ‹hunter2›
    пароль от базы ‹Passw0rd›
    a senha do banco é ‹Rde4N&@piSQv7›
    login: search / ‹aB4C*tH$a8w&1HmoIxcXhwd7›
    şifre: ‹walnut#marble871›
    DriverManager.getConnection(url, "mailer", "‹puzzle_drizzle612›");
    auth=("reports", "‹4dm1n2024›")
    server.login("noreply@example.com", "‹trustno1›")
    std::env::var("DB_PASSWORD").unwrap_or("‹Tundra1579›".into())
    char password[] = "‹GE@2+WCIROwWahty›";
    keyStore.load(in, \"‹AeGqLp~4k^4IHLF›\".toCharArray());
    assert is_valid_sin("‹157216680›")
    The SIN of the user is ‹420337008›
    {"a":"name,Aadhaar\\nAna,‹220390689191›"}
    name,user,password,token⏎Ana,ana,‹Tundra1579›,‹eqkx9gI9Ocdz8WlkhK3b›⏎Bo,bo,‹x9Kd!2Lm›,⏎
    | user | password | mail |⏎|---|:--|---|⏎| ana | `‹Tundra1579›` | x@y.test |⏎| bo | changeme | - |
    {"t":"url;username;Passwort\\nhttps://x;ana;‹Tundra1579›\\nhttps://y;bo;abc\\n"}
    login	pwd⏎ana	‹x9Kd!2Lm›⏎bo	‹Summer#2024›
    "user","password"⏎"ana","‹Kx7mQ2pLz9›"⏎
    """##)

  /// What stands close to them.
  static let eighthKept = rows(
    ##"""
    password = config.auth.password
    token=auth_token_provider
    password = settings.database.main.password
    secret: app.services.token.provider
    password = get_password_from_vault
    "password": "com.acme.auth.forms.login"
    password: errors.messages.too_short.value
    "token": "default_user_session_handle"
    token = tok.next.value.text
    auth_token = request_auth_token_from_server
    login("my_test_user_account")
    "node_modules/@azure/storage-blob": "sha512-DHLZDsIA7IWcgCCTjMDmX2iDjhL5RZqVqkyib4vYquoHxjywJ3k6tAp1O5iMcC1ay8AIZmN8aPsiW/Pxzxlzyw=="
    data: DHLZDsIA7IWcgCCTjMDmX2iDjhL5RZqVqkyib4vYquoHxjywJ3k6tAp1O5iMcC1ay8AIZmN8aPsiW/Pxzxlzyw==
    if storage_account == account_storage
    the storage account key rotates every 90 days
    with_azure_storage_key("storage-key-from-vault")
    azure_devops_pat is missing
    --azure-devops-pat $AZURE_PAT
    --azure-devops-pat-file /run/secrets/pat
    the pat on the back
    x.pat = new_pattern_of_devops_pipelines_in_the_azure_cloud
    /home/vsts/work/1/s
    /home/vsts_azpcontainer/x
    -L/home/runner/lib -I/Users/runner/work
    -I/home/vsts/work/include -L/Users/Shared/lib
    my-app/home/dashboard
    href="/home/products"
    GET /home/reports HTTP/1.1
    SELECT 12345678; -- nie
    const port = 12345678; // id of the panel
    x = "X1234567A"  # part number of a pan
    VALUES (160369278, 2); -- a single sin
    id = 160369278 # internal
    12:34:56:78:90:12:34
    ::1a:2b:3c:4d:5e:6f
    ab:cd:12:34:56:78:90:ab
    face:12:34:56:78:9a:bc
    at 12:30:45:10
    weights 1C47.0020.0002
    collation 0041.0020.0002
    0000.0000.0000 DYNAMIC
    version 2024.0101.1200
    row 1000.2000.3000 static
    map.put("token_type", "Bearer2")
    addColumn("password", "varchar255")
    addColumn("password", "VARCHAR(255)")
    setType("password", "sha256_crypt")
    querySelector("password", "input#password2")
    t("password.reset", "Reset your password")
    conf.set("api_key", "keyname")
    root:${MYSQL_PASSWORD}@tcp(mysql:3306)/x
    fmt.Sprintf("%s:%s@tcp(%s)/%s", u, p, h, d)
    root:x:0:0:root:/root:/bin/bash
    process.env.DB_PASS || getDefaultPassword2()
    process.env.DB_HOST || "db-2.internal"
    "encryptionKey": "arn:aws:kms:us-west-2:111122223333:key/a1b2c3d4-5678-90ab-cdef-EXAMPLE11111"
    $bcrypt.hash("password")
    password (8+ characters)
    changed the password from the console to the API
    this is the new password
    name="password" id="id_password2"
    assert verify("expected_value_1", token)
    print F "\t\t${uuid}.Debug|x64.ActiveCfg = Debug|x64\n";
    Sequelize('db_main_1', opts)
    printf 'Enter2values' | sort
    grep -k 3 file2
    auth: oauth2-proxy-upstream-v7
    $rules = ['password' => '^(?=.*[A-Z])(?=.*[0-9])[A-Za-z0-9@#%]{8,32}$'];
    login with OAuth2 and PKCE
    command = ['docker', 'login', '-u', username, '-p', password]
    "LastAuthenticated": "2019-09-16T19:34:00Z"
    "PasswordLastUsed": "2016-09-08T21:47:36Z"
    "AWS::CodeBuild::SourceCredential": "b84e190d9ebbbfe1",
    "NextToken": "eyJNYXJrZXIiOiBudWxsLCAiYm90b190cnVuY2F0ZV9hbW91bnQiOiAyfQ=="
    "ServiceSpecificCredentialId": "XCCAQFODXMPL4YFHP7DZE",
    IdentityNumber CreateTime: 1602730658.0,
    ssn: 000-00-0000
    ssn: 111111111
    login("ana", "main_panel")
    auth=("reports", token2)
    getConnection(url, "http-v1.1")
    user_login("page-1", "db-2.internal.acme.io")
    <value>12345678</value>
    <Feature><Value>eH7AYQu9dHlCWfN2bt5X</Value></Feature>
    enable secret rotation for v2beta1
    username admin secret 5 $MY_SECRET
    works as password manager
    as well as password2reset flows
    defaults.set("value-of-2024", forKey: "theme")
    ("key1" to "value1xy")
    the password changed, it's fine now
    password's strength
    cp -u x -p y
    docker run -u 1000:1000 -p 8080:80 x
    /home/$USER/x
    curl "https://x.test/?password=&next=home2"
    cmd --password= &
    a=1&password_reset=true&b=2
    data: password: username
    user, password⏎the, words1234 here⏎foo(password, x)
    syn keyword	pfService	passwd⏎syn keyword	pfService	krb524⏎
    user,password⏎ana,changeme⏎bo,<secret>⏎
    token=None,⏎name,⏎user_name12,
    | password | required |⏎|---|---|⏎| string | true |
    patient sin x
    """##)
}
