extension HeldOut {
  /// Made-up tokens and passwords.
  static let secrets = rows(
    ##"""
    I accidentally committed `‹AK¦IAS3RYKMA4SY5XDLJI›` yesterday
    I accidentally committed `‹gh¦p_fZN9PRncN31Vih17UJZMPFO3yadbnbJgJRSn›` yesterday
    x: ‹gh¦s_fWiQmaVg7gP6URVFqh1nmrMlGNKkApFA8x5p›⏎y: 1
    {"k":"‹gi¦thub_pat_j4e2Jekl5JEXhvG8sBRiz7_fLm9Pvp16rKa78IVYsnvLrRKGyKDk4xGj413ElCA3A03xgZNPC3deX44muZ›"}
    I accidentally committed `‹gl¦pat-FBfnKdbo18aOThkmiC7X›` yesterday
    client = Client("‹gl¦oas-6d123b6924fabb875a635c22efed27eb58befae95a379ff790b6f6767213e08e›")
    export X=‹sk¦-proj-Qdoo2ClxWyWqbjmigC-zelYlx0z4f5JZSCnDW6tGgx7gPnxzw6B5TEvZ61Af7wScNZhMWeeJVTT3BlbkFJk7OzuNzFoSDmZqDdy2SyAUA8f1fTIZZxqp3BbRs11ExpfA4BClIHPLjxQ3kBScMCX9E64eGS4S›
    key was ‹sk¦-q3hHClXy1NvYCLnBFrLZT3BlbkFJ2GKtMSITT4WJb1n3tG8v›, now rotated
    curl -H "X-Key: ‹sk¦-ant-api03-RCHqXDq7eQtw2VwKR6xA8MzlhXBuGFoRxXz-HSWMN-L_ztpgR-6RrT7SsX9khcoKFytBNNLdhi6CLuYCRi8wekza8A0ABAA›" https://api.acme.test
    key was ‹hf¦_yRDEelGimbhOQmygvvWGsuDMpNxXveXcyD›, now rotated
    {"k":"‹xo¦xp-384582858506-035413991320-014682822792-c51cc2ed407a1bca07bebbaa3c3ffbf2›"}
    x: ‹xa¦pp-1-A35E6FE6774-9342743816109-bb40aaf98145111e57017df65f657070374e52ccd95926e303a70a752d1049d3›⏎y: 1
    client = Client("‹rk¦_live_AQMJC0Zvt7Y2fAD88y5DTbQN›")
    {"k":"‹sk¦_test_NkXcCNzwH9WWEwQIva154lemOC6iCR7fQwZ9yTJrVG8htxcp5yNYitwjYkykZ7VqPGhWDAmenjQcyBECPx5842TdKedRboTWoyV›"}
    put('‹SG¦.HsjDP8TlN41oRsb-7exAGP.RKpIPBZxwf00jBbHi5fV3Zlm9lIEaN8bcgCvPy4_dAZ›')
    x: ‹np¦m_oDtTaoQHHunSlah3R5Nbtm3zjYTTQ9SA0IWI›⏎y: 1
    client = Client("‹py¦pi-AgEIcHlwaS5vcmcCWAI8DjhEYoBhalq6-NTVMZg4UOtasE45-RsEWUgQtEyXziOFxb-0AZuNGtJ_2TGwB2jatn4Sdd-cwOnFSAVMiodvQLbYItqS04iImrVpIOD4vbZ3M_X-VqxE›")
    x: ‹AI¦zaW07IEF9gpBJ3AiEahWBAIV8z1Oz44yLV2Jt›⏎y: 1
    {"k":"‹87¦56222755:AAurwq-EOKxIfz55K7epY2YQuhjKKtto-SQ›"}
    I accidentally committed `‹sh¦pat_f3d61143ceec060edeb7e4845d8f311c›` yesterday
    key was ‹sh¦pss_a6b917b197f306eba094f972586f7940›, now rotated
    I accidentally committed `‹EA¦AAHRKu4cHw2LBWOci_C0R0sRRLE9tMr9Nm-UrP_129r0OS7od26MRGZOS_vsXo›` yesterday
    key was ‹sq¦0csp-aIx6BOJFD8Tl3U8gW3lrBSrf2TGY7um5t9jtN0DR_m9›, now rotated
    I accidentally committed `‹da¦pi893e8781716306347a5e676e4f41f5a2-2›` yesterday
    {"k":"‹hv¦s.zJOYqxsb2p50yQAWfemAlEQ9FY31ZyEoQElDwArFo4x0WkBVfdFmi5MJj4XBTVj3m26X4o8E0BWg8y2ukRpO3WktMw›"}
    curl -H "X-Key: ‹s.¦x25JkkhsOeiRhWpxbp7YoPtb›" https://api.acme.test
    client = Client("‹ff¦mvIzN7vDvT2E.atlasv1.8MVN46Rkxx9J3dZs0VkfZdNk2gOVZQzonzLS5QL8EEr7oW5lBc4cm3TDVtRIfO4TgXI›")
    I accidentally committed `‹dc¦kr_pat__TC0OS4fInJy2GH2AfSR8dI4lKE›` yesterday
    client = Client("‹do¦p_v1_f1e5d472cb4a351d27c0157a6acf801978c4704566191b6dd017ad352c3de35c›")
    export X=‹HR¦KU-AAL94O7RQXYuHRSf_A2aaPz2hLr2MANMNfQ6LMpZYorsr5WHxnVpbuldAGvV›
    client = Client("‹v1¦.0-deddae98947dbb0382f9fc3e-7f368af5285aaa70e8001d1f9a4be03582dd42d96c3e5cada78fb062e35382d79d102e0362e9513b7d28fbbcc7e81f9acaf540e7343d299b2f144d04b2476b8c9b7b6a33d2e63c0fbf›")
    curl -H "X-Key: ‹NR¦AK-WMLDSOVNYOMHLBT0PLAWQOV4CPP›" https://api.acme.test
    x: ‹sk¦.eyJ1Ijoi8K3Qqvh21X9GLKRp28gE2X5jFJZJ3jtreFYnkvKdBLgRL14gsBxO32jH8aQp.YJfn276KufF9FRK3bcK5ga›⏎y: 1
    I accidentally committed `‹AA¦AAF5BGwm9:APA91bYCTS_eiGQZN2Tjpmv5KNO63NcGRuHXUyqiWC3Aq7-bPML-js2Wz7Sz3atPwC2Cm6aRb15w-gBF8l1zuHk6x1A91GlL67ahkonb4kFag5L78Dxvv5ye4nKJcGH8dWFhQGZ0NTO9›` yesterday
    x: ‹gs¦k_wHk3G9bDVBMiUfKn9a30mxQSmpOTbPqqsF0fKDHzOyimC85bCXvv›⏎y: 1
    put('‹li¦n_api_1UArSXJ4k4BFOgjPJlFKBl26r8GfuQ3AxK1aELWX›')
    {"k":"‹PM¦AK-0131b7daa6d91b56635dfea6-e9ddbdbba1af894d56706295b7a18b10f7›"}
    export X=‹Fl¦yV1 fm2_RIlBVnKTrrsEDW+qdJN6rrsYSzsSGXA8BP5O2oNFHt2dwfoStU6gUlhBtYnhOtX68JqVRecEoZECxQCLcrCPuWjJ8kLLrQtGPtP8TjzgDwxjOtxIzGGpmv8I›
    client = Client("‹sn¦trys_jnbuZ4C8LcNLzeJA5TvkGCS4mAzjqtwQvpThx5lFTiBmR0vTy7kgaVCwCCVSTyPCqKf2nrIvpVfy3DrV›")
    {"k":"‹fi¦gd_h_EsdhC5VQnIaiqvj184zAMyNGjpbDoItgZcAluv›"}
    {"k":"‹CF¦PAT-8n70b5E_0CM0AJbSXLz79Ipt1UcUBzbbXCCYfr3UWM9›"}
    curl -H "X-Key: ‹xk¦eysib-d82c3ef16e10fc55b286f99ad21237f92fda66ab127e725ee89e3a3954f5b152-9R6wTZczqB2TWDSJ›" https://api.acme.test
    {"k":"‹1/¦2576394016581686:93119b5f67db84f2f1bd7d7d4a6f166c›"}
    x: ‹ke¦y-a04b6e483d87c2328c8a5bdc4ecbb61f›⏎y: 1
    key was ‹ts¦key-auth-Whcvp8XOHvX0-tgxN1hNOkIUjuYmf50UJqd3hTg2ullOS›, now rotated
    {"k":"‹se¦cret_LkLrvsVRaDqCPwVgSCU1dpOXk8Go0ZHAiVU6BkOcqRY›"}
    {"k":"‹nf¦p_90CJTyNaNh32LL68XrqIARayRVcfcDwSen8H›"}
    {"k":"‹ve¦rcel_blob_rw_gJJyA4JfafgDJ26a_wApp3z82Hh933PmMSV28eXmAU2Euiy›"}
    curl -H "X-Key: ‹op¦s_eyJ0aXjrux6FIgGSXHGJkLg98bzPayFa4fjj9s3qtggXLcrHWKYLSFrn6FNrQ8rbEE6zFZe23HBHfaTyWJQp9ferIq4GmaC20BGTtBGKgSVFdjwCrsya8rXThSnvw6IM70N1s7lEmNcXvVa3ve2zKnJk1mkvujU8oqMmIhc4rFlQZ3av5G2bwONjvgUW5jCZspHeZBnycx18jxbF75XHXuS4ItteB1gp7YlcnYfYu4QKeG4Oy8xoCpEs0sYXAqCx2MuGmJwv1NxGRUara7nagkIb365nm4DQkN7asxmOFCtOvzS›" https://api.acme.test
    export X=‹bk¦ua_c0780c18708d350050fb96baf6ce4502e80d57ba›
    client = Client("‹ci¦opdZ5rqBtdVClz8NT8Z1VJAttSDHxa5XO›")
    client = Client("‹pn¦u_xoksq7bPMTpkmGmrHZk2S1oEiwi3BcBUDFJr›")
    export X=‹rn¦d_4TMVi0kr5gDJRIICHIJKjqxKeYIVMyF3›
    curl -H "X-Key: ‹EA¦AGrmIHJWDdSIHI3S9scLEuc7OIgI9FZeQsIIVRslcbuCtmzBGcJkmzv1yRxNZ72r6mXlzaYembjWEbkUNkR5g7aNy03gApIV1Ltg8hot6sLmHGnskBFeyFrxsb›" https://api.acme.test
    client = Client("‹LT¦AIlBlIe8DA2Otqz4nwJ8Tw›")
    put('‹ZB¦DmwwafgiCo6FWtlX3OMnVf3VzMYV5VupGEWLtqUhAOWJUzBAHQ0q6E8zDiRu2SN8fws7RXoVA4AZDOh3P6›')
    curl -H "X-Key: ‹dt¦0c01.7TEWAMXW55VPSXCNQVKIQ7AQ.B2YJRRZBSGZ6GDPRYUNWQCZNI6RHEMVO6Q4KMXQH6CPOMWFTW47TK5WWXOTCKSO3›" https://api.acme.test
    [default]⏎AKIAQYLPMN5HFIQR7XYA⏎‹Lb¦tq1pGJwyKcv5TBPM9ML8CuCO8Lhj7S82u1lE2y›
    aws configure⏎AWS Secret: ‹27¦JNscEcumNs/rdJ99l/13YOnNIGU0mzLnxm8/GJ›
    new AWS.Credentials("‹AK¦IAHHH3CSWDX4ZTXB4Y›", "‹bM¦xfqUCP7xy+LH6lKNLZZsqOzqW1K/ED69re+DRn›")
    SecretAccessKey: ‹Cb¦eqLINzkwNLv6qsWEL0x5/ySnWNvscPdSN0/V56›
    DefaultEndpointsProtocol=https;AccountName=acme;AccountKey=‹t2¦73KZW1krpJVYHsd2DdjfkpmghngJrWc7yPdaFNkp7h1gGjsTcYkKH6mbr9JgVSFIp2zM+PbyqCwNzpz5PZyc==›;EndpointSuffix=core.windows.net
    SharedAccessKeyName=Root;SharedAccessKey=‹Le¦B9xdKRpLpXRZ3ThuMSI+HJ4R2b1hGb1mdl+253Awt=›
    ?sv=2022-11-02&sig=‹Av¦ouHUPjZllBo2mnDBlNMw9HuMnmxcd11briASdWxct%3D›
    client_secret=‹rl¦S8Q~i9VZuyil1r0sElkTFTPndZaN1KniXwsVGI›
    https://discord.com/api/webhooks/1098765432109876543/‹Pe¦Yl_wIk1uS0AQo8Px4_zNeH5ZC0DDDTPCr9ULsXgcch0BgLCeqDa4I7tqfX6fqOzA9k›
    https://hooks.slack.com/services/‹T0¦HK22G972J/B028K044KKH/V2ZV3swVir40TXg5c83NdKIk›
    https://acme.webhook.office.com/webhookb2/‹01¦d379fb-6cb1-63b5-f6c9-98c0fc9ef202@de14b7c9-1111-4222-8333-1d5c04a5760a/IncomingWebhook/1bc7caace5be28056dd754bd4d804f1b/a7b60be5-6760-40cb-8026-beb132176a67›
    https://b.s3.amazonaws.com/k?X-Amz-Signature=‹b3¦1b3e1cf4118122d069cfc50f336ccad5e6cc8413e0584be44486dcad8366f3›
    password: ‹Blau-Kran7!›
    <password>‹t0pDrawer9›</password>
    <add key="DbPassword" value="‹Kz!82mPq›" />
    <input type="password" value="‹Wolf4Lamb›">
    <property name="hibernate.connection.password">‹oRaCl3#9x›</property>
    the admin password for staging is ‹Kestrel-88-moon›
    login with admin / ‹Qwe!9981z›
    my password is ‹moonlight1987›, please help
    pw = "‹Xy7#pLm2›"
    mysql -u root -p‹Zeppelin42› app
    mysql --password=‹Zeppelin4x2›
    PGPASSWORD=‹b4nana-split› psql -h db
    sshpass -p "‹r00ted!Tree›" ssh x
    net use Z: \\srv\d /user:ops ‹Vault#2291›
    docker run -e MYSQL_ROOT_PASSWORD=‹s3aH0rse› mysql
    redis-cli -a ‹9fKq2LmX7b› ping
    ENV DB_PASS ‹cr4ckl3Pop›
    spring.datasource.password=‹Jv9xTz01›
    const password = `‹Tr4verse&Co›`;
    $password = '‹hunter22›';
    password => "‹Lm90!sdK›",
    ALTER USER app WITH PASSWORD '‹gr8Wall0f›';
    CREATE USER x IDENTIFIED BY '‹Tango!77foxtrot›';
    Passwort: ‹Sommer2024!›
    mot de passe : ‹Etoile#456›
    contraseña = "‹Verano2023x›"
    пароль: ‹Vesna2024q›
    パスワードは ‹Sakura#2025› です
    密码是 ‹Qiu2024tian›
    API_TOKEN=‹r7¦MzxuhQ8pEvBjez0DLqtrPyu41FkJwx›
    "client_secret" : "‹YT¦bvVyTBY7Yl4s0b4uY21VLwYh7aHyKH0MIN-Abs›"
    secretKey: ‹ef¦14aa901c91d73485cdcf7a2a4375afec35e7e4›
    X-Api-Key: ‹08¦53ac82ee4c0ae1da8b13b67fbf11b7›
    x-auth-token: ‹Te¦hTkqbUEPU2VeCw8md6HgjA›
    ?api_key=‹Rb¦xqw61wBacNHGKk31ux›&q=1
    ?access_token=‹Rf¦x0j18UJPVK5WPLo3uUV17Fd01KKDXocNcaeA9f›
    --token ‹oA¦DVw0AxTuMJXbv02aoH9nmR99zkWRqI›
    --api-key=‹8y¦cIubCqBAIPbscH36VMRwNcdcVRF49y›
    set APP_SECRET ‹T5¦ZxFWcIPyf9PGqNAF4dyLy5CNU1mFOD›
    SECRET_KEY_BASE=‹b7¦233030a95ecec4b4cf184247b394a63819b705e9bfc874f766c4e955cb0b6949e76760f26ee0ff5c8fd96fc72c84f7834e511e8292529b20be1a4c09cb67f5›
    JWT_SECRET="‹co¦rrect-horse-battery-staple›"
    app.config['SECRET_KEY'] = '‹if¦xG5VHsn4FwxP7hT7OSjeug›'
    encryption_key = b"‹UR¦tvxjnqL_mx0JiSUeOvLPag2yjWrSrcZWnZcPqYP6p=›"
    //registry.npmjs.org/:_authToken=‹ff¦6bd521-c2eb-7363-13e5-ace3f0b7a63d›
    machine api.acme.test login bob password ‹k0al4bear›
    consumer_secret: "‹xH¦8MnGF0sulqNKt1XcdQvY2004ffDhWhptupxwSLdZ6PqSZ9oP›"
    auth_token => '‹ef¦18263b2e396fd0f3f29fb90202db3d›'
    token = "‹2V¦2iB4rEBsZKQwS3iwwQ›"
    apiKey:"‹Jb¦oURGfjbhbTGMHnyefixm2BKlUwsS920HLWzYc›"
    Cookie: session=‹d2¦bf5b8d720eaf032812ed95585763f1f0b66d1aad5d7e3b959553f6f21c449b›; lang=en
    Set-Cookie: sessionid=‹YH¦8P6dMgULdjP8EjMX158V9OwMBko7cx›
    connection_string="Server=db;Uid=sa;Pwd=‹Gr1zzly!›;"
    private_key_password: ‹s0lidGold›
    "Token":"‹Xc¦JKQayaSUGV6o4UlvsW8jS1b7Nm6Q0MFTXR›"
    {\"apikey\": \"‹Yf¦VXoXPjFANwMW8ErFoE91EP›\"}
    db_pwd="‹pl4n3tX!›"
    otp_secret: ‹3U¦OEDPGDP4Z4PM5J6FGKUFFZH6W2SH55›
    Authorization: Bearer ‹fy¦JGKNBBb7aPyptmC6PhCQxDj86AmuhXGQRt7HFS›
    headers={'Authorization': 'Token ‹c6¦20fda655fcae9682e4d6ca495c67955174bd0f›'}
    Authorization: Basic ‹YW¦RtaW46czNjcjN0LXB3LTE5›
    proxy-authorization: basic ‹dX¦Nlcjpsb25ncGFzc3dvcmQx›
    Authorization: ApiKey ‹HP¦0bhnburbIAViwJfcnKedH2gSVzsK9X›
    curl -u ops:‹Pl4net!x9› https://api.acme.test
    wget --password=‹Sh4d0wFax› ftp://x
    passphrase "‹vi¦olet-otter-canyon-drum›"
    The API key is ‹Dz¦D4dTU2ehH6xLPaUlyqa9ibA92RIk4B›.
    here is my secret: ‹49¦WFJHuzVGgBFOsfM4ZzEZ03›
    PIN/password: ‹Ab12cd34›
    user=ci password=‹x9!kQz7p› host=db
    wifi password "‹BlueHouse42›"
    mongodb+srv://svc:‹nX8-qPz2rT›@cluster0.ab1cd.mongodb.net/x
    """##)
}
