extension HeldOut {
  /// Made-up more tokens and passwords.
  static let moreSecrets = rows(
    ##"""
    jdbc:mysql://db/app?user=a&password=‹Tq82mmXz›
    amqp://ci:‹r4bb1t›@mq:5672
    https://bob:‹hunter2x›@git.acme.test/r.git
    ftp://anon:‹p%40ssW0rd9›@files.acme.test
    postgresql+psycopg2://u:‹Kd9#x›@h/db
    redis://default:‹abcDEF123456›@r:6379/0
    https://oauth2:‹gl¦pat-uEOi7m4VGHiYpDb8Jwib›@gitlab.com/x.git
    sqlserver://h;user=sa;password=‹Str0ng!Pass›;
    smtp://mailer:‹m41l-m4n›@smtp.acme.test:587
    socks5://u:‹qwertz77›@10.0.0.1:1080
    Driver={ODBC Driver 17};Server=x;UID=sa;PWD=‹C0mpl3x›;
    "mssql://sa:‹Yukon900›@localhost:1433/db"
    jdbc:oracle:thin:scott/‹t1g3rLily›@//db:1521/X
    -----BE¦GIN OPENSSH PRIVATE KEY-----⏎‹b3¦BlbnNzaC1rZXktdjEAz5nWnbmoypkageql9J3y7Kz5gNbFCqTPTHVt5Bzysl0V›⏎‹GJ¦aBcUHtbzDJqOveSOiP5Xj/jyoQtCQU8cFqbwzQJMN33JnNi7EwIUhFLarie6m5›⏎-----END OPENSSH PRIVATE KEY-----
    "private_key": "-----BE¦GIN PRIVATE KEY-----\n‹MI¦IEvQz5I2gMUtBNUw/Q77w07kM1nQkTDIrf6rqnJvU1h9EsP3i0LP8HKYfl1WQi›\n‹oI¦FJpwbAxFVziW9N5MnzckW1431BaA03ZTSw7Srf5BkGXozPUAxvNdujv/3dGEIA›\n-----END PRIVATE KEY-----\n"
    -----BE¦GIN RSA PRIVATE KEY-----⏎Proc-Type: 4,ENCRYPTED⏎DEK-Info: AES-128-CBC,AB⏎⏎‹S+¦/kCDm9EFoeny4lYhB2RvzJ/jzhsvcKNvVOXQbcAr9R0WT6XCMn3rG+Gpdo39QV›⏎‹ho¦usgRybRiRhjXZPfc5MW4PMaHEaRidrIEPkhcf+ZWHl63aWBYAE5/+HZYUy2kzq›⏎...
    KEY="-----BE¦GIN EC PRIVATE KEY-----\\n‹LG¦ONu6RzbC3EJZtjlq3qJIAgy0IWdLUe0Q34eqViXjCs/KWUeqnSTd1/sTAEAGVH›\\n‹jF¦kAofVQ+Em4plh1paDN1OjnT9RR9TbE2wUteqkL==›\\n-----END EC PRIVATE KEY-----"
    -----BE¦GIN PGP PRIVATE KEY BLOCK-----⏎⏎‹NC¦0+ig1Y1/jGkmEkxCmJpaZUkN2rrOEmYjJcBNavbuI/6nK3z/+fT9EW2Cl0QYZw›⏎‹F9¦U2WOMWY30Orzi7HGtGQ3sICotypVLWQZn4AGLFcy2fCQtlbt/KXN2IoE7+Nf+I›⏎=aB3d⏎-----END PGP PRIVATE KEY BLOCK-----
        -----BE¦GIN PRIVATE KEY-----⏎    ‹gf¦dzsI8cin7zq3Lw9rbu0+UF/YXlXqCU80gazL1iZ0VerMSnfW7tarW8OBhKFDOz›⏎    ‹kv¦78gKCqp6WNfH5xj7od2FnrttJ+EMb3qydEdq3p5kglRC9RP+9mKuT8blFYsv8o›⏎    -----END PRIVATE KEY-----
    PrivateKey = ‹W5¦45Dgdllzmt0F06VvVEiVLnyvDkIqnOGGpiAIjEhI+=›
    token: ‹ey¦JT2KnLcxCAhns82Bq0htJJeiUGzVkZIIrG.eyJVlJXNEezcNyYrZrxzrUpyxRgXR9mpjfQHsbp6abXh5NCcfrj1nD3z1wHJUpryNNYeupZMPFUEtFAsj26.b-2Q1jCVhevcqH1Plcy7cKkn1CzKx6H70wHqz0UBpRr›
    Cookie: jwt=‹ey¦JU7aDnxrZJXSPvRwl5XtTIkPr4UiNUundL.eyJ4SGFgEHM0gjdIdw6eBmaenTJCnblSiR4JO5OvpuRCG5nytgYBARxxSxjTfNZyHzAFg7CLtRI7zjP3Ioj.ix4zvbynRuYxmZ_iUoTsvPnHkizLXDwXdE2P3tzNIlEc8oR0l6hh6UcSmWARoMrZcTulIHO8VNw5tu9sJ7yKq7fRNyfAZfhEobsKbwjdLlrRjpl32d7m2x1oL5ApVTt47Zx8hgHsG_n5jipBs06bL6p5_GQ5W2VmPOtlEgis5XISST_0iOxn39kH51CJ3PZBaYmKpIeyCfQU-KBBPMCkpGOHgEE-kSLpe9f7N2okGkVq63FsbbI1NfLdswE_xNeA7lsaaNv8oLH90ppE68SpLElLRytZIHv6z4dVc9X9JCEvCldJYLuwF5hnq38Vyv4p9Xtjh7ldBjK6b4VpgBTzyy›
    -----BE¦GIN PRIVATE KEY-----⏎> ‹dV¦l1DREnrYRW2HhlOcWF5IwPQAAfl0dHWZs/rjO9CcDUEVxtl4u3B5zWjITd/RJP›⏎> ‹+Y¦1O+oCi1DAsh+Z8ZVlpOrTN6Q8Bc1pmtuGmp+XuVzmlOf1CI/83zEmrL98Mz4qT›⏎> -----END PRIVATE KEY-----
    '-----BE¦GIN RSA PRIVATE KEY-----\n' +⏎  '‹Jy¦3nBJtbiGPY6B/UGemaO/AkgSwlWLsZbGsVY1PS+vYJsEmOW81tFjzVVHvQomW5›\n' +⏎  '‹lL¦sU8KNFsud3JZAPKGcCEkADkFqOOsIh8+klPOV81E3RbRAgbp7IAu5lix7OWCVS›\n' +
    password for the db is ‹Gurken4salat›
    root password: ‹T!ger-91-lily›
    the pw is ‹p4prika99›
    Das Passwort lautet ‹Nebel#7712›
    la contraseña es ‹Luna2024!›
    le mot de passe est ‹Chat0nNoir›
    a senha é ‹S0lNascente›
    пароль ‹Zima2025x›
    wachtwoord: ‹Fiets!en88›
    use password ‹qX7!mmB2› to log in
    creds: admin / ‹9Kilo#Rice›
    login root / ‹Ban4na_Boat›
    psql "host=x user=y password=‹zz9Plural› dbname=z"
    --password ‹Wint3rMute›
    -e POSTGRES_PASSWORD=‹l0calDevPw›
    DATABASE_PASSWORD: "‹0penS3same›"
    <Password>‹Cr0ssr0ads›</Password>
    {"passwd": "‹m1ntChoc›"}
    password => '‹ra1nyDay!›'
    userPassword: ‹8ballCorner›
    setPassword("‹Ze8ra!Cross›")
    .password("‹k3rm1tFrog›")
    password('‹Fu2zyBear›')
    "Password": "‹Abcd-1234-xyz›"
    $env:DB_PASS = "‹sn0wflakE›"
    machine x login y password ‹qq11ww22›
    IDENTIFIED BY "‹Orcl_2024x›"
    REDIS_URL=redis://:‹fo0bar123›@h:6379
    mysql://root:‹toor1234›@db/x
    ftp://u:‹Pa$$w0rd9›@h
    mongodb://m:‹monGo-77›@h/x
    Server=s;Database=d;User Id=u;Password=‹lettersonly›;
    net use \\\\s\\x /user:u ‹W1ndow$9›
    unzip -P ‹z1pMe0ut› a.zip
    openssl rsa -passin pass:‹k3yPhr4se›
    echo "‹sud0Pass1›" | sudo -S ls
    htpasswd -b f bob ‹appl3Pie›
    export SECRET_TOKEN=‹b8¦d7be04507dbe30b06b7da642b090e674a36f8c›
    api-key: ‹U4¦TZqlF1ee8wLsWLp58kmjjyNtbv86s6›
    "accessToken":"‹vW¦DLbdeVew2x1-dXK07hR1jpYCTk_vT13Tk4YjfrIFX›"
    STRIPE_WEBHOOK_SECRET=‹wh¦sec_CVxlGeL844p6TBL0eg9mY7FC7zmwDuEQ›
    x-api-key=‹Po¦LYTR30hnKpIvCfppHtJwth3IE7OVpQAqX4›
    key: "‹sk¦-ant-api03-qNbYQV6X1X_Lngr-pzZoqZSJ0iHD9msRYZwAGPPBiURfi5v1P44OMlfpYoG8lsDZrvxCA4Hw0yGjClFjzVek2Mkj5rkTAAA›"
    client_secret=‹Zj¦Y9g6YfGKPoQWoW5WjqFFn3SFEZxH7J›
    hmac_key: ‹45¦a72d520645a9c06c4dbfd608736a82f3dad01d194e6f3391fa920a5db423c2›
    app.secret_key = b'‹jY¦x1sVwGpz1aHTE2z7Qmjea0›'
    "refresh_token": "‹1/¦/00sTt5Pz_zzxHlrzRV1BAqvCjIIzGI472imdRslBRIGe3EIjLAM1uyugq94lxmxjc2p6aBg0HDtqUKS4ZKLFw_jzQ0x›"
    token=‹YI¦Jg4zBSPw45MbwLIT9mF9WC›&x
    sessionToken: ‹IQ¦oJb3JpZ2luX2VjEgNg0SMSx/GgoRpSigALH4fNVWQq+yLKuHjZEfTPZUdX2g21OUu7pcn2Tt3q9FelDQUeU5ryd0FIy6mt998OIYwmUnZj6c4qdBzbTk12FfByJFsqaYVyzm6UNIuW/LOCkVqQt9Sxq4REOne4OqwFugChMRcAeZuQ3lp4Lu3gvu51Braa2NxQ801kFUAJl15LVS/X7OlM›
    aws_secret_access_key = ‹C7¦OyncNVnX9nEom1+xbweJNZ9BaFEWN4tpbBD4SP›
    AWS_SECRET: ‹i0¦BQFhPetZGlEwXcY+gfiOrGbYbbSd5AMxPND9To›
    AccountKey=‹om¦0TEaanNtQriGPqT8WaGVCsox97ahyZHcCpGrsvXxTFQmrzDki9ZZnqrua9/qdG/7uenlM3iX2Xh2MbCHlPg5==›
    git remote add o https://‹gh¦p_ehEOXrgci7jxPujaMb04mx9n8pmhiicQ7gSv›@github.com/a/b
    Bearer ‹Yl¦w.wk8rE8-sbO7Btw9vKD44OL1XeRpwlJFvPnaP0l1kCbiVc-rc72g3ALVRx1nS›
    Authorization: token ‹ff¦65366f57858fb64b85a0c345049c4e5b44696e›
    "Authorization": "Basic ‹YW¦xpY2U6d29uZGVybGFuZC05OQ==›"
    apiKey = `‹Up¦iSEVvnoFDGb1nX19SMmsFLdNRGeRHB›`
    the secret key is ‹49¦oNefjh5ctZ6KpaWebT9oD7hHwtBpTBJDhewjoX›
    token is ‹Rc¦Lb6WrkymSxeYkttMN3jgeOKXwvnG9U2U4T›
    SECRET_KEY = 'django-insecure-‹4T¦kYuJc_chZOfL-L*#QFS4^CpnxtyWKh)LDjsw-0GsE-Rc#*nT›'
    encryptionKey: "‹PA¦FPJOZjWuLoPpwAE1cu9sh0dhqtOb4gyZGT7TALwCMp›"
    vault token ‹hv¦s.ykOf3qkmEaCFrB94IS6MrR61›
    x-goog-api-key: ‹AI¦za9RN1SPjfuvt5XMYGxZhEmjGYHO3ayrtCAe-›
    DISCORD_TOKEN=‹MT¦UvyMLfBLMbq7jarmf2j9W7cs.ij5KCO.PnuT7LB0g5FaKoryC5hZl5lyXl07UjUBUGOAuT›
    slack: ‹xo¦xb-551363254839-9384754758636-yrh2R9GGE1Hl84YxKPYQXxbi›
    jwt ‹ey¦JhbGciOiJIUzI1NiJ9.eyJ7PZvLh6aJTA3xnjmCuJV4CUnrcgYDwUSmMbnzLf2C3PwcZRZtOD0B8fOCfhk.oAYLd7dKCQugLQBBo3AvFpZZctgawRMh2SoTrKSQ4fY›
    signing_secret: "‹75¦0e188749fae2a17eccb6d3042c02dd›"
    PRIVATE_TOKEN: ‹gl¦pat-gG9sq1TxA71ZMbpEBpSo›
    npm config set //r/:_authToken ‹np¦m_2Qzvfbo8KGe3RpfGUYROet0sbWmT1XQobRM8›
    .npmrc _auth=‹Ro¦3u04eNEq82weV4srVUX1ieKirbrpYpVgC9hev0›
    "private_key_id": "‹49¦e1b2bc2ef98ff9844178f13d8647172b2f1545›"
    bot_token: "‹34¦63416192:AAAcMFu9sWBhepXpzh8GsHFdoAooi091lPl›"
    LICENSE_KEY=‹V7¦W8W-ZKJ74-NXZSJ-YWL25-4WRND›
    """##)
}
