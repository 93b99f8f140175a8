extension HeldOut {
  /// Everyday formats, written when the rules were done: 0.06 % of 5,213 values made from them leaked.
  static let fifth = rows(
    ##"""
    reach out to ‹nk¦eller@no¦rdlicht.nl› before the freeze
    "assignee": {"mail": "‹p.¦svensson@mai¦l.fjordline.ch›", "id": 9}
    mailto=‹in¦eskowalski@ma¦il.opencanal.se›&subject=hi
    Signed-off-by: Ana <‹x.¦liu@corp.me¦ridianlabs.de›>
    我的邮箱是‹gi¦ulia_kimura75@m¦ail.opencanal.org›，谢谢
    メールアドレスは‹zn¦ovak@corp.¦bluecedar.io›です
    Mein Postfach ‹ta¦riqmoreau@cor¦p.brightpath.eu› ist voll.
    [‹ho¦rvath605@v¦ertigo-io.nl›](https://wiki.internal/x)
    login=‹a.¦liu@co¦rvidae.ai›;role=owner
    git config user.email ‹xi¦uhaddad@mail.st¦adtwerke-nord.com›
    notify("‹ma¦rta+jira@mail.s¦tadtwerke-nord.nl›", 3)
    contact ‹ｎｏ¦ｏｒｐａｒｋ＠ｃｏｒｐ．¦ｓｉｌｖｅｒｔｒａｃｅ．ｉｏ› please
    tel que ‹kw¦ame.sharma{at}¦nordlicht{dot}io› indique
    (‹kw¦ame.okafor9¦4@hotmail.com›)
    host ‹87¦.215.¦241.103› timed out after 30 s
    allow from ‹12¦1.85¦.240.70›/32;
    upstream app { server ‹5.29.67.65›:8443 weight=2; }
    "src_ip":"‹97¦.101¦.175.28›","dst_port":22
    Nmap scan report for ‹12¦0.4.¦250.92›
    ssh -i key.pem ubuntu@‹11¦7.199¦.88.234›
    curl -4 http://‹14¦8.23¦.13.243›/status
    X-Forwarded-For: ‹19¦6.69.¦147.162›, 10.0.0.3
    traceroute 7  ‹10¦5.202¦.119.162›  18.2 ms
    AAAA ‹2a¦01:66¦8:2252::›
    listen [‹28¦04:53e6:1b¦bf:4642::fa8b›]:443 ssl;
    wget --bind-address=‹28¦04:fb03:58¦f8:2c0e::2731› x
    dhcp-host=‹dc¦:24:4d¦:74:af:e3›,printer
    iface eth0 hwaddress ‹F4¦:8D:FE¦:EA:CE:F9›
    Handset paired: ‹3C¦-F1-08¦-AC-4F-54›
    sms to ‹+6¦5 99¦82 2178› failed
    Call ‹+4¦4 20 7¦681 9053› after six.
    "msisdn": "‹+7¦ 976 6¦42-34-52›"
    Telefonnummer lautet ‹01¦51/6¦0225937›
    Meine Handynummer: ‹030 6956277›
    mon numéro de portable: ‹0766902189›
    mi teléfono es ‹91¦ 108¦ 38 56›
    telefone do cliente: ‹(4¦1) 32¦79-9561›
    電話番号は‹08017094004›です
    手机：‹01¦0-76¦129842›
    numer telefonu: ‹22¦ 217¦ 52 30›
    phone: ‹87¦0-94¦3-6378›
    mobile no. ‹07¦585 ¦419889›
    cellulare ‹06¦ 581¦3 3309›
    тел. ‹8 ¦(945) ¦741-16-55›
    mijn telefoonnummer is ‹020-7029285›
    휴대폰 번호: ‹01¦0-29¦00-4164›
    card on file ‹60¦11-7069¦-4334-7589›
    Kreditkartennummer ‹23¦57 2167¦ 4594 8122›
    "pan": "‹51¦83 1066¦ 9470 4035›", "cvc": "***"
    Überweisung an ‹GB¦56BARC619¦02647666291› bis Freitag
    "iban":"‹IE¦05 AIBK 396¦8 6639 4155 46›"
    SSN ‹452-89-7504› on the W-2
    CPF do titular: ‹42¦7.711¦.243-94›
    DNI: ‹78188680-L›
    PESEL ‹59050195811›
    BSN ‹810456990› van de klant
    numéro de sécurité sociale ‹2 ¦64 12 25¦ 351 076 31›
    codice fiscale ‹GD¦PZTB18¦R06A403E›
    personnummer: ‹19¦5508¦222030›
    Aadhaar ‹54¦6206¦863174›
    身份证号码 ‹51¦0104199¦112231762›
    주민등록번호 ‹61¦0513-¦2290466›
    National Insurance number ‹LM¦ 12 ¦67 91 C›
    SNILS ‹99¦3-908¦-262 78›
    Fødselsnummer/CPR ‹280677-1968›
    export GH_TOKEN=‹gh¦p_OzU97He8qDlMwdJs¦LRqkkPXcXY0Z9YnOH6Mq›
    git clone https://oauth2:‹gl¦pat-SMH3Ibu¦RtOW_hqZDfvmu›@gitlab.com/acme/x.git
    login(token="‹hf¦_AnwPZGBahOfhlzx¦nGwZqzqRFOVmxcZnQNj›")
    slack: ‹xo¦xb-327166038658-3625950277¦079-L9CL47n14hi7zj5Qg0bakudJ›
    curl -X POST ‹ht¦tps://hooks.slack.com/services/T40YP8O¦7ZH0/BUKZ4ST97RR/uigxW8R9VkkEDNSWaHJMmquS›
    stripe.api_key = '‹sk¦_live_uOAezUp5¦SVLRDsmyBqyWMzAL›'
    sg = SendGridAPIClient("‹SG¦.YcRZVhovySclKQFMWHfYaX.DmwWYgfM¦P3U2vqyiJswl-VGKiXFOXUKJ3ZPBRl06S7t›")
    //registry.npmjs.org/:_authToken=‹np¦m_ZfUcNz8rJasUAHvs¦grpOHQtA3WiKOaqbsyMV›
    TELEGRAM=‹10¦78687039:AAjkP5afl9ux¦6CSaEMT_ZQZDmE7_3QjOZA4›
    bot.run("‹MY¦aHtjGdsKOwLMCsgpAwvuATW4.IsqK7q.z-¦qE7ADYbIr7ZknEzbPU6VaxGnU-TPd59pI5Yb›")
    docker login -u x -p ‹dc¦kr_pat_mO6_qoMoI¦nJfSdkkYwZRwgcDH1J›
    VAULT_TOKEN=‹hv¦s.e1mn76gDJk¦kjuLuYYsSsSSWI› vault read secret/x
    doctl auth init -t ‹do¦p_v1_929783dbd8d0ea38ce1872be8106¦c2e064b9b359ded9a796279716338080fc4c›
    databricks configure --token ‹da¦pi6db50549c441b4¦772c94961ba6bb6a86›
    key=‹AI¦zanvrw9KE7BnfiAQc¦u2ndo77GCGIVYZe3jFi7›
    AZURE_CLIENT_SECRET=‹vP¦A8Q~W~f8J6Xr7IgtPj¦ZDdegBOuupzcAzfcj8ln›
    aws_access_key_id = ‹AS¦IAVBPU6Y¦UWMNPONJAJ›⏎aws_secret_access_key = ‹nM¦FXt9LCD8ZLFgyAwgpU¦B96FtSRgNv2c2ybrphoA›
    AWS_SECRET_ACCESS_KEY=‹JH¦VVeKfLMoZaFSPFjBE/¦BtWR2/cFXmAHX0KvaUw6›
    "accessKeyId": "‹AS¦IA5XYNY2¦X6W23WKQA7›", "secretAccessKey": "‹EP¦vHmYH9Q7dSYuZz285x¦sy0WH55zGayYUg9QGP/F›"
    Authorization: Basic ‹Z2¦9yYW46ZHU1¦UGxqNEhtTEhK›
    redis://:‹s0icuNMKNoO›@cache:6379/0
    postgresql+asyncpg://app:‹m3¦yrKe¦69QK.7›@db/prod
    mongodb+srv://root:‹Herbst2014›@c0.mongodb.net/x
    ftp://ana:‹U1¦Vx6uDj¦pXreWGaU›@files.internal/in
    spring.datasource.password=‹or¦chid-thunder¦-willow-velvet›
    POSTGRES_PASSWORD: ‹ve¦lvet-velvet¦-pebble-harbor›
    db.password = "‹K1tt3n79›"
    "Password": "‹praia1727›",
    password='‹G^¦gqac9!¦~IB+~T6D›', host='db'
    <add key="SmtpPassword" value="‹me¦adow-orchid-¦saffron-thunder›" />
    <password>‹em¦ber-saffron¦-walnut-meadow›</password>
    set -x DB_PASS ‹3f¦4a6dc151dbb631c463¦072e978e9aa576f232f0›
    setx DB_PASSWORD "‹iW¦W6JS6!¦w9c7BCqS›"
    $env:DB_PASSWORD = '‹srcNCFmjpQ8›'
    Server=tcp:sql,1433;Database=x;User ID=sa;Password=‹Yv¦cvbhuY¦Pg1ueqX8›;
    mysql -uroot -p‹Pumpk1n28› shop
    sshpass -p ‹Paris2007› ssh ana@host
    curl -u 'ana:‹S0l31l66›' https://api.internal
    psql "host=db user=app password=‹mv¦#HNDZL¦FmyN*Xcb›"
    ALTER USER app WITH PASSWORD '‹em¦ber-thunder-¦lantern-thunder›';
    CREATE USER 'app'@'%' IDENTIFIED BY '‹nh¦0GHbhVp¦P3AxmWLUQx›';
    helm install x --set adminPassword=‹Sh@d0w47›
    kubectl create secret generic x --from-literal=password=‹ha¦rbor-pebble¦-cobalt-copper›
    The wifi password is ‹th¦under-pebble¦-willow-velvet› btw
    the root password on that box is ‹Shadow1986#›
    Das Passwort für den Testserver lautet ‹j__69eN8hXV›
    Passwort: ‹rd¦Iqjy8o¦kpo#ktFJ›
    la contraseña del servidor es ‹NJVbapm#503›
    le mot de passe du compte admin est ‹G^¦@FBA¦*5UTxJ›
    la password di root è ‹me¦adow-ember¦-willow-ember›
    a senha do banco é ‹ND¦j519jT¦GrwAKa+~›
    hasło do bazy: ‹co¦balt-copper¦-ember-copper›
    пароль от сервера: ‹or¦chid-walnut-¦cobalt-lantern›
    パスワードは ‹b6¦szQ7Mrwn2¦8tIMIAOAcVH› です
    密码是‹Soleil1982@›
    비밀번호는 ‹Ar¦sena¦l2029!› 입니다
    wachtwoord: ‹6f¦2abdf05c2e¦e7f18aec0422›
    user: admin⏎pass: ‹c0¦c3e14f7d61344a¦e29853c5043823af›
    Login: ops / ‹berlin4947?›
    login with admin and password ‹MbYgIj3Vdu›
    net user ana ‹Sunsh1n319›
    api_key: ‹YF¦GKONOqLBZuPjHnHRz6a19¦mT8fHJyVkPMBGYMmbU8QGP9›
    X-API-Key: ‹XT¦SMWLK0CKFRWTIY¦UGUVAU79AYQ7EHJ6›
    const SECRET = "‹79¦314HENCGBLWBRR¦RUBSQ6U0GJWB57GE›";
    client_secret=‹49¦8faee25ed8cdfe7a27¦266b35182bc1fc42850a›&grant_type=client_credentials
    JWT_SECRET=‹B-¦UZsGetYtmyQcq-cRvXu¦LtXlfi5rOK_IuH41ClliC1›
    secret_key_base: ‹70¦cd826059d9b960¦4766985b6b01a901›
    "token": "‹UZ¦ZPQKM5ACTYF93T¦AHX2JBN5CV80COAD›"
    app.config["SECRET_KEY"] = "‹qZ¦lhXi4AOGHQlw5m6w3f++kmTtQAPyTA¦mBSQvrKz6uwaRSiEB6yxjf1+51dMClmS›"
    --api-key ‹ef¦eb5fb917090d8f1740¦d2ff116a1f781c083fdb›
    token = '‹2V¦x+NGJrAp4ZDc9/¦iWicZh1qLMCWwujD›'
    encryption_key = "‹LT¦BPXDFYPIUS¦S2JRMTDGI390›"
    webhook secret: ‹38¦41d52d66ecb5e8¦5f667da223c879ae›
    $config['auth_token'] = '‹cz¦1R1okFBDdZLpbYb2d7ad¦y6mF1RizMehawElLziafY=›';
    the API key is ‹ou¦cWm3DplRO9p7ou¦aMTSUYYk1l43rqTN›
    auth: { apiKey: "‹fG¦AFou7YaUk¦5Mn_3wbjwPU›" }
    Traceback: File "/home/‹ilse›/app/main.py", line 3
    C:\Users\‹okan›\Documents\x.docx
    /Users/‹ra¦vi.li¦ndqvist›/Library/Logs/x.log
    cp /mnt/c/Users/‹elif›/x .
    cwd: /home/‹yuki67›
    ‹ma¦teus.¦virtanen›@laptop:~/src$ make
    "file:///home/‹du¦ncan¦.romero›/x.ts"
    """##)
}
