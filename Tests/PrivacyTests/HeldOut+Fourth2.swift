extension HeldOut {
  /// Formats of command lines, tests, configurations and languages that no rule had seen.
  static let fourth2 = rows(
    ##"""
    x-real-ip: ‹2a¦02:42f¦1:876c::›
    Peer: [‹2A¦02:850D:B8A:316:¦282C:56E6:7CE0:D875›]:6881
    netstat: tcp 0 0 10.0.0.5:22 ‹33¦.226.¦132.154›:53122 ESTABLISHED
    Reply from ‹33¦.43.¦38.123›: bytes=32 time=9ms TTL=54
    inet addr ‹22¦0.169¦.215.60› netmask 255.255.255.0
    A record @ → ‹16¦0.71.¦220.177› (TTL 300)
    spf1 ip4:‹85¦.58.¦237.254› -all
    (‹78¦.74.¦43.111›)
    ‹31¦.171¦.239.97›,‹19¦0.96.¦182.101›
    whitelist: [‹51.65.9.181›, 10.0.0.0/8]
    ether ‹F4¦-44-47¦-24-CF-D3› txqueuelen 1000
    device-id=‹02¦:C7:AA¦:1E:59:0A›
    "mac":"‹74¦:4a:59¦:ec:7c:6d›"
    bluetooth ‹AC¦-A7-D4¦-E9-56-7B› paired
    lease 10.0.0.9 { hardware ethernet ‹DC¦:18:5D¦:E0:97:D4›; }
    arp entry ‹b8¦82.c2¦72.e9d6› vlan 12
    Error: ENOENT: no such file or directory, open '/Users/‹zhang›/app/.env'
        from /home/‹thaddad›/.rbenv/versions/3.3.0/lib/ruby/x.rb:3:in `a'
    E:\ is fine but C:\Users\‹zanele›\AppData\Local\Temp\x.log is locked
    D/App: saved to /home/‹rosa45›/out.bin
    "program": "/home/‹mlindqvist›/ws/a.out"
    cd /Users/‹ca¦llum¦.mbeki› && ls
    rsync -a /home/‹jonas78›/ host:/bk
    VOLUME /home/‹enakamura›/data
    %USERPROFILE% = C:\Users\‹jonas75›
    "/c/Users/‹lukas›/repo"
    sudo chown ana /home/‹pa¦vel.¦moreau›/x
    $ pwd⏎/home/‹minjun14›/thesis
    ~/x is /Users/‹ltran›/x
    PS C:\Users\‹minjun›> dir
    (venv) ‹silva›@mbp:~/api$ pytest
    -rw-r--r-- 1 ‹mbeki› ‹ch¦iara.l¦indqvist› 12 May 1 01:02 a.txt
    To: ‹kw¦ame_demir13@co¦rp.lumenworks.cn›⏎Subject: Kündigung
    Bcc: ‹sh¦arma536@cor¦p.tecnosur.com›,‹gi¦ulia_haddad4¦7@bluecedar.pl›
    ----- Forwarded by ‹pr¦iya+news@b¦rightpath.ch› -----
    On Fri, Ana <‹a.¦popescu@si¦lvertrace.it›> wrote:
    > ‹in¦es_horvath28@ma¦il.vertigo-io.info› schrieb:
    De : ‹ba¦rtek_liu51@a¦quila-soft.org›
    Von: Ana ‹to¦maszzhang@ma¦il.corvidae.cn›
    发件人: ‹Am¦ara.Petrov@¦aquila-soft.se›
    差出人: ‹be¦atriz.yilmaz@ma¦il.meridianlabs.de›
    "email" : "‹Xi¦u.Sharma@mail.m¦eridianlabs.cloud›"
    email: ‹fi¦scher524@ka¦ffeekontor.es›⏎name: Ana
    E-Mail-Adresse lautet ‹sr¦omero@corp.¦brightpath.es›!
    Kontakt ‹pe¦dro.zhang@corp¦.lumenworks.co.uk›/‹00¦33 6 77¦ 71 06 82›
    my gmail ‹an¦ton.demir6¦8@uol.com.br› got hacked
    cc @ana (‹go¦ranlindqvist@a¦quila-soft.cloud›)
    EMAIL=‹sv¦en_park54@mail¦.nordlicht.cloud› ./x
    user "‹jo¦nas.tran@¦nordlicht.it›" does not exist
    duplicate key value violates unique constraint DETAIL: Key (email)=(‹ro¦sa.rossi@v¦ertigo-io.at›) already exists.
    to_email='‹g.¦bauer@c¦orvidae.de›'
    {{email}} → ‹el¦if-ito@mer¦idianlabs.de›
    send-mail -To ‹y.¦park@no¦rdlicht.pl›
    mail -s hi ‹fr¦eya+ci@riv¦erstack.tech› < a
    finger ‹mi¦njun_lindqvist¦63@corvidae.cloud›
    xmpp:‹mp¦opescu@mail.¦aquila-soft.ai›
    sip:‹am¦ara-castillo@¦kaffeekontor.dev›
    acct:‹lb¦auer@fj¦ordline.ai›
    https://x.internal/reset?email=‹ho¦rvath750@mai¦l.fjordline.se›
    '‹ch¦iara_horvath42@k¦affeekontor.com.br›','‹ba¦rtek_silva28@co¦rp.brightpath.net›'
    ['‹es¦zterdemir¦@hexagrid.pl›', "‹i.¦mbeki@mail¦.hexagrid.net›"]
    <‹ga¦rcia241@bl¦uecedar.tech›>, <‹ca¦llumyilmaz@¦lumenworks.ai›>
    \"user\":\"‹no¦or+jira@¦tecnosur.eu›\"
    邮箱‹a.¦rossi@q¦uantavo.ai›收到了吗
    メアド：‹lu¦kas-park@ka¦ffeekontor.ch›
    почта ‹my¦ilmaz@h¦exagrid.es›
    e-posta: ‹Gi¦ulia.Nakamura¦@silvertrace.es›
    correo ‹ha¦na+jira@corp.¦opencanal.com.br›
    poczta: ‹sv¦en-rossi@n¦ordlicht.app›
    Meine Nummer ist die ‹+3¦80 67 ¦137 20 06›
    my number is ‹+4¦7 988¦ 79 554›
    Ligue para ‹+4¦8623¦192190›
    ring ‹+3¦80 67 ¦480 89 66› asap
    Phone number: ‹+3¦3795¦658559›
    phone:"‹+8¦2 10-9¦221-0415›"
    ‹+4¦1 79 9¦83 50 69› (mobile)
    [‹+8¦1-3-6¦448-5844›]
    Rufnummer ‹030 9937337›
    Telefonisch erreichen Sie uns: Tel ‹(0¦221)¦ 429266›
    Handy ‹02¦21 / ¦394 7414›
    tél : ‹06¦ 11 7¦4 95 58›
    Numéro de portable: ‹06¦ 87 7¦6 71 86›
    tfno. móvil ‹91¦ 113¦ 16 33›
    teléfono fijo ‹91¦ 654¦ 65 22›
    fone: ‹21¦ 988¦84-1603›
    Telefone/WhatsApp: ‹(4¦1) 39¦09-6994›
    お電話は‹08012605008›まで
    連絡先電話番号 ‹03¦-498¦0-3609›
    联系电话 ‹01¦0-83¦953248›
    手机：‹13881179251›
    nr telefonu ‹22¦ 648¦ 81 92›
    tel ‹22¦ 196¦ 52 79›
    numero di telefono ‹341 6534428›
    tel. cellulare: ‹06¦ 793¦1 4382›
    мобильный телефон: ‹8-¦942-8¦50-91-18›
    telefoonnummer ‹06¦ 50 1¦2 28 24›
    cep telefonu ‹05¦32 97¦2 53 18›
    전화번호: ‹01¦0-36¦03-1527›
    mobile number ‹98569 19576›
    Cell phone: ‹68¦9 71¦8 9466›
    call us at ‹(9¦43) 3¦74-1354›
    telephone ‹07¦942 ¦765589›
    "telephone":"‹07089001576›"
    Meine Kreditkarte ‹55¦14-8527¦-0787-3594› wurde abgelehnt
    numéro de carte: ‹43¦646137¦12825324›
    número da carteira ‹60¦11-1088¦-4167-2483›
    cc: ‹54¦475659¦40993167›
    Amex/Visa: ‹49¦266059¦54145180›, 03/29, 123
    card_number="‹51¦036790¦31040658›"
    ‹60¦11-6737¦-4605-9995›|12|2028|123
    payment failed for card ‹26¦719235¦40104137›: insufficient_funds
    卡号：‹60¦11-4937¦-6808-5905›
    Mastercard ‹37¦97-592¦850-19893›
    Kontonummer/IBAN ‹PL¦406445437032¦34571837639291›
    virement vers ‹IE¦63 AIBK 968¦8 9707 6106 88›
    mi cuenta ‹IT¦63X05575609¦72591968791840›
    debit ‹CH¦09443136¦45303596243›, credit ‹CH¦52901772¦16351024020›
    accountIban: '‹FR¦92 6786 4758 4¦332 14G7 20BB 046›'
    konto: ‹FR¦16057375772¦70930CAD1F7957›
    Social: ‹016-29-4401›
    employee ssn = '‹117-07-7096›'
    SSN ‹810-51-6368›, DOB 1980-01-01
    IdNr. ‹10968457218›
    """##)
}
