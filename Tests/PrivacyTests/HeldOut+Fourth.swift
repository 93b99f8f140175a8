extension HeldOut {
  /// Formats of command lines, tests, configurations and languages that no rule had seen.
  static let fourth = rows(
    ##"""
    kamal: registry: password: ‹lv¦hkTp¦3SKQOo›
    traefik.http.middlewares.a.basicauth.users=admin:‹Paris1999›
    - "--set=auth.rootPassword=‹Porsche1976›"
    secrets:⏎  - id=npm,token=‹np¦m_vaQqrpxCCduFxFv3¦il5Qf5ORrK0tCb27brLe›
    fly secrets set DATABASE_PASSWORD=‹porsche1940›
    wrangler secret put API_TOKEN <<< "‹fI¦oGCo16wEn¦4XR2ayVcLCr›"
    bindPassword: ‹28¦becdcb820372c310f0¦4040699f0c60d9df89af›
    oauth:⏎  client_id: web⏎  client_secret: ‹68¦Tw9kNiHV1GRB4HUgLKU7/zgXg8aSbS¦8A+epVDSdDNMfalRomJ1WckWf7asvG2q›
    	"password_plain": "‹wi¦llow-velvet¦-pebble-harbor›",
    "smtpPass" : "‹po¦rsch¦e6213?›",
    'db_pwd' => '‹YWFrjhu#414›'
    DB.password='‹5e¦0093e1a99d54f44d5e¦b7be5d17bfc4f6e75bcc›'
    db_password:="‹Li¦dvKD4W97¦wfjF4YhRcK›"
    $password = '‹B@n@n@31›';
    my_password <- '‹Ninja2002@›'
    password => ‹q0NtxgWW%1f›
    :password "‹praia7994!›"
    (def api-token "‹gc¦kyttd6-N1aDNAF7bUUA¦yfOHpdgr7JCJT2GDpmxGAA›")
    @api_key "‹nn¦ctj6tz5do6ceu7¦zcn54ihau2tauq15›"
    config :app, secret_key_base: "‹b4¦3d10ccdddeeab5d802¦f065ba06a390818b7020›"
    local token = "‹pp¦UPlRhLiE7¦rE0AhqXmskf›"
    Const ApiKey As String = "‹43¦ea5171fc4b6bed22a8¦60b917e27233f52bd535›"
    string connStr = "Host=db;Username=app;Password=‹Dr@g0n93›;Database=x";
    final String accessToken = "‹6x¦v3jmzozzvq¦q2y6fwho4bul›";
    var secret = Environment.GetEnvironmentVariable("S") ?? "‹cc¦4d8489eeed9d86¦eb4774cd4a08c3c5›";
    password: '‹uC¦^JgFt0¦JCA3wmAX›' # temp
    password: !!str ‹yJ¦AEVxe¦jz1AtGH›
    <Parameter Name="Password" Value="‹herbst1790!›"/>
    <param name="token">‹e3¦40eb2571f7b62f57651f00c26eb257¦d15409130f8298f79616c33c60a2d446›</param>
    <entry key="api.secret">‹55¦e1e9a4148f253b¦3383926644e4755d›</entry>
    <dict><key>APIToken</key><string>‹Qs¦p9nvNrQH27EgmZxexa¦j2ZbIpPkexzjsle7HxR4W›</string></dict>
    <input type="hidden" name="access_token" value="‹JV¦DXSZQGM1XA¦D6H5HKJONLT8›">
    data-api-key="‹kh¦XbV2adaFX40Mp6Z/dVBL¦LV7lkoGdk1706nk24kOsY=›"
    [remote "origin"]⏎	url = https://bot:‹gh¦u_brLFsuxbwVsFYQMo¦44SAQJepnW9AsuN2uIHl›@github.com/acme/x.git
    [auth]⏎username=svc⏎password=‹wi¦llow-copper¦-copper-pebble›
    [client]⏎user=root⏎password="‹8b¦826433d3b066217694¦412270c53db39ccbccda›"
    awsAccessKey: ‹AS¦IARPS7KE¦NLVQPYUCJT›, awsSecretKey: ‹Ne¦Jl2RniC7mdGn6Vyv4Y¦jNtcBhlPsqW/Vx6qE86Q›
    AWS: ‹AS¦IA2TUQ7T¦26X7LDDTSY› / ‹Tu¦OI+HENgwr7RE05A+GF¦0QUzvhICs/0iuZ6VXb6W›
    storage_account_key = "‹76¦6873c58f338e2fc4fc¦a29892904ceff7345a80›"
    DefaultEndpointsProtocol=https;AccountName=acme;AccountKey=‹YW¦cdL_30fnm¦am6dhRXsqcX›;EndpointSuffix=core.windows.net
    Endpoint=sb://acme.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey=‹6h¦9f1kvowo45¦tltuednaj35s›
    dotnet user-secrets set "Jwt:Secret" "‹8i¦8e4tyu71c3k5kk¦9zj1ncpm0c4iz47x›"
    dotnet ef dbcontext scaffold "Server=db;User=sa;Password=‹EBTqozg@577›;"
    rails runner 'User.first.update!(password: "‹Praia1971@›")'
    php artisan user:create --email=‹il¦se-silva@co¦rp.corvidae.eu› --password=‹JVZjrhj@432›
    python manage.py shell -c "u.set_password('‹Hunter1977@›')"
    User.objects.create_user('ana', '‹l.¦nakamura@¦quantavo.es›', '‹Pq¦urxnf3hO¦keO3g3mVEVr›')
    passport.use(new Strategy({ clientSecret: '‹QQ¦L8EXFHHH1U¦K09NLBQ0NS3F›' }))
    jwt.sign(payload, '‹dt¦hjht7xdg3q8oqe¦91zpv1973tz1kxry›')
    jwt.decode(token, "‹94¦f9b25a6b267115f6c3928716c47aa6¦8680ca83a73af12b6550a4011dd8b97b›", algorithms=["HS256"])
    crypto.createHmac('sha256', '‹MG¦QJETJ8CP6T¦Z82KST8ZQJ25›')
    hmac.new(b"‹6f¦gR7se7BgyUZmUO¦y/cCxK5pXz7mookk›", msg, hashlib.sha256)
    Fernet(b"‹O9¦ce9HU_qV5gaz4_jMU2T¦urQmg0wQ_amepzXZg_XIM0›")
    nodemailer.createTransport({ auth: { user: '‹f.¦mbeki@stadt¦werke-nord.org›', pass: '‹ar¦sena¦l5285!›' } })
    imap.login('‹gi¦uliasharma@ka¦ffeekontor.co.uk›', '‹gF¦Iz1Amf¦yd51ghomQ›')
    driver.find_element(By.ID, "password").send_keys("‹or¦chid-thunder¦-orchid-saffron›")
    await page.fill('#password', '‹ha¦rbor-thunder¦-cobalt-velvet›');
    cy.get('[name=password]').type('‹Hunter1976@›')
    page.type("input[type=password]", "‹th¦under-granit¦e-cobalt-orchid›")
    assert login(client, "ana", "‹LUZ4JTnd›").status_code == 200
    pg_dump postgres://bk:‹oXyiZU!1au8›@‹43¦.146¦.19.12›/app > x.sql
    rclone config create r2 s3 secret_access_key=‹A7¦wmioB9bdWuzun7sL64¦oW6GDEiUEpaW1DsHRvOX›
    s3cmd --access_key=‹AS¦IA6XHFLW¦WNL3QXVXVU› --secret_key=‹qH¦k1iXnyhoRek+XApQkN¦c+CQzo0VIWw7SSI6c3gK› ls
    ansible-playbook -e "db_password=‹KLHalnt#441›" site.yml
    terraform apply -var 'db_password=‹pP¦nCvNf1¦dA751AdM›'
    pulumi config set --secret dbPassword ‹fGHq3-Dr›
    gcloud sql users set-password root --password=‹XROiozm!029›
    az sql server create -u adm --admin-password ‹B3rl1n23›
    mysqldump --user=root --password=‹eC¦99MQR!pP¦@~BYMO7W7z› shop
    mysql -h db -u root --password='‹57¦353475¦3560706b›'
    mariadb -u root -p'‹Or@ng374›' shop
    redis-cli --pass ‹6d¦319b105a8f¦83b658cadbee› -u redis://cache
    kafka-console-consumer --consumer-property sasl.password=‹Ek¦0diE¦ybD^dE›
    mosquitto_pub -h mq -u dev -P ‹Po¦rsch¦e1998@› -t a -m b
    xfreerdp /u:ana /p:‹la¦ntern-pebble¦-willow-cobalt› /v:‹20¦7.34¦.233.74›
    smbclient //filer/x -U 'ops%‹co¦pper-lantern¦-velvet-willow›'
    mount -t cifs //filer/x /mnt -o username=ops,password=‹madrid4174›
    openvpn --auth-user-pass; pass: ‹Madrid1990@›
    nmcli dev wifi connect HomeNet password ‹5G1Od!n3UX›
    zip -P ‹KCNhwjx#127› a.zip a
    7z x a.7z -p‹WDCtukt#241›
    gpg --batch --passphrase ‹e6¦JF5fh¦QnhJdGO› -d a.gpg
    pdftk a.pdf input_pw ‹Or@ng367› output b.pdf
    ssh-keygen -t ed25519 -N '‹wb¦~mCLFb¦6!hhykas›' -f k
    useradd -p ‹S@kur@47› ana
    echo ‹um¦9YDrpb¦O6%k1npC› | passwd --stdin ana
    Invoke-RestMethod -Headers @{ 'X-Api-Key' = '‹0c¦50196dbf48d6ffc5377582723df0f1¦281536d38adf1a7f3a9978c80e779104›' }
    $securePassword = "‹QYDcuih%078›" | ConvertTo-SecureString -AsPlainText
    http POST :8080/login username=ana password=‹Paris1978!›
    xh -a ana:‹Arsenal2015› :8080/me
    > Authorization: Bearer ‹6R¦D1e5fVQBD¦z87QSnPcFw8›
    request headers: {'authorization': 'Basic ‹eX¦VraTpvWXdU¦S1JGRFdIY08=›'}
    WWW-Auth ok with Authorization=Bearer%20‹2m¦A5oYcjHnaFrHcx4xyeqh¦wam9dTYfwqSgtTTDn0Axns›
    wss://gw.internal/ws?token=‹NQ¦e0zBZ3Te¦CJgn5wuT71V›
    https://api.internal/v1/x?api_key=‹W2¦D5AY5d7gpnwIuX¦319ugw+ID5Vp+qVo›&q=1
    https://user:‹8h4227!7lOM›@proxy.internal:3128
    https_proxy=http://ana:‹Vu¦68tBgtmK¦2Lh7TwMLZk›@proxy:8080
    amqp://svc:‹hunter152›@mq:5672/%2F
    mqtt://dev:‹Monkey1998›@broker:1883
    clickhouse://default:‹V4xsaFPsxRj›@ch:9000/db
    sftp://bk:‹AHRcxApp›@‹16¦.49.¦120.151›:22/in
    svn co svn+ssh://ana:‹Herbst2011›@svn/x
    elasticsearch: http://elastic:‹Monkey2008›@es:9200
    SQLALCHEMY_DATABASE_URI = 'mysql://root:‹ng¦UZcgX¦WDpD2Lz›@localhost/x'
    jdbc:mariadb://db/x?user=a&password=‹nyKTVk!f3M0›
    jdbc:oracle:thin:app/‹Dragon1988›@//ora:1521/X
    user=app password=‹paris6168› host=db dbname=x sslmode=require
    mongodb://a:‹herbst143›@m/x?authSource=admin
    SELECT dblink_connect('host=db user=a password=‹g8695ye0dtK›');
    INSERT INTO users(login,password) VALUES('ana','‹Dragon1993#›');
    UPDATE users SET password='‹EVMsdca%703›' WHERE id=1;
    ALTER LOGIN sa WITH PASSWORD='‹sa¦ffron-willow¦-velvet-cobalt›';
    CREATE ROLE app LOGIN PASSWORD '‹YTNzwcx!720›';
    exec sp_addlogin 'ana', '‹c6¦58bbfbc0631881¦ed4126960e589e4b›'
    [2026-05-01T01:02:03] login ok user='‹yu¦ki_garcia52@s¦ilvertrace.tech›' addr=‹43¦.224¦.8.223›:5512
    time="2026-05-01" level=error msg="denied" remote=‹159.4.32.56›
    INFO:werkzeug:‹95¦.77.¦108.12› - - [01/May/2026] "POST /login HTTP/1.1" 200 -
    May 01 host sshd[1]: Invalid user oracle from ‹18¦1.195¦.65.124› port 22
    rhost=‹96¦.34.¦162.40›  user=root
    Banned IP ‹60¦.143.¦128.157› in jail sshd
    SRC: ‹11¦7.220¦.183.49›:443 DST: 10.1.1.1:5000 PROTO: TCP
    client_ip="‹72¦.40.¦101.72›" cc=DE
    cf-connecting-ip: ‹18¦8.160¦.236.144›
    """##)
}
