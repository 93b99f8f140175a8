extension HeldOut {
  /// What leaked of 12,789 values in a reviewer's formats (3.5 %, mended to 0.02 %), one cause after the other.
  static let seventh = rows(
    ##"""
    Paid with card ‹6759796253356573› twice
    pan=‹5018963750071662›
    Klient zapłacił kartą ‹4940109257066›
    Клиент оплатил картой ‹4652822310490›, деньги списались
    دفع العميل بالبطاقة ‹6230572558503803928› مرتين
    カード番号‹6230807937617108563›で決済
    Müşteri ‹6230576338333550064› numaralı kartla ödedi
    --account-key ‹DHLZDsIA7IWcgCCTjMDmX2iDjhL5RZqVqkyib4vYquoHxjywJ3k6tAp1O5iMcC1ay8AIZmN8aPsiW/Pxzxlzyw==›
    SharedAccessKey=‹/6b3ZqGqz966gfXQTF508ViGOjunCfXpfpdXeKXdxsY=›
    API_SECRET=‹/Qm3ZqGqz966gfXQTF508ViGOjunCfXp›
    --api-key=‹+Qm3ZqGq/966gfXQTF508ViG/junCfXp›
    the api key is ‹kQm3ZqGq/966gfXQTF508ViG/junCfXp›
    set("fs.azure.account.key.x.dfs.core.windows.net", "‹y/xQ5fmIgTELcS3xenb4Y1QfSwnrl2igIMD5ZDRx6zUpVItUZuzNy3c/f14HWRotZ78wnMNlc07NKk43VpJywQ==›")
    pagerduty: {routing_key: ‹6ccb0cc7265ace473618912e0c3cb32b›}
    ALGOLIA_ADMIN_KEY=‹39dd273d3b53f1ecc5b63e42bc3cd98e›
    - name: VENDOR_KEY⏎  value: "‹39dd273d3b53f1ecc5b63e42bc3cd98e›"
    os.environ.get("CI_KEY", "‹k3jd8s7f6g5h4j3k2l1m0n9b›")
    const k = process.env.STRIPE_KEY ?? "‹k3jd8s7f6g5h4j3k2l1m0n9b›"
    dd_api_key: >-⏎    ‹f0d0a66aeae2b184f15d28f917ecb571›
    password: |⏎  ‹Sommer2024!x9›⏎user: ana
    Driver={x};Uid=a;Pwd={‹Ab3dE6gH9k›};
    Pwd={‹Ab3dE6gH9k›};Server=x;Uid=a
    DriverManager.getConnection(url, "shop_rw", "‹A6trzsVfI2Rq8JTs›")
    smtp.login("p.lin@outlook.test", "‹Lc7SKUTOFGWx›")
    WiFi.begin("net", "‹Lc7SKUTOFGW2x›")
    bcp x in y -Usa -P‹Lc7SKUTOFGW2x›
    Authorization: Bearer ‹k3Jd8s7F6g›
    Cookie: sessionid=‹k3Jd8s7F6g5h›
    id;name;pesel⏎17;Wrona;‹58121631793›
    name,cpf⏎Ana,‹46716080228›⏎Eva,‹46716080228›
    1. open the page 2. enter password ‹dMnkwqUM.n5ujse› 3. see error
    password: "‹Ab3x{9kLm›"
    **Password:** ‹Sommer2024!›
    ‹mila dot fischer at web dot de›
    someone committed ‹FLW¦SECK-0ca7d2da22652662fad8125dd204376f-X› to git
    nuget push x.nupkg -k ‹oy¦2a3x5ewspf57sndluubeoug00zpjnq2l4p9ygettnjxz› -s x
    x.txt:16: ‹sg¦p_55c9ddfa6072ed55_fdefde11123005d80dbed9ab625f67b1b2c63169›
    x.txt:3: ‹api¦fy_api_6bLmGGCytovCauncqhpcYNfkdC0XmiZuMrHL›
    x.txt:3: ‹AT¦BB3205McMjrFLMILrEf4ufyf6j3Svx1NJB›
    see ‹al¦cht_OidgsNeIf8DxSqOINUYgSPhAVqjsO9›, ‹ai¦o_qgj7sS5w6MLlCH7GNLLH6N7YDMaX›
    see ‹f¦c-0ca7d2da22652662fad8125dd204376f›
    see ‹CCI¦PAT_6bLmGGCytovCauncqhpcYN_fdefde11123005d80dbed9ab625f67b1b2c63169›
    see ‹CLO¦JARS_a3x5ewspf57sndluubeoug00zpjnq2l4p9ygettnjxza3x5ewspf57sndlue›
    see ‹wa¦ka_8c38c4be-8aa0-4718-b45c-5d547a83bd99›
    see ‹tf¦p_6bLmGGCytovCauncqhpcYNfkdC0XmiZuMrHL6bLmGGC_ytovCauncqhpcY›
    """##)

  /// Told in other languages, and telephones.
  static let seventhTold = rows(
    ##"""
    palavra-passe: ‹Kx7mQ2pLz9›
    A palavra-passe do servidor de testes é ‹Zvezda1984?›.
    mudei a senha para ‹Kx7mQ2pLz9›
    كلمة المرور هي ‹Kx7mQ2pLz9›
    كلمة السر: ‹Kx7mQ2pLz9›
    الرقم السري ‹Kx7mQ2pLz9›
    비밀번호를 ‹Kx7mQ2pLz9›로 바꿨어요
    관리자 암호를 ‹05a6f1c8777a6ada3e35639295bc636f› 로 바꿨습니다.
    パスワードを「‹Sakura1960?›」に設定しました
    パスワード「‹Kx7mQ2pLz9›」でログイン
    密码设置为‹Kx7mQ2pLz9›了，记得改。
    密码改为‹Kx7mQ2pLz9›
    用密码‹Kx7mQ2pLz9›登录
    пароль от базы ‹Kx7mQ2pLz9›
    Пароль для входа на стенд ‹Fussball_856›, поменяйте потом.
    пароль сменил на ‹Kx7mQ2pLz9›
    z hasłem ‹Kx7mQ2pLz9›
    Hasło administratora ustawiłem na ‹WWX*aUI%y7Yeh›.
    şifreyi ‹Kx7mQ2pLz9› yaptım
    parolayı ‹Kx7mQ2pLz9› olarak değiştirdim
    Le mdp admin de la préprod, c'est ‹F8*PBnraohI8i›
    le code d'accès est ‹Kx7mQ2pLz9›
    Das neue Passwort heißt ‹Kx7mQ2pLz9›
    als Passwort habe ich ‹Kx7mQ2pLz9› genommen
    Rückruf bitte unter ‹0171-3143522› (Mobil)
    ich bin unter ‹0151 23456789› erreichbar
    ruf mich an: ‹0171 2345678›
    appelez le ‹06 23 45 67 89›
    llámame al ‹623 456 789›
    telemóvel ‹912 345 678›
    zadzwoń: ‹523 456 789›
    beni ‹0532 234 56 78›'den ara
    мой номер ‹8 916 234-56-78›
    連絡先は‹090-2345-6789›
    연락처: ‹010-2345-6789›
    واتساب: ‹0502345678›
    """##)

  /// What was taken though it is nobody's, and what stands close to the rules above.
  static let seventhKept = rows(
    ##"""
    ping6 2001:db8:393a::2052 ok
    curl [2001:db8:3e3d::f01]:443
    addr fd12:3456:2789::1:2345 and fe80::2345:2a02:1:9
    Depends on Microsoft.Data.SqlClient 139.9.101.176
    Edge 102.17.241.33 elsewhere
    upgraded from 75.4.3.200 to 76.1.2.3
    ObjectIdentifier("1.3.101.112")
    Wed, 3 Apr 2002 12.34.56.78+0800
    using Guile 3.0.5.130-5a1e7
    $Revision: 1.121.2.1 $
    allow 52.95.110.0/24
    2001:4860:8040::/42
    'password' => 'required|string|min:12|confirmed',
    --- PASS: TestLogin2 (0.00s)
    PASS: test_utf8_decode
    you can pass `asn1Spec` to guide it
    pass v1beta3.SqladminV1beta3 to this class
    netty-buffer@4.1.115.Final
    foo@1.2.3.RELEASE
    foo-bar@baz.py
    [{'0-9a-f@i.boxesfdl]'
    "Sid": "AWSCloudTrailWrite20131101", "Effect": "Allow"
    self, private_key: ed25519.Ed25519PrivateKey, f
    token: V1Beta1TokenReview
    from gslib.gcs_json_credentials import isP12Credentials
    "input_token": "ExclusiveStartShardId",
    ('http', 'user/name', 'password', 'localhost:22')
    choices=['none', 'access-token', 'huggingFaceModelId']
    --sasl-password=projects/12345/secrets/my-sasl-secret/versions/1
    return connect('route53domains', region_name)
    Das Passwort für Windows11 vergessen
    пароль от сервера Ubuntu22, пожалуйста
    パスワードをSHA256でハッシュ化
    密码字段userPassword2不能为空
    cache_key: 5d41402abc4b2a76b9719d911017c592
    primaryKey: "5d41402abc4b2a76b9719d911017c592"
    RECAPTCHA_SITE_KEY=6LeIxAcTAAAAAJcZVRqyHh71UMIEGNQ_MXjiZKhI
    --private-key ~/.ssh/id_rsa2
    --auth-key key-2024.pem
    <Input password={userPassword1} />
    password: >⏎  This is a description 12⏎
    id,total⏎17,58121631793
    order 6759001234567890 shipped
    phone model 20-10-123
    "private_key_id": "4a76beb21c4d90f68f51e53a61c5d69c5585db01"
    """##)
}
