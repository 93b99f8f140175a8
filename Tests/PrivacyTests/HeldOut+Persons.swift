extension HeldOut {
  /// Made-up numbers of persons.
  static let persons = rows(
    ##"""
    my SIN is ‹570914531›
    sin_number: "‹741653828›"
    SIN ‹696-655-372›
    pesel=‹03221931599›
    "PESEL": ‹75051754062›,
    CPF do cliente: ‹402.752.223-06›
    cpf ‹95795699756›
    NIR : ‹277029153900135›
    sécu: ‹1 81 03 69 206 556 40›
    Steuer-ID ‹81652434096›
    IdNr. ‹61 429 853 741›
    DNI ‹38431894K›
    nif=‹56365273R›;
    dni: ‹38421909-H›
    NIE: ‹Z9836407W›
    hetu ‹120859-445S›
    Henkilötunnus: ‹210901A443B›
    personnummer ‹671204-0697›
    "personal_number": "‹981002-8523›"
    fødselsnummer: ‹23079907332›
    fnr=‹03047849658›
    CPR-nr. ‹250356-4907›
    cpr: ‹021153-9704›
    BSN ‹317745402›
    burgerservicenummer: ‹158840872›
    rijksregisternummer ‹72.05.21-141.97›
    NISS: ‹72.11.13-721.90›
    AHV-Nr. ‹756.5179.8390.02›
    avs ‹756.4807.2886.18›
    SV-Nummer ‹8484060865›
    NI number ‹KY 24 67 43 C›
    nino: ‹ZH934423C›
    NHS no. ‹962 593 6335›
    nhsNumber=‹4557526209›
    PPS number: ‹1600729J›
    PPSN ‹1714766C›
    codice fiscale ‹DSCZCS60S22C873R›
    "cf":"‹VRNTTC50T28F987Z›"
    C.F. ‹RDZSMV88T25H986Q›
    Aadhaar no ‹9957 0133 4718›
    aadhaar_number: "‹320407523849›"
    PAN: ‹GEGPF3405D›
    PAN card ‹JBFPA1488D›
    身份证 ‹110105198006206026›
    idcard=‹310104199701173479›
    マイナンバー: ‹219111788806›
    my_number: ‹8954 8557 2780›
    주민번호 ‹880614-1790261›
    resident registration number ‹570902-1989878›
    NRIC ‹S2585657J›
    ic_no: ‹T4741181A›
    HKID: ‹P788553(2)›
    身分證字號 ‹H147377611›
    TC kimlik: ‹83004714524›
    tckn=‹99173243772›
    teudat zehut ‹386950752›
    ת.ז. ‹279126429›
    CNP ‹1500806437758›
    rodné číslo: ‹875802/8323›
    rodne_cislo=‹770625/6184›
    ЕГН ‹8809208853›
    EGN: ‹5601189667›
    OIB ‹98800334405›
    isikukood: ‹49905157344›
    asmens kodas ‹39111173961›
    СНИЛС ‹519-392-634 13›
    ИНН ‹574612945406›
    РНОКПП ‹3102399000›
    เลขบัตรประชาชน ‹2307094980438›
    thai_id: ‹5-2845-44382-17-2›
    South African ID ‹7009274737083›
    TFN: ‹536 795 579›
    medicare card ‹6445 28821 5›
    RUT ‹18.647.320-5›
    rut: "‹22.348.768-8›"
    CUIL ‹20-11808691-1›
    CURP: ‹BOLL530617MJCPFN08›
    curp=‹BAPL980118HNLRCM01›
    NIF ‹176340807› (PT)
    contribuinte: ‹234286016›
    ΑΜΚΑ ‹23015059746›
    IRD number ‹123824121›
    SSN: ‹219-09-9995›
    ssn=‹457551462›
    social security ‹457 55 1462›
    ITIN ‹912-84-3307›
    customerSin: ‹277594586›
    "taxFileNumber": "‹262 718 685›"
    pesel_number = '‹69040421891›'
    <cpf>‹00794402151›</cpf>
    numeroSecu=‹201111667067959›
    steuer_id: ‹72683924501›
    Mi DNI es ‹48457742P›.
    número NIE ‹Z8624760H›
    hetu=‹120867-530K›
    mitt personnummer är ‹900806-2516›
    fødselsnummer ‹10056821886›
    CPR ‹1909607929›
    mijn BSN: ‹271516938›
    INSZ ‹89.03.21-194.96›
    AHV ‹756.7968.6003.50›
    svnr: ‹7743270193›
    NINO: ‹CN048029A›
    national_insurance="‹CZ297434D›"
    nhs_number: ‹4853739637›
    ppsn=‹0464764W›
    CF: ‹BBFSPD77D05H686X›
    codiceFiscale: "‹LBTGFP54M16G778X›"
    aadhaar: ‹8708 9244 6552›
    PAN number is ‹FCCPG1595C›
    身份证号码：‹510107195803145944›
    个人 ‹510107195708022575›
    個人番号 ‹755387027239›
    주민등록번호: ‹650224-2785981›
    NRIC: ‹S4143169E›
    HKID ‹A077660(5)›
    TCKN: ‹57212476284›
    CNP: ‹2691102396794›
    rodné číslo ‹780323/2206›
    OIB: ‹90678192264›
    isikukood ‹47911040888›
    ИНН: ‹741982516201›
    снилс ‹223-543-881 57›
    id_number: ‹5701170695082›
    RUT: ‹20.379.162-3›
    CUIT ‹23-18962102-7›
    CURP ‹BEPJ990105MNLFBP04›
    NIF: ‹234965274›
    user_ssn="‹536-22-8726›"
    SSN ‹536228726›
    """##)
}
