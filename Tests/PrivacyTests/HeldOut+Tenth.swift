extension HeldOut {
  /// What the tenth set taught: 10,381 values in templates of yet another hand, of which 0.80 % leaked.
  static let tenth = rows(
    ##"""
    POSTGRES_PASSWORD=‹yonder_oyster_hazel›
    db.password=‹basil_oyster_clover›
    --username etl --password ‹amber-kayak-fennel› --authenticationDatabase x
    { user => "logstash" password => "‹paprika.saffron.pebble›" }
    Params.Values['Password'] := '‹glacier_walnut_raven›';
    sshpass -p '‹lemon-ginger-yonder›' ssh root@host
    mysql -uweb -p'‹yonder-magnet-igloo›' -h db
    vault kv put secret/search password=‹magnet-walnut-willow› ttl=24h
    <property name="password" value="‹anvil_acid_jasper›"/>
    machine nexus.kaizen.com login svc password ‹cobra_timber_oyster›
    machine a.kaizen.com login ana password ‹Papillon2024›
    default login ops password ‹badge-dune-kayak›
    machine b.kaizen.com login ana password ‹tundra.cedar.eagle› # laptop
    machine c.kaizen.com login ci password ‹Winter1993›
    APP_KEY=base64:‹/wdS/kGbgbXIoymNNMsBvY8/EBIn0kMCV1m90DwzAZs=›
    APP_KEY="base64:‹kIYSmFg4sq+LWL6ElAjnCsVA9N6GJ3zVvqQ8hb2Trrs=›"
    'app_key' => 'base64:‹x8HTr1sXJDIXqo2wUr1oOvLhhb6XN2F7wWgH6t7XKhA=›',
    app_key: base64:‹Wm4TqK0gkVYB1yFcSj7u5s8cXGv2R3hQ9dLxPnEzAwI=›
    export APP_KEY=base64:‹/9fQm2Tz5XvKcB7nLs3RyWd8HgJ1PeUaV4oZiM6xCkE=›
    i committed sha2¦56~‹zB5-qKyy9QtrEq69v-R0b-puYQmFIHF4gjyUwuvH2dZ›
    oc login --token=sha2¦56~‹h2Uq0XQmP8kTz5vNc1RyWd3HgJ7PeLaV4oZiM6xCkEb›
    -srckeystore a.p12 -deststorepass ‹CqAbocBsrlszJ1mBcPAl› -destkeystore b.jks
    -srcstorepass ‹Papillon2024› -deststorepass ‹X1ncWh9t1dry›
    -destkeypass ‹cedar-quartz-eagle› -noprompt
    -srckeypass ‹aB3xYz9k› -v
    lftp -u sa,‹Biscuit.414x› sftp://sql1.mango.com
    lftp -u backup,‹timber_willow_canyon› sftp://backend -e "ls"
    lftp -u 'admin,‹Pikachu.70›' ftp://stack
    lftp -e ls -u ci,‹hazel-paprika-canyon› host
    lftp -u ops,‹e7gzt=m-jVSW› host
    jdbc:oracle:thin:ci-bot/‹Arsenal-Girasol28›@db:1521:ORCL
    jdbc:oracle:thin:app.reader/‹Winter1993›@//db:1521/X
    jdbc:oracle:oci:svc-api/‹tundra_Oak9›@PROD
    jdbc:oracle:thin:a-b-c/‹Zx81pqLM›@db:1521:X
    jdbc:oracle:thin:team.x-1/‹k9LmNoPq›@db
    DB_PASSWORD was changed from '‹Winter.340!›' to '‹Q8sp_qrg+5SWcm›'
    hubot: DB_PASSWORD was changed from '‹clover.igloo.lemon›' to '‹YXwJDM_=2_!_H›' by Noa
    the password changed from "‹Gandalf_668x›" to "‹fennel-amber-magnet›"
    admin password was rotated from '‹Ab3$xyzq›' to '‹Ab4$xyzq›'
    root password was reset from "‹Zeppelin.499x›"
    +- name: SMTP_PASSWORD⏎+  value: ‹61Mustang$xs›
    +- name: DB_PASSWORD⏎+  value: "‹uWgimJP15v6FfwZ›"
    > - name: REDIS_PASSWORD⏎>   value: ‹Winter1993@›
    - name: API_TOKEN⏎+  value: ‹k9LmNoPqRsT8uVwX3yZa›
    +    - name: PGPASSWORD⏎+      value: ‹cedar-badge-kayak›
    name = "/app/api"⏎  type  = "SecureString"⏎  value = "‹qn6uyatu5lgpqulvffuljn26btx72fsnusk5wpim4mwc2awleawr›"
    type = "SecureString"⏎  value = "‹7bd105508d02aa0deb6359c762c6ef70›"
    type: SecureString⏎  value: ‹k9LmNoPqRsT8uVwX3yZa›
    name = "/app/db_password"⏎type = "SecureString"⏎value = "‹Winter1993@›"
    "Type": "SecureString", "Value": "‹Xpe+SC3dmzYkKwFEihxznO5mk98rnYz0›"
    echo "‹Zeppelin.499x›" | sudo -S systemctl restart x
    echo '‹e7gzt=m-@jVSWJBiws›' | sudo -S true
    echo ‹oak.tree.77a› | sudo -S ls
    echo \"‹Zeppelin.499x›\" | sudo -S id
    echo "‹badge-dune-kayak›"|sudo -S id
    db-8.internal:5432:*:admin:‹78Pikachu%jr›
    localhost:5432:crm:ana:‹50%offWinter›
    db:5433:*:ops:‹Xa9%kqzL›
    +// fnr of customer 18466⏎+const id = "‹270987 11762›";
    > // PESEL of customer 22730⏎> const id = "‹78120613408›";
    {"m":"// Tax File Number of customer 86359\nconst id = \"‹512637894›\";"}
    +# CPF of customer 90931⏎+id = "‹81884322026›"
    > # תעודת זהות of customer 41169⏎> const id = "‹261376156›";
    row 88 → RČ=‹805319/7262› → IntegrityError
    assert is_valid("‹026214/0846›")  # RČ
    RČ: ‹666108/1922›
    rč ‹635803/6993› neprošlo
    | RČ | ‹805319/7262› |
    {"doc_type":"NIE","doc_number":"‹Z1468589K›"}
    {"documentType":"NIE","document":"‹Z1468589K›"}
    doc_type: NIE, doc_number: ‹Z1468589K›
    type=NIE&document_number=‹Z1468589K›
    doc type NIE, number ‹Z1468589K›
    <ns2:AccountNumber>‹4762858234249643940›</ns2:AccountNumber>
    "accountNumber": "‹6272435928715049504›"
    assertTrue(Luhn.check("‹4625526379095295831›"))
    luhn("‹4353683224124›")
    customer typed "‹4931915446035›" as credit card
    typed \"‹4931915446035›\" as credit card
    tel:‹00420777348446›
    href="tel:‹004915112345678›"
    [call](tel:‹0033612345678›)
    tel:‹0048601234567› opens it
    <a href='tel:‹00390612345678›'>
    define('LOGGED_IN_KEY', '‹rG4zwQUCXsineiknrakJ›');
    define( "AUTH_KEY", "‹rG4zwQUCXsineiknrakJ›" );
    define("STRIPE_KEY", "‹hQ7vLmZoTRsineixkraB›");
    define('NONCE_KEY', '‹Xk2vTqWzBrnLpoHdGsaM›');
    define('BILLING_KEY','‹bQ9vLmZoTRsineixkraB›');
    set -x ALGOLIA_ADMIN_KEY ‹bb41eed76a3011e23ea43423060134d4›
    set -gx ROUTING_KEY ‹bb41eed76a3011e23ea43423060134d4›
    set -ux STRIPE_KEY ‹k9LmNoPqRsT8uVwX3yZa›
    setx MAILER_KEY ‹k9LmNoPqRsT8uVwX3yZa›
    setx BILLING_KEY "‹k9LmNoPqRsT8uVwX3yZa›"
    snmpget -v3 -u ana -l authPriv -a SHA -A ‹authPass93› -x AES -X ‹privPass93› host
    snmpwalk -v3 -A "‹Winter1993›" host
    snmpbulkwalk -X '‹cedar-badge-kayak›' host
    snmpset -A ‹k9LmNoPq› -X ‹Zx81pqLM› h
    CONNECT scott/‹Tiger1993›@orcl
    SQL> connect system/‹oak_tree7›@//db:1521/X
    conn: connect app/‹Zx81pqLM›@PROD as sysdba
    connect ana/‹badge-dune-kayak›@crm
    CONNECT sys/‹Winter1993@›@orcl AS SYSDBA
      password       = "‹timber-jasper-zephyr›"
      username       = "x"⏎  password       = "‹Winter1993›"
    db_password          : ‹Zx81pqLM›
    api_token               = "‹k9LmNoPqRsT8uVwX3yZa›"
    secret_key        = ‹k9LmNoPqRsT8uVwX3yZa›
    """##)

  static let tenthKept = rows(
    ##"""
    password: dein-passwort-hier
    password=settings_form_field
    password = "reset-link-expired"
    password: this.state.value
    the password is write-once-only
    PASSWORD=tu-clave-aqui
    password: not-so-strong
    password = form.field.text
    machine learning login password reset
    login password reset-link-sent
    default login password is empty
    machine x login ana password $PASS
    machine y login ana password <secret>
    APP_KEY=base64:
    APP_KEY=base64:your-key-goes-here
    encoding: base64:text
    'cipher' => 'base64:raw',
    APP_KEY=
    sha256~short
    sha256~
    image@sha256:9fceb02d0ae598e95dc970b74767f19372d61af8
    xsha256~zB5
    ~sha256
    -deststorepass $PASS
    -deststorepass changeit
    -srcstorepass "$(cat pw)"
    -deststoretype PKCS12
    -destkeystore b2.jks
    lftp -u user,$PASS host
    lftp -u anna host
    lftp -u user, host
    lftp -u user,<password> host
    ls -u a,b
    jdbc:oracle:thin:@db:1521:ORCL
    jdbc:oracle:thin:app-x/${PASS}@db
    jdbc:oracle:thin:app-x/<password>@db
    jdbc:oracle:thin:ci-bot@db
    jdbc:oracle:thin:/@wallet-alias
    the password was changed from the console
    PASSWORD was changed from 'admin' to 'root'
    password was changed from version 2 to 3
    password hashing was changed from "sha256" to "argon2"
    the password policy was changed from 'strict' to 'loose'
    +- name: SMTP_HOST⏎+  value: mail2.internal
    +- name: SMTP_PASSWORD⏎+  valueFrom: x
    > - name: PORT⏎>   value: 8080
    +- name: DB_PASSWORD⏎+  value: ""
    +- name: DB_PASSWORD⏎+  value: $(DB_PASS)
    type = "SecureString"⏎  value = var.token
    type = "String"⏎  value = "us-east-1a"
    type = "SecureString"⏎  value = "placeholder"
    type = "StringList"⏎  value = "a1,b2"
    } type = "SecureString" }⏎value = "release-2024-05"
    echo "nameserver 9.9.9.9" | sudo tee -a /etc/resolv.conf
    echo "deb https://a.b.test stable main2" | sudo tee x
    echo "$PASS" | sudo -S ls
    echo hello | sudo -S ls
    echo "<password>" | sudo -S ls
    a:5432:b:c:
    localhost:5432:crm:ana:$PASS
    host:port:db:user:password
    10.0.0.5:5432:up
    db:5432:*:ops:changeme
    +// fnr of customer 18466⏎+const id = "12345678901";
    > // customer 22730⏎> const id = "78120613408";
    + +const id = "270987 11763"
    {"m":"// customer 86359\nconst id = \"512637894\";"}
    "// Tax File Number"⏎⏎x = 512637894
    ARČ=805319/7262
    RČ=805319/7263
    RČ: 12/2024
    R: 666108/1922
    rč bez čísla
    {"doc_type":"pdf","doc_number":"Z1468589K"}
    {"doc_type":"NIE","doc_number":"Z1468589L"}
    nie ma Z1468589Q
    doc type NIE
    {"documentType":"invoice","document":"Z1468589K"}
    <ns2:AccountNumber>1234567890123456789</ns2:AccountNumber>
    <ns2:OrderNumber>4762858234249643940</ns2:OrderNumber>
    check("4625526379095295831")
    {"ean": "4353683224124"}
    customer typed "4931915446035" as article
    href="tel:0042"
    tel:0042077
    id:00420777348446
    tel:00420777348446001122
    x00420777348446
    define('CACHE_KEY', 'v2UserProfileCache');
    define('LOGGED_IN_KEY', 'put your unique phrase here');
    define('SORT_KEY', 'rG4zwQUCXsineiknrakJ');
    define('PUBLIC_KEY', 'rG4zwQUCXsineiknrakJ');
    translate('LOGGED_IN_KEY', 'UserIsLoggedIn2Now');
    set -x GIT_SHA bb41eed76a3011e23ea43423060134d4
    set -x EDITOR vim
    set -x CACHE_KEY bb41eed76a3011e23ea43423060134d4
    setx PATH "%PATH%;C:\tools2"
    set -ux
    curl -X POST -A Mozilla5 https://a.test/x1
    curl -A "Agent2/1.0" https://a.test
    snmpget -A $AUTH host
    grep -A 3 -B 2 x
    wget -X dir1 https://a.test
    connect to db1/main@host2 now
    CONNECT scott@orcl
    connect user/<password>@db
    connect a/b@c
    CONNECT www.a.test:443 HTTP/1.1
    password       = var.password
    password          : required|min:8
    token              = tokenizer.next2()
    secret            = None
    passwords         = 12
    password: PasswordField2
    errors.add("password", "TooShortError1")
    "password": "LoginForm2"
    password = "RequiredValidator1"
    password: TextInput3
    """##)
}
