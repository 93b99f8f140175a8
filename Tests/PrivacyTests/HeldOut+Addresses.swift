extension HeldOut {
  /// Made-up addresses, numbers of phones, cards and accounts, names of users.
  static let addresses = rows(
    ##"""
    Please reply to ‹k.lindqvist@nordpost.se› or ‹Ops+alerts@infra.acme-corp.io›.
    git config user.email "‹tomasz.wrona@poczta.pl›"
    Author: Priya N <‹priya.n@devhouse.in›>⏎Date: Mon
    // TODO(‹jl@kvant.dk›): remove
    "to":["‹o'brien@clarendon.ie›","x"]
    [write me](mailto:‹sam_hill@riverbed.co.uk›)
    contact：‹zhang.wei@163.com›，谢谢
    mail me at ‹maria [at] fabrika [dot] es›
    ‹joe.black (at) wavefront (dot) net› if it breaks
    write to ‹dana AT northgate DOT org› please
    full width ‹hiro＠sakura.co.jp› here
    maintainer="‹lena.koch@uni-jena.de›"
    assert user["mail"] == "‹b.moreau@laposte.net›"
    INSERT INTO u VALUES (7,'‹jkim92@naver.com›','x');
    Signed-off-by: Ola Nordmann <‹ola@fjordtech.no›>
    ?email=‹r.tan%40lionsoft.sg›&x=1
    {\"mail\":\"‹ceo@startup.ai›\"}
    user ‹müller@bäckerei.de› wrote
    ‹first.last@sub.dept.university.edu›;‹second@list.gov.br›
    CC ‹zo​e@fjord.no› too
    smtp rcpt to:<‹abuse.desk@hosting.museum›>
    echo hi | mail -s x ‹root-alerts@kiwi.nz›
    @author ‹yp@pavlov.ru›
    email: ‹ana_ruiz@correo.com.mx›\n
    ssh root@‹45.83.104.17›
    ssh -p 2222 ops@‹193.27.14.9› "df -h"
    Connection refused (‹52.28.91.203›:5432)
    allow from ‹185.60.112.0›/22;
    scp a.txt me@‹62.210.16.61›:/srv
    sshd[991]: Failed password for invalid user from ‹91.240.118.172› port 41022 ssh2
    A record → ‹104.131.7.52›
    host=‹37.120.190.8›;port=1433
    X-Forwarded-For: ‹24.61.140.77›, 10.0.0.5
    Server=tcp:‹20.50.2.33›,1433;
    redis.connect("‹163.172.3.4›")
    AAAA ‹2a01:4f8:c17:b0f::2›
    http://[‹2607:f8b0:4005:805::200e›]:80/
    inet6 ‹2003:e4:bf2a:9f00:41c2:77ff:fe01:9c›/64 scope global
    ::ffff:‹81.2.69.160› - - [x]
    ‹2400:cb00:2048:1::6814:55›%eth0
    ping ‹80.67.169.40› → timeout
    "ip": "‹114.119.132.5›",
    remote_addr=‹41.33.12.250› ua=x
    http://‹78.46.91.13›:3000/api/v1
    arp: ‹9c:b6:d0:11:8e:42› on en0
    interface mac-address ‹0050.56be.3f7a›
    Physical Address. . . : ‹D4-3D-7E-90-1A-C2›
    dhcp-host=‹b8:27:eb:4a:9d:10›,pi
    Vl10 ‹f866.f2ab.0c11› DYNAMIC Gi0/1
    HWaddr ‹00:1B:44:11:3A:B7›
    wlan0 ‹3c:22:fb:7e:0a:95›\n
    mac=‹6C40088A7B1D›
    fe80::1%en0 ether ‹a4:83:e7:2b:c0:5f›
    Ring me on ‹+46 70 174 06 58›
    WhatsApp ‹+55 (11) 98765-4012›
    tel: ‹(212) 736-5000›
    Mobile ‹07911 482003›
    ☎ ‹+33 1 42 68 53 00›
    Phone: ‹415-868-2900› ext. 4
    "phone":"‹+919820098200›"
    Telefon: ‹089 4523 7781›
    fax ‹0033 4 72 40 11 90›
    手机号：‹13812345067›
    携帯 ‹090-4471-2083›
    전화: ‹010-3344-8821›
    call ‹1-800-555-9034› now
    Teléfono ‹912 34 71 08›
    sip:‹+31207950100›@pbx.test
    тел. ‹8 (495) 739-70-00›
    contact number ‹0412 883 907›
    text me at ‹617.253.1000›
    Tél : ‹06 12 49 83 70›
    card ‹5425233430109903›
    amex ‹3714 496353 98431›
    visa: ‹4012-8888-8888-1881›
    "pan":"‹6011000990139424›"
    JCB ‹3530111333300000›
    maestro ‹6759649826438453›
    diners ‹30569309025904›
    pay with ‹2223 0031 2200 3222› exp 12/27
    IBAN: ‹FR14 2004 1010 0505 0001 3M02 606›
    ‹NL91ABNA0417164300›
    konto ‹PL61 1090 1014 0000 0712 1981 2874›.
    to ‹CH93-0076-2011-6238-5295-7›
    iban=‹NO9386011117947›
    ‹AT61 1904 3002 3457 3201› / BIC
    "iban": "‹ES9121000418450200051332›"
    ‹MT84MALT011000012345MTLCAST001S›
    File "/home/‹kwame›/proj/a.py", line 3
    /Users/‹m.oconnor›/Library/Logs
    C:\Users\‹Petra.Novak›\Desktop
    C:\\Users\\‹jdoe42›\\src
    c:/Users/‹Bjorn›/x
    file:///home/‹lucia›/x.html
    -rw-r--r-- 1 ‹tanaka› tanaka 4096 Jan  2 09:11 a.txt
    drwx------  3 ‹rsmith›  staff   96 12 Mar 10:02 .ssh
    -rwxr-xr-x. 1 ‹olga› users 8.1K Mar 3 2025 run.sh
    ‹fatima›@thinkpad:~$ make
    [‹pedro›@fedora src]$ ls
    PS C:\Users\‹hana›> dir
    /var/home/‹ingrid›/.config
    /export/home/‹wchen›/x
    \\wsl$\Ubuntu\home\‹sven›\a
    %2Fhome%2F‹amelie›%2Fx
    C:\Documents and Settings\‹gerald›\x
    /mnt/c/Users/‹nils›/a
    ‹sunil›@MacBook-Pro app % npm t
    -Duser.home=/home/‹otto›
    at Foo (/Users/‹brigitte›/w/x.js:1:2)
    "path":"\/home\/‹carlos›\/x"
    Kannst du bitte an ‹j.weber@stadtwerke-ulm.de› schreiben?
    ¿Quién es ‹lucia.paredes@correos.es›?
    EMAIL_HOST_USER=‹noreply@kiosk-app.fr›
    "author": "Mina <‹mina@h4x.dev›> (https://h4x.dev)"
    UPDATE users SET email='‹paul.d@gmx.net›' WHERE id=3;
    logger.info("sent to ‹b.ito@shinwa.jp›")
    reply-to:‹help@tinyshop.store›\r\n
    おねがい‹sato_k@docomo.ne.jp›まで
    <a href="mailto:‹info@praxis-klein.at›?subject=Hi">
    e: ‹kim.lee+test@sub.corp.kr›;
    ping ‹oliver [at] nordlicht [dot] dev›
    reach me: ‹amy(at)quartz(dot)io›
    ‹t.brandt＠web.de› fullwidth
    git log --author=‹rosa@campo.pt›
    owners: [‹a1@team.io›, ‹b2@team.io›]
    To: "Nils, Ek" <‹nils.ek@bolag.se›>
    xmpp:‹jo@jabber.cz›
    Last login: Tue from ‹88.198.55.2›
    proxy_pass http://‹116.203.4.91›;
    dig +short → ‹140.82.121.3›
    iptables -A INPUT -s ‹222.186.30.112› -j DROP
    rsync -a . web@‹5.161.90.14›:/srv
    peer ‹2a06:98c1:3120::3› established
    {"client_ip":"‹73.162.10.8›"}
    ssh://git@‹51.15.77.1›:22/x
    DB_HOST=‹3.120.44.9›
    ‹85.214.132.117›:51820 endpoint
    - "‹95.217.3.40›"
    nslookup ‹2001:41d0:8:e8ad::1›
    ether ‹f0:18:98:4e:a1:7b›  txqueuelen
    ‹E0-D5-5E-31-92-0F›
    bssid=‹84:d8:1b:6a:20:44›
    mac address-table static ‹001c.73a9.0b2e› vlan 10
    "hwaddr":"‹52:54:00:8f:3c:d1›"
    lladdr ‹7c:10:c9:44:ee:02› REACHABLE
    Meine Handynummer ist ‹0171 4452209›
    Ruf an: ‹+49 (0)30 2259 4410›
    my cell is ‹(503) 228-9410›
    número de teléfono: ‹+34 612 44 90 13›
    phone=‹+447700123987›
    tel:‹+1-604-555-8123›
    电话 ‹010-6552 9988›
    Telefoon: ‹020 624 1111›
    "mobile": "‹+61 412 998 301›"
    Tel.: ‹0043 1 58858 0›
    contact: ‹+81 90 1234 8765›
    SMS to ‹+2348031234567› failed
    WhatsApp: ‹+7 916 123-45-67›
    phone_number: "‹2125557890›"
    charged ‹4539 1488 0343 6467› 09/28 cvv 123
    cc: ‹5555555555554444›
    card_number="‹378734493671000›"
    PAN ‹6011 1111 1111 1117›
    Visa ‹4917-6100-0000-0000›
    ‹5105105105105100› declined
    UnionPay ‹6200000000000005›
    account ‹DK50 0040 0440 1162 43›
    ‹BE68539007547034›
    IBAN ‹SE45 5000 0000 0583 9825 7466›
    iban: ‹IT60X0542811101000000123456›
    konto: ‹PT50000201231234567890154›
    cd /home/‹zofia›/repos
    /Users/‹marcus.aurel›/.zshrc
    C:\Users\‹ENowak›\Desktop
    "C:\\Users\\‹tkim›\\x"
    drwxr-x--- 12 ‹gustavo› developers 4.0K Nov 11 09:00 .
    -rw------- 1 ‹amina› ‹amina› 0 Jan 1 2024 k
    ‹leo›@nas:/volume1$ ls
    ‹noor›@devbox:~$ cat x
    [‹piotr›@ws01 ~]$ sudo
    File "C:\Users\‹dwright›\a.py", line 1
    file:///Users/‹chiara›/x
    /data/home/‹weiming›/x
    D:\Users\‹olek›\x
    PS C:\Users\‹ben›> ls
    export HOME=/home/‹sofie›
    """##)
}
