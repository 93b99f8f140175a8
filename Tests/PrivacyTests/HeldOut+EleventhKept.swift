extension HeldOut {
  /// Near misses of the same.
  static let eleventhKept = rows(
    ##"""
    {"apiKey":"","checksum":"3f1c0b7e9d2a4c5f8e6b1a0d9c7f2e4b"}
    const a = { key: 'x', "md5": "9b2f7c1e5a3d8f60c4e1b7a2d9f3c5e8" }
    release 4.12.40.155.57251 of the driver
    version 1.2.3.4.5: fixed
    new Claim("Bearer", "AuthenticationSchemeName")
    options.AddPolicy("Bearer", "bearer-only-policy-name")
    my_@decorator.name_x
    ana&a64;host.org
    mail=noreply%40firma.de
    C:\Users\用户名\Desktop
    /home/пользователь/проект
    C:\Users\Benutzername\Desktop
    /home/usuário/projeto
    /home/ユーザー名/app
    C:\Users\vssadministrator\AppData
    C:\Users\Default User\x
    C:\Users\All Users\Microsoft
    C:\Users\Your Name\Desktop
    C:\Users\ContainerUser\.nuget
    /home/…/x
    C:\Users\«name»\x
    /home/<имя>/x
    C:\Users\%USERNAME%\My Files\x
    C:\Users\Public Foo
    https://example.com/home/über-uns/
    sha: 01:3c:22:fb:9a:01:7e:55
    指纹：3c:22:fb:9a:01:7e:aa:bb:cc:dd
    fe80::3c:22:fb:9a:01:7e
    地址：00:00:00:00:00:00
    地址：ff:ff:ff:ff:ff:ff
    示例：00:11:22:33:44:55
    时间：12:30:45
    el NIE es obligatorio
    el NIE es Z1468589L
    sin es 123456782
    Bestellung 4145 200773
    SVNR 4145 991373
    SVNR: 4145 200774
    Konto 4145 200773 EUR
    ราคา 1-5541-07994-47-7
    เลขประจำตัวประชาชน: 1-5541-07994-47-8
    +2024-03-01 10:22:33,412 worker-3
    +2019-12-31 23:59:59 +0000
    +1999-01-02
    x = [1,+2,+34567890123456]
    delta,3,+12,5
    1,+178002,3
    polyline 13,+49.15165181
    id,order,created⏎4,0301234567,x
    id,phone,order⏎4,n/a,0301234567
    +123 (456) 7
    +10 200 300 4000 5000 (a)
    <td>ana&#64;example.com</td>
    price &#64; 5 EUR
    &#64;media print {}
    &#64;Component({
    x&#64;2x.png
    y = a @ b.T
    loss = W @ x.mean
    grad = q @ k.de
    meet @ cafe.de tonight
    A_1 @ B.it
    lunch @ noon
    deployed @ host.io/path
    mail bot @ example.com
    <noreply@github.com>
    Author: bot <no-reply@kaizen.com>
    do-not-reply@kaizen.org
    From: mailer-daemon@kaizen.net
    donotreply@kaizen.de
    50 % of the
    Authorization: Bearer <token>
    Authorization: required for all endpoints
    Authorization: see section-12345678901234
    Authorization: Bearer ${ACCESS_TOKEN}
    "Authorization": "SSWS {apiToken}"
    Authorization: Digest realm="x", qop="auth"
    authorization = AuthorizationMiddleware()
    headers = {"Authorization": authHeaderValue}
    Authorization: AuthorizationCodeGrantType2
    'Authorization': `Bearer ${token}`
    authorization: ResourceOwnerPasswordCredentials
    Authorization: SSWS your-okta-api-token-here
    "AWS::Config::AggregationAuthorization": "af318b77aaceeeaa",
    "Preauthorization": "k9LmNoPqRsT8uVwX3yZa"
    "a::Authorization": "af318b77aaceeeaa1"
    password = inputPassword
    password=getPassword()
    password: passwordField
    password=currentUserPwd
    pwd = txtUsrPwd.Text
    password: NSSecureTextField
    password = kSecAttrGeneric
    passwort = neuesPasswortFeld
    password = MyDbPwdStr
    password: XMLHttpRequest
    password: KeePassXC
    password = wxTextCtrlPwd
    net user support /add
    net user AdminGroup ServiceAccount /add
    net use Z: \\nas\share
    net use Z: \\nas\share /user:scan *
    net use Z: \\nas\share /user:scan %PASS%
    ConvertTo-SecureString $password -AsPlainText
    ConvertTo-SecureString "SecureStringText" -Key
    sshpass -p "$PASS" ssh x
    redis-cli -a redisPassword
    ['COOKIEJAR', 'KEYPASSWD', 'KRB4LEVEL', 'NOPROXY']
    ("USER_PW", "SALT_PW", "MD5_SUM")
    postgres://user:REPLACE_ME@localhost/app
    mysql://root:change_me@db/x
    amqp://app:replace-me@mq:5672
    https://u:ReplaceMe@host/x
    redis://:REDACTED@cache:6379
    {"path": "/token", "value": "x"}, {"path": "/etag", "value": "1c397efe4b6a60b743cc9d1037b4d8ef"}
    [{"op":"test","path":"/auth/rev","value":"8814acc5f59c4ff395bccfa1bb277c57"}]
    API anahtarı: yok
    API anahtarı nedir?
    Gizli anahtar: <anahtar>
    API-nøgle: mangler
    anahtar: 850631ff5036ead278be9e3d624ceeae
    Khóa API: ${API_KEY}
    route 81.19.0.0/16
    see chapter 4.13.28.11
    requires 12.4.13.9/2
    net 91.0.0.0/8
    nginx/1.20.11.4/32
    allow 10.1.2.3/32
    sha 00mkk5yNrZuzSdna9hLfW4Tjf1LqkUgAVf7LggMuRz
    sm_pat_short
    sm_patch_release_branch
    cmVmdGFnCg==
    A3-paper-size
    A3-ABC-DEF
    4b1dcafe
    4b1d7a9c11ee4b1d7a9c11ee4b1d7a9c11ee4b1d
    foo_bar_mmk
    access_token$production$
    $access_token$sandbox
    pat-na1-example
    access-control-allow-origin
    access-sandbox-mode
    EZTK
    tfp_short
    rdme_docs
    duffel_test_mode
    https://discord.com/api/webhooks/1422406347217583672/{token}
    password: ReactNode
    password = formValues.userPassword
    password: SecretStr
    passwordHash: BCryptPasswordEncoder
    password: PasswordInputProps
    password = PasswordTextBox
    pass: PassThroughStream
    pwd = PwdBoxCtrl
    password = LoginViewModel
    password: UITextField!
    password: CryptProtectData
    private String password = KeyVaultRef
    password: GraphQLNonNull
    password: TypeORMColumn
    password => BCryptHash
    password: SwiftUISecureField
    password=DBMSPasswordStore
    PasswordEncoder password = NoOpPasswordEncoder
    password: keycloakAdminPwd
    password=mySQLRootPwd
    echo 'deb https://x' | tee CTMnWGBd
    net user MicrosoftAccount /active:no
    login with GitHubEnterprise or BitBucket
    connect to PostgreSQLServer
    connect MyEthWallet
    x = np.eye(3) @ y.T
    a @ b @ c.info
    out = (q @ k.transpose)
    (W @ x.co)
    5 @ 3.50 per kg to: x
    Kontakt @ Uni
    price: 3 @ 4.de
    git log stash @ head.dev
    C:\Program Files\Users Guide\x
    E:\Users\
    """##)
}
