extension HeldOut {
  /// The third set: formats of configuration, more languages.
  static let third = rows(
    ##"""
    KAFKA_PASSWORD=‹Maison2012!›
    kafka.sasl.password = ‹gr¦anite-copper-orchid-harbor›
    sasl_password: "‹lugJB*55vVvj$›"
    'password' => '‹rJFROl2aSjDWlFk›',
    "adminPassword": "‹b6¦a45ab1d5ebc22cf7e04710186517a85d1b2338›",
    password = ‹Sommer1993#›
    "smtp_pass":"‹sa¦ffron-copper-granite-thunder›"
    spring.mail.password=‹DdJCZ%YhiYBr!›
    -Djavax.net.ssl.keyStorePassword=‹JX¦K8SVUwek0PUcr2Acz›
    define("DB_PASSWORD", "‹58¦ca68326f463972c982d1cfd332a36e›");
    'PASSWORD': '‹Winter1987#›',
    pass: ‹ha¦rbor-granite-lantern-orchid›
    String password = "‹jx3qt!56zArq$›";
    const PASSWORD: &str = "‹9n¦dycwCnHPJf0JoLbzOIO›";
    private val dbPassword = "‹da¦86026f5d2ebee4c69979b04d336d1244d907ff0e6fe2920a55e6afa27980af›"
    $dbPassword = "‹Sommer1993›"
    let db_password = '‹th¦under-meadow-orchid-saffron›'
    password := "‹Wnz28!YJVxjz!›"
    requirepass ‹Ih¦L6hBzAiIWnPAlWUq9HgXl›
    ENV ADMIN_PASSWORD=‹98¦7e17418c9f2d8e9ae58d6569011665›
    ARG NPM_PASSWORD=‹Dragon1985$›
    --build-arg PASSWORD=‹me¦adow-walnut-thunder-copper›
    helm install x --set db.password=‹z746Q^fQwHos@›
    "ConnectionStrings:Pwd": "‹a1¦xC74C3zzoERcgqBMg7MUOey›"
    <connectionString password="‹dd¦87b4db09d17df077b4cb2c5af58b0c›" />
    <entry key="password">‹Pirate2006!›</entry>
    passwd=‹co¦pper-velvet-granite-walnut›
    my $password = "‹CjDXG!CaNWwW$›";
    (setq my-password "‹Ub¦foNkteuui2e0c7tZ›")
    password <- "‹a9¦3dadbf6ef2f786bf90dd5b631fec8b›"
    const char *password = "‹Maison2026@›";
    pwd="‹me¦adow-orchid-velvet-granite›"
    user_password: ‹QuspI%vfMXAp$›
    LDAP_BIND_PW=‹zV¦ZidoY3rxU3HGBB›
    ansible_ssh_pass=‹48¦b58afc5144374960fbbc7b4a6dad9dcd8736ce›
    ansible_become_password: ‹Pirate2000›
    vault_password: "‹me¦adow-harbor-orchid-velvet›"
    keystore.password=‹QMDOs!emJwNl@›
    encryption.passphrase=‹6T¦hVS2XPoiW6ExNEstcYoRqyA›
    passphrase: ‹c5¦35d38f55bcaf7ae48d7a88b09aeba491200ff8cee6cba5ab86525e4765cb00›
    \"password\": \"‹Dragon2022@›\"
    SET PASSWORD = '‹wa¦lnut-meadow-harbor-lantern›'
    ALTER ROLE app PASSWORD '‹4W4r2!k36pg4!›'
    el usuario admin tiene la contraseña ‹3w¦CEepCAPEjalc1iMLKni›
    the staging password is ‹e1¦b977a05d1ff28cb529d7f0b64fcca2›
    Passwort: ‹Sommer2014#›
    mot de passe: ‹la¦ntern-walnut-harbor-velvet›
    пароль: ‹hgxwJ*UynUpc@›
    密码：‹ba¦zhHAvWx8zU59C1J38HD›
    パスワード：‹a5¦2af6e3ed0599587e148415b034bae1›
    senha: ‹Winter1985$›
    hasło: ‹me¦adow-thunder-saffron-copper›
    비밀번호: ‹ARdvk%H3dbpu!›
    api_key = "‹1x¦wn1k6nGJWt7nFt4Gm›"
    apikey: ‹67¦2f329614fd9a780f67558c3b9c448c50299c3e93c614c2daa02b3c906730dc›
    API_SECRET=‹+h¦YHPnFzI5RuP4SRjiLFKHgeFcuO97zAVpG3Tvb/IUF=›
    "apiSecret": "‹sF¦Li1YIUpB5tsmqwVvWUCdCiy7›"
    "client_secret": "‹5j¦SgRwvyLKmYDroqG24D6›"
    X-API-Token: ‹0c¦1b679a0305cb8e050fc0b5835c567aa4dfe4e1›
    auth_token = '‹eU¦w2pF8ox0P5dAd6hzOLD+Gjr+U2cS/XKxObtb3jo1G=›'
    AuthToken="‹af¦98mDSLAjV8bRlL0ntgXKk›"
    access_token=‹3N¦O0cUyTxbP9tGYCcDXYWWPICAe›
    refreshToken: "‹9c¦23b70711bf04369151bcf836c32f55›"
    SECRET_KEY="‹5G¦qNSgVGx0c6dS+j17At+UNQyK8VqSFq9aSlPpnL6Tl=›"
    secret: ‹c9¦vY0pAXn6MopH6XWHjF›
    app_secret=‹FO¦XsHiWaBdSoqpx5DZQ7KGgPxzf›
    webhook_secret: ‹c2¦d015c20c5cf61d7fb6c4814c2359c50e8b1112›
    signing_key = "‹3w¦tO95mk/eis61ycunzvf7LaDe+rWVk4Lr+0gcKSBMo=›"
    ENCRYPTION_KEY=‹vu¦52EQ9cIL8OLInIRYaRCEYskuW›
    JWT_SECRET=‹C0¦zgGT3c6zgFevC40wSKU1mgH›
    session_secret: "‹e0¦92435156be5f99ecb8aa76a47c7dce›"
    COOKIE_SECRET=‹Lu¦EIVT1R/RHk4pbUYhyjV4sDuGstyEr3RmsgSWeOQZm=›
    private_token: ‹KX¦UXvAFd5GfWM9KfVpZZPjI6yxI›
    NEXTAUTH_SECRET=‹j4¦Ylu38bEaZJyFujd›
    RAILS_MASTER_KEY=‹2b¦dfe610e887ffb1640c849dc29a2544›
    APP_KEY=base64:‹L6¦UdOa1Itt5d3TPeA+RXVCzWqdXFqvg4qjzLO7m6Le3=›
    consumer_key = "‹Yo¦leOHvE1LNGJaZOwD›"
    twilio_auth_token: ‹ml¦isDoKtqwX0mQF94waci2cBD›
    SUBSCRIPTION_KEY=‹b8¦63495433d662ca8bf56c02887570fff75686a18fb91ee9fc0c608cf58311b9›
    "Ocp-Apim-Subscription-Key": "‹P5¦jhZ427oqe3m8HMwyGv/5spo8NvY5CrhDwZuoG64m6=›"
    storage_key="‹xU¦e19AW6IXJy90VPRSsinEP›"
    account_key: ‹w5¦leUrYchw61EZcAxvFqUirA›
    HMAC_KEY=‹a6¦28ab374f4b3bfec87c68b5bce89befb681518d›
    licenseKey: ‹7k¦Q1/+6UThh9DEBCS8cJNoIUsNwJaOrr0QbyzLa0ZW2=›
    deploy_token=‹2T¦XsXvuYZwKV9fF9jJ9›
    ci_job_token: ‹rqJj4EU9cvRaIs›
    csrf_secret=‹b7¦2e782ae76e268aaae220bfff0306d442010309b9e70288ca0f96219150e439›
    shared_secret="‹UQ¦FKioz8B3yNHfOKm3nua04KVME++mvzHWuyhICgo08=›"
    credential=‹7n¦JzeSZ8ptf989HCRuZCXZT›
    oauth_token_secret="‹PtBDtOC8necrVn›"
    postgres://svc:‹Sommer2023›@pg.acme.test/app
    mysql+pymysql://root:‹NZ¦2ffmDh5Kt6MoE88XvwXdCd›@127.0.0.1/x
    mongodb://admin:‹5Vi84P%21HMmTY›@m1,m2/db?replicaSet=r
    amqps://u:‹2D¦rhLRIsjNxnKP7Bv›@rabbit.acme.test/v
    redis://default:‹Maison2020›@cache:6380
    https://deploy:‹TT¦lPOAViV9vnnmmyJfnI›@registry.acme.test
    http://ops:‹OZg71T%21WAD6t›@10.0.0.3:9200
    ldap://bind:‹Zc¦XfEb0hZzz8ekVKJf›@ldap.acme.test
    imap://box:‹Verano2009›@imap.acme.test
    clickhouse://default:‹AD¦1uvAvm9lawy1I7o5l1yAeX›@ch:9000
    snowflake://u:‹2Bf3As%21tzDIA›@acct/db
    sftp://backup:‹KpgLgcNqzVU1UN›@nas/x
    kafka://k:‹Winter1990›@b:9092
    jdbc:postgresql://h/db?user=u&password=‹G9W6RoZ008YzNL›
    jdbc:sqlserver://h;user=sa;password=‹zmufME%21Ke1JG›;
    Server=h;Uid=u;Pwd=‹D9¦kxL0Ut9GPsoDY7ny›;
    Data Source=h;User ID=u;Password=‹Maison2014›;
    host=h user=u password=‹Wz¦dAKGYW028efYQImn1WFRw074i› dbname=d
    u:‹EfLsFM%21FgrcF›@tcp(h:3306)/d
    Endpoint=sb://x/;SharedAccessKeyName=k;SharedAccessKey=‹tB¦XxpsUHcd9tjNTF+hyukiPzCCYQ8PkC+zdZdbtaHWd=›
    Authorization: Basic ‹dT¦A6VmVyYW5vMTk4OEA=›
    Authorization: Basic ‹dT¦E6UGlyYXRlMjAxNQ==›
    Authorization: Basic ‹dT¦I6V2ludGVyMTk5MkA=›
    Authorization: Basic ‹dT¦M6TWFpc29uMjAxNQ==›
    headers = {"Authorization": f"Bearer ‹5w¦qasQxeYU6vDWhgIR40ioBmWWpZiK39wexykVe4›"}
    -H "authorization: bearer ‹k4¦LlIp0D3NtG59w1hnPpT11q4uPRy2qi›"
    bearer_token = "‹Uc¦bJObfYGthIpTYPPo4ZfCahAnafe3qzm4JIk7g0EMSLc1IE›"
    req.setRequestHeader("Authorization", "Bearer ‹y9¦qbEiojbWm09UImIR_ot_vdkfT3w81Ypa3R›")
    ws://x?token=‹1d¦ZYca3zcmhBrReI1SBUHDgRWMwEQ7›
    call me at ‹415-459-9649›
    phone: ‹(312) 522-4477›
    tél.  ‹01 04 78 68 12›
    cellulare: ‹347 143 5562›
    móvil  ‹649 223 635›
    telefon: ‹601 820 564›
    mobilnummer ‹070-187 68 54›
    mobiel: ‹06-98079468›
    電話番号: ‹03-9966-8129›
    手机 ‹13971867417›
    mobile ‹98765 06540›
    mob: ‹0412 983 750›
    telefone: ‹(21) 93477-9157›
    телефон: ‹8 (916) 631-30-11›
    Tel: ‹030/4646463›
    mobile: ‹07700 058875›
    휴대폰 ‹010-1435-6530›
    telefon ‹0532 843 60 40›
    WhatsApp: ‹0812-3266-5948›
    teléfono: ‹55 4379 0347›
    ‹+32 470 12 34 56›
    ‹+358 40 1234567›
    ‹+420 603 123 456›
    ‹+353 86 123 4567›
    ‹+972-54-123-4567›
    ‹+971 50 123 4567›
    ‹+65 9123 4567›
    ‹+852 9123 4567›
    ‹+886 912 345 678›
    ‹+27 82 123 4567›
    ‹+30 694 123 4567›
    ‹+351 912 345 678›
    ‹+380 50 123 4567›
    ‹+64 21 123 4567›
    ‹+254 712 345678›
    ‹+1-212-736-5000›
    ‹+1 (650) 253-0000›
    ‹+44 20 7946 0018›
    ‹+49 151 23456789›
    ‹+33612345678›
    at /home/‹radek›/app/x.js:1
    cp C:/Users/‹Miriam›/k.pem .
    "/Users/‹jean-luc›/Code"
    /home/‹ayse.y›/.ssh/id_rsa
    C:\Users\‹lars01›\AppData
    /c/Users/‹devi›/go
    \\?\C:\Users\‹mona›\x
    lrwxrwxrwx 1 ‹pavel› ‹pavel› 7 Jan  3 10:00 a -> b
    -rw-r--r--@ 1 ‹hugo›  staff  12 Feb  1 10:00 x
    ‹carla›@ubuntu-vm:~/p$ npm i
    (venv) ‹dimitri›@srv:/opt$ ls
    ‹mia›@mac ~ % ls
    HOME=/Users/‹tobias›
    file:///C:/Users/‹uwe›/x
    vscode-remote://wsl/home/‹ida›/x
    EUI ‹00-1c-42-7f-3e-90›
    ‹08:00:27:4E:66:A1›
    mac ‹001b.21c4.9f3e›
    MAC=‹B8AC6F3A12CD›
    arp -a (‹93.184.216.34›) at ‹a0:36:9f:8c:11:2d›
    connect ‹198.41.0.4›:443
    ‹2a00:1450:4001:82a::200e›
    tcp ‹185.199.108.153› > x
    "remoteAddress":"::ffff:‹77.88.55.60›"
    ip route add ‹151.101.1.69›/32
    ‹41.90.64.12› - frank [10/Oct]
    resolv: ‹195.46.39.39›
    [‹2a02:26f0:6d00::5c7b›]:8443
    whois ‹202.12.27.33›
    card: ‹4000 0566 5566 5556›
    ‹5200828282828210›
    "number": "‹6011 0009 9013 9424›"
    amex=‹371449635398431›
    ‹3566002020360505› JCB
    visa card ‹4222222222222›
    mc ‹5454 5454 5454 5454›
    IBAN ‹GB82 WEST 1234 5698 7654 32›
    ‹DE44500105175407324931›
    ‹LT601010012345678901›
    ‹SA03 8000 0000 6080 1016 7519›
    account=‹FI2112345600000785›
    ‹IE29AIBK93115212345678›.
    ‹jürgen.groß@firma.de›
    ‹user.name+tag+sorting@mailbox.org›
    <‹x_y-z@sub-domain.co.nz›>
    support: ‹help at acme-store dot com›
    ‹anna{at}posteo{dot}de›
    mail：‹wang_li@qq.com›，
    ‹kontakt@büro.at›
    cc=‹d@e.io›;
    "‹ivan.petrov@yandex.ru›"
    From ‹bounce-12@mailer.shop.fr› Mon
    """##)
}
