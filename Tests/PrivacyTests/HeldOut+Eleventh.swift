extension HeldOut {
  /// What the eleventh set taught: 9,990 values in templates of somebody who had read no code, of which 1.76 % leaked.
  static let eleventh = rows(
    ##"""
    contact me at _‹ana.lopez@nordwind-labs.de›_ or by phone
    _‹w.kim@quantworks.io›_
    IP 10.1.2.3.443 > ‹45.131.66.20›.50122: Flags [P.], length 64
    IP ‹91.198.174.192›.80 > 10.1.2.3.50122: Flags [S.]
    12:00:01.123 IP ‹51.158.20.7›.22 > ‹45.131.66.21›.50122: tcp 36
    request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "‹h7Gq2LmZp9TxVw4KsBn8RdYe›");
    client.auth = ("Bearer", '‹Qx93hfKslw02mmVbTzPrLd81›')
    Τηλέφωνο: ‹210 645 2298›
    τηλέφωνο ‹694 512 3307›
    /home/‹søren›/src/main.rs
    ls /home/‹Łukasz42›/dokumenty
    cat /Users/‹José›/Library/x.plist
    C:\Users\‹Ольга›\Desktop\план.xlsx
    C:\\Users\\‹王芳›\\AppData\\Local
    /home/‹太郎›/.bashrc が読めません
    file:///C:/Users/‹Zoë›/notes.md
    tail -f /home/‹دانا›/logs/app.log
    cd /home/‹ana›目录下面
    C:\Users\‹Maria da Silva›\Documents\x.docx
    "C:\Users\‹john smith›\report.pdf"
    C:\Users\‹john smith›\Downloads\setup.exe
    {"path":"C:\\Users\\‹Paul O›\\repo\\a.py"}
    file:///C:/Users/‹Ana%20Lopez›/Desktop/a.html
    Could not load 'C:\Users\‹Peter Müller›'
    C:\Users\‹Jan van Dijk›\source\repos\App
    at D:/Users/‹Mary Ann Lee›/app/index.js:3:1
    C:\Users\‹ana› and then D:\Data\x
    copy C:\Users\‹ana› \\srv\Share Name\x
    dir C:\Users\‹ana› /s /b
    cd C:\Users\‹ana› && type Docs\x
    robocopy C:\Users\‹ana›\x "D:\My Files\y"
    网卡MAC地址：‹3c:22:fb:9a:01:7e›，已绑定
    MACアドレス：‹AC-DE-48-0A-11-22›です
    물리 주소:‹3c:22:fb:9a:01:7e›
    мак-адрес:‹b8:27:eb:12:9a:4c›
    "mac":‹3c:22:fb:9a:01:7e›,
    Adresse MAC :‹3c:22:fb:9a:01:7e› (eth0)
    el NIE es ‹Z1468589K› y caduca pronto
    mi NIE actual es ‹Z1468589K›
    NIE del titular: ‹Z1468589K›
    NIE número ‹Z1468589K›
    su NIE era ‹Z1468589K›, ya no
    meine SVNR ist ‹4145 200773›
    Sozialversicherungsnummer der Kundin: ‹4145 200773›
    SV-Nummer (AT): ‹1132 080668›
    svnr = "‹8683 220470›"
    Versicherungsnummer: ‹1422 250952›
    เลขประจำตัวประชาชนของลูกค้า: ‹1-5541-07994-47-7›
    เลขบัตรประชาชนของผู้สมัครคือ ‹1-1518-62184-89-2›
    เลขประจำตัวประชาชน ‹4989329637307›
    บัตรประชาชนเลขที่ ‹1-6618-49972-89-6›
    หมายเลขเลขประจำตัวประชาชน = ‹2264286097522›
    mi nie es ‹Z1468589K›
    id,phone,created⏎473,‹+33141961581›,2019-09-02
    12;‹+49 30 901820›;Berlin
    9,‹+1 415-728-4674›,ok
    7,"‹+44 20 7946 0958›",x
    3,‹+39 06 6982 1234›
    otp delivered to ‹+4915165181761› (trace 839eceee)
    sent to ‹+493064611890› (1cdcc6e1-86f0)
    ‹+8615942644879› (3991e3b6)
    ring ‹+33 6 15 47 60 94› (3 fois)
    ‹+33141961581› 2019-09-02T08:18:04
    ‹+41 79 716 08 27› 2023-03-08 14:22
    Tel. ‹0151 65181761› (8 bis 12 Uhr)
    <td>‹ana_berg&#64;hexa.it›</td>
    ‹jo.li&#x40;kaizen.co.uk›
    {"html":"<b>‹ana&#064;kaizen.org›</b>"}
    mailto:‹kim&#64;kaizen.de›?subject=x
    "‹o.k+x&#64;mail.kaizen.fr›"
    Courriel : ‹jo.girard @ kaizen.ru› (PDF)
    Kontakt: ‹ana @ kaizen.de›
    ‹ling.nowak @ gmail.com› schrieb
    <‹tomas @ kaizen.pt›>
    e-mail ‹p_k @ kaizen.com.br› copied
    连络邮箱：‹wei @ kaizen.cn›
    Authorization: SSWS ‹00mkk5yNrZuzSdna9hLfW4Tjf1LqkUgAVf7LggMuRz›
    -H "Authorization: Klaviyo-API-Key ‹pk_k9LmNoPqRsT8uVwX3yZa›"
    {"Authorization":"DeepL-Auth-Key ‹279a2e9d-83b3-c416-7e2d-f721593e42a0:fx›"}
    'Authorization' => 'GenieKey ‹a2b7k9LmNoPqRsT8uVwX3yZa›',
    headers["Authorization"] = "PVEAPIToken ‹k9LmNoPqRsT8uVwX3yZa›"
    headers.set("Authorization", "Zoho-oauthtoken ‹1000.k9LmNoPqRsT8uVwX3yZa.Qp7LmNoPq›");
    Authorization: ‹k9LmNoPqRsT8uVwX3yZaB2›
    Proxy-Authorization: Custom ‹k9LmNoPqRsT8uVwX3yZa›
    Authorization: Bearer ‹abc$production$k9LmNoPqRsT8uVwX›
    HTTP_AUTHORIZATION=SSWS ‹k9LmNoPqRsT8uVwX3yZa›
    \n{\"authorization\":\"SSWS ‹k9LmNoPqRsT8uVwX3yZa›\"}
    password=‹QcNRuYZbKLomXL›
    MYSQL_PASSWORD: "‹KgBLCGGH_cEa›"
    host=db user=app password=‹eQaJBhaCOFFS› sslmode=require
    login=ana&password=‹DFZLbSIhGr-m›&next=1
    sshpass -p '‹TBLWkdTgWVKdcgN›' ssh x@host
    redis-cli -h cache -a '‹lvgbzlpe_uVZ›' ping
    net user kiosk ‹CTMnWGBdZXgyn› /add
    ConvertTo-SecureString "‹xtBbdIREgMwsA›" -AsPlainText -Force
    htpasswd -nb ana ‹GhTkWqZbNvRx›
    db.password = '‹hTgWkdQaLmZr›'
    net use Z: \\nas\share /user:scan "‹Blitz.Wombat3296›"
    net use P: \\renderbox\proj /user:CORP\jo ‹k9LmNoPq›
    net use \\backup\d$ ‹Zx81pqLM› /user:admin
    net use * \\tank\x "‹hRv0Yl0fOYPhH›" /user:dom\ops
    {"cmd":"net use Z: \\\\nas\\share /user:scan \"‹8mJEAv5W4^N09›\""}
    API anahtarı: ‹MC10zWcBjpUQOCaqdnDKGTXUSVc›
    Gizli anahtar: ‹850631ff5036ead278be9e3d624ceeae›
    Erişim belirteci = ‹k9LmNoPqRsT8uVwX3yZa›
    API-nøgle: ‹k9LmNoPqRsT8uVwX3yZa›
    Khóa API: ‹k9LmNoPqRsT8uVwX3yZa›
    chave da API = "‹k9LmNoPqRsT8uVwX3yZa›"
    Ключ доступа: ‹k9LmNoPqRsT8uVwX3yZa›
    ssh ops@‹81.19.0.0›
    scp x deploy@‹45.77.0.0›:/tmp
    iptables -s ‹54.13.28.11›/32 -j DROP
    ufw allow proto tcp ‹31.14.20.9›/32
    allow ‹45.12.30.7›/28;
    cidr_blocks = ["‹52.9.17.30›/32"]
    saddr ‹23.20.11.40›/30
    rsync -a x backup@‹91.121.0.0›:/srv
    okta client token ‹00¦mkk5yNrZuzSdna9hLfW4Tjf1LqkUgAVf7LggMuRz›
    OKTA_API=‹00¦KH7U-QNehc7ukOT7WkOFikQB7oUSqi-MQ4NB6g4x›
    dig for sm_¦pat_x: ‹sm_¦pat_cXY9AkVGhZTFHmQY›
    use ‹sm_¦aat_IwPpBXEHqtGf4YMF› then
    jfrog ‹cmV¦mdZVtxFUe50NC1FmuyhGb51YcatlRRhTrS4aLg5r1ZC0IxOPVpPVoKK3S9I3N›
    curl -H "X-JFrog-Art-Api: ‹cmV¦md9QQqCVVoy0rJvWLs8XDKnJ9shlrb3n5pU3BmanEMwhAxiCob0yh2ubKWY81›"
    vault login with ‹A3¦-7RCHTV-OQFQSY-EPSRJ-Y86PN-SJY39-PB65K›
    op: ‹A3¦-7RCHTV-OQFQSYEPSRJ-Y86PN-SJY39-PB65K›
    clickhouse cloud ‹4b¦1dhNlF0Tvq67YDuHQDg7JxKtThkcMZaf1NCcPpTh› leaked
    geoip ‹u2843m_UNIk2mZBXhgXXkIXlwvp0cCShLwGz_m¦mk› used
    licence: ‹mgnt6y_SeKUF2bKvuI2HJnQXqs6pv3vEYjYe_m¦mk›
    pay (‹access_¦token$production$cfuclftizyr1du4d$d26615af8ce7c606007849324499c091›)
    sandbox ‹access_¦token$sandbox$tnll52a0ll7or7ag$808ac3e54c64b3c2f81d14e849dd8b8e›
    hub ‹pat¦-na1-279a2e9d-83b3-c416-7e2d-f721593e42a0›
    ship ‹EZ¦AKq7Zr51xLpWk9LmNoPqRsT8uVwX3yZaB2hQ7vLmZoTRsineixkraB4c›
    ‹ship¦po_live_1c397efe4b6a60b743cc9d1037b4d8ef12345abc›
    ‹duf¦fel_test_k9LmNoPqRsT8uVwX3yZaB2hQ7vLmZoTRsineixkraBx›
    doc ‹rd¦me_k9lm4nopqrst8uvwx3yzab2hq7vlmzotrsineixkrabk9lmnopqrst8uvwx3yzab2hq7vk›
    form ‹tf¦p_k9LmNoPqRsT8uVwX3yZaB2hQ7vLmZoTRsineixkraBx›
    bank ‹access¦-sandbox-279a2e9d-83b3-c416-7e2d-f721593e42a0›
    {"u":"https://discord.com/api/webhooks/1422406347217583672/‹k9LmNoPqRsT8uVwX3yZaB2hQ7vLmZoTRsineixkraBxk9LmNoPqRsT8uVwX3yZaB2hQ7›"}
    sshpass -p '‹QwPzkdTgVbKdcg›' scp a b:/x
    mysqldump -u root -p‹HgTbLQwzPkV› app
    PGPASSWORD=‹kLmWqTzPbNvR› psql -h db
    requirepass ‹xZkQvTbWpLmN›
    export DB_PASS='‹BvQkZtWmXpLr›'
    spring.datasource.password=‹RtYpLkWqZbNm›
    "smtp_password": "‹QzWkTvBnMpLx›",
    <password>‹QzWkTvBnMpLx›</password>
      password: ‹zXkWqTvBnMpL›
    the staging password is ‹WkQzTvBnMpLx›
    wpa_passphrase: ‹QwZkTvBnMpLx›
    C:\Users\‹Dev Patel›\Desktop\a.txt
    C:\Users\‹Public Relations›\Documents\a.txt
    /home/‹müller-x›/a
    scp /home/‹ñandú›/x host:
    open("/Users/‹zoé›/Desktop/a.png")
    Grüße aus C:\Users\‹Jörg›
    path=/home/‹андрей›/bin
    WSL: \\wsl$\Ubuntu\home\‹ана›\x
    phone:‹+4915165181761› (uuid)
    tel ‹+33 1 41 96 15 81› (bureau)
    5,‹+358401234567›,Oulu
    1,2,‹+81332231587›,2020-01-01
    "1","‹+351 911 935 475›","x"
    2|‹+40 728 494 280›|x
    MAC（‹F0:18:98:1C:B5:5C›）
    硬件地址 ‹F0:18:98:1C:B5:5C›
    mon NIE est ‹Z1468589K›
    NIE nuevo: ‹Z1468589K›
    """##)
}
