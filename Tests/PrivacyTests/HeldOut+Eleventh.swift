extension HeldOut {
  /// What the eleventh set taught: 9,990 values in templates of somebody who had read no code, of which 1.76 % leaked.
  static let eleventh = rows(
    ##"""
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
    """##)
}
