extension HeldOut {
  /// Formats of command lines, tests, configurations and languages that no rule had seen.
  static let fourth3 = rows(
    ##"""
    Steuer-IdNr: ‹95¦ 871 ¦432 769›
    NIR: ‹2 ¦92 06 60¦ 670 411 32›
    numéro de sécu ‹27¦71101¦56222150›
    meu CPF: ‹54¦6.691¦.712-59›
    cpf=‹48¦3.908¦.976-01›
    DNI/NIF: ‹23947678-D›
    con DNI ‹46108329E›
    número de extranjero NIE ‹Y-1279149H›
    nr PESEL: ‹50101360419›
    il mio codice fiscale è ‹GP¦LPFN48¦M02F263I›
    CF: ‹GN¦PMSM55¦M18F370N›
    BSN-nummer: ‹426987871›
    T.C. Kimlik No: ‹36394647484›
    公民身份号码 ‹33¦0106200¦50502761X›
    マイナンバー：‹29¦2256¦995680›
    resident registration number ‹77¦0108-¦1298922›
    national insurance no. ‹NP800869D›
    NHS no: ‹7865813287›
    my SIN is ‹743785966›
    TFN ‹362 822 789›
    Aadhaar number: ‹36¦5566¦768898›
    "pan_number": "‹ZBLPY2655F›"
    AHV-Nummer: ‹75¦6.7890¦.8997.09›
    RUT: ‹15¦.783¦.360-K›
    mi CURP es ‹PO¦MM85110¦4HJCFCC09›
    hetu ‹280753-525A›
    personnummer: ‹19¦6903¦263389›
    СНИЛС: ‹21¦1-534¦-847 32›
    ИНН: ‹71¦9651¦558372›
    PPSN: ‹0220019A›
    CPR: ‹071197-5456›
    Das PW ist ‹ninja2361!›
    Passwort für root: ‹if¦i2l7lJ¦u3CCWhHF›
    Login admin, Kennwort ‹wa¦lnut-cobalt¦-walnut-velvet›
    WLAN-Passwort: ‹67¦EAyn0u¦wh#gvAHH›
    mein neues passwort: ‹H3rbst85›
    mot de passe root = ‹E4¦FMGS@I¦j+r1mU3X›
    MDP : ‹E%¦Wo@FM^w@¦NMdFcugQXx›
    le mot de passe est “‹Vp¦S*UP3M¦OtGNuv4i›”
    la contraseña temporal es: ‹Bo¦njou¦r2024!›
    pass: ‹sa¦ffron-pebble¦-meadow-velvet›
    contraseña "‹la¦ntern-lantern¦-copper-saffron›"
    senha do root: ‹Winter1998›
    a senha é "‹fe¦5453739897¦e61df4141dfd›"
    パスワード: ‹5L¦imbcvJbiV¦mxNEYNpvB9R›
    PWは‹10¦f35b179455880c¦77f0aae5a62f36e8›です
    root 密码为 ‹Maison2023›
    管理员密码：‹Uf¦AvNv#D¦aoG1~eAF›
    密碼: ‹la¦ntern-harbor¦-harbor-saffron›
    hasło to ‹V2GbwMLNjwF›
    hasło administratora: ‹Mk¦uB6cc¦pQWqaCA›
    password: ‹Ars3n@l25› (non condividere)
    la pwd è ‹hunter1108!›
    wachtwoord voor de server: ‹wi¦llow-walnut¦-cobalt-orchid›
    пароль администратора: ‹pu¦mpki¦n1490?›
    пароль — ‹nu¦AILzODO¦nq7QQf4kA›
    şifrem ‹si¦gBEEvc¦99Hnaj^c›
    parola: ‹co¦pper-willo¦w-ember-ember›
    비밀번호: ‹dK¦2d9RyW¦!GWr8Wzf›
    패스워드는 ‹FYCspqn#332›
    heslo: ‹BKSyiep%218›
    a jelszó ‹Banana2014#›
    parola mea este ‹Pu¦mpki¦n2000!›
    ο κωδικός είναι ‹ve¦lvet-cobalt¦-pebble-orchid›
    my password is "‹P@r1s75›" and it still fails
    Username: ana Password: ‹VXOkcbn#322›
    creds: ana:‹Kitten1994›
    credentials → ana / ‹wbCKZcQ6›
    temporary password: ‹Dr@g0n81› (expires)
    root pw `‹Shadow1976$›`
    the passphrase is ‹S@kur@88›
    default creds admin/‹la¦ntern-coppe¦r-copper-ember›
    unlock with ‹Pr@1@54› (password)
    pw ‹eS3QTa2l8_v›
    Access key ‹85¦1df77ea8ea495dc5e2¦064365ee320465d6e8ba›
    API token: ‹5c¦94c871a3d6addbf5a3¦75b903ad611b7d50f29e›
    Secret: ‹fq¦2GsT4JKdvy9cQGxuMRp¦ROVGrd_34wuAwC-ttUA8qV›
    bot token is ‹M9¦wD7nK8MjkPEhVKUOVyQJCrU4.0tRujL.vV¦mOTMNszT-9yTBCYNRYu7cl0Kd6FeIU9MLnA4›
    tg token ‹69¦09160263:AADL2Mws0Eok¦UBPTUCBVhUgP3P-zF8aR60r›
    the token I use: ‹CH¦MyjNXW1AdlSB7a¦9ccpY7U7649c+0aZ›
    Mein Token: ‹tM¦fzLqDCYzDM3XvHFGR0+sKK9YdJai+w¦CbmQtCY41ioFg90ftia+dqCanKH1C9/j›
    jeton d'accès : ‹IT¦9a-VIJ8ALfG_41zS3z-¦3l5Lpy23PE5nZVyknUzRH7›
    el token es ‹6c¦06ead0641ec743¦bdc6ee3d9d4cdb8b›
    meu token: ‹A2¦P7UMI7OE9I¦KGSH1FNQUM85›
    アクセストークン：‹8c¦2409815af7bcd0838713d821ef0346¦6393afdbdb04601e0ba9f92166849e39›
    令牌：‹87¦0f1f575bd8ad81¦e9138fbc6e1827b6›
    токен: ‹eF¦RUhL7RRCYuXj3qS3Lyj¦BybHrLKPEy8korPVfSpN96›
    client secret value ‹4S¦OU063LJHCN¦MPCFARWE0WL8›
    X-Gitlab-Token: ‹Mn¦faLZO7EofFjpH5mpX2s¦Uwmm8WOA3AVpNv7TJfShXG›
    x-amz-security-token: ‹RZ¦25H8CNTAN2V5F2¦QK82JJ6NBR65X8U3›
    Ocp-Apim-Subscription-Key: ‹0f¦2642f7d51a8a727ccaa85eb9891b07¦8ea07e3f18d39a743e24e22e6abc9a16›
    X-API-KEY ‹u3¦wb7ytvrih1¦nkb89p398g6d›
    PRIVATE-TOKEN: ‹gl¦pat-2m2B8x1¦jijIrR9FDq0X_›
    DD_API_KEY=‹uM¦BJRxKfgZ9y8V550cBke¦ovYvBxpDr8FJZ6xqZrkDsR›
    key=‹AI¦zaIafGrKGSBVc2Iwc¦OhnwIu99FBJVdVxhJirM›
    ‹lP¦16Q~1AZYVLj7IR-hbo¦pOwUE3AuuCSWVkyRgkwS›
    ‹xo¦xb-348542506410-5236127146¦947-HtyTduPpOEGyzJWcx4ggWDMh›
    ‹SG¦.XwCNWHtyvLDUX-tTc1OSXK.SbB72upP¦hQ-iIlQQG-IcOYtpSARnAnKRcDe0vd15_h_›
    ‹dc¦kr_pat_rZtcE4U5h¦IJc6fFYcpOIIN4_-h_›
    ‹da¦pi1f9ea73235199e¦27be97bfeb02b34fdd›
    ‹hv¦s.CRQQ0skYoF¦6EVTHXkjh1xZuu›
    ‹3y¦13I9AHGkOCd4.atlasv1.8JQK8iyfO70uzv1VX1LElv¦EjnVTDi1PMjU4dKbdYUmQqKTFsDTxH67HgscgKeLwVM4h›
    ‹sh¦ppa_651cb8eec1c47¦67890844fc56d6d027c›
    ‹do¦o_v1_b01699499a9a9951b14e2d113cdb¦56cd1d76c13e8afb522886191f73188b5140›
    ‹gl¦sa_1vI20KCdIwtKa8pjSI¦od8NeQ9iw7Erf5_d042a1ce›
    ‹dp¦.pt.abecHoFEfaW3wwU2Ib¦NPkTQGrEKC2STNdbZJvDbYHH4›
    ‹sn¦trys_eyJs6c5O2n7otCklG4XLQBCtrHyU8T7XgeXe6MS8ewaZ5NA7¦g6vTQYaQzleIeI4K6mlQsG0ZUN5mdUvLGYxfr55rK5jtFWm9aZo75I5›
    ‹np¦m_3O3COlK2jmtzu8V7¦YwWZ0EiAaB0ux2SRB58P›
    ‹sk¦_live_OKXeKIKk8eP63KSQAKmCiOAhk3crku3frYE4omFQkeYqu¦hMVAclpH2xPfCOe5GCGYO3b9UzIt1XU3Jgr2y44BkGVxgRrr00WkNA›
    ‹SK¦f92b46137cc3516¦26d57c55c50217cb5›
    ‹GO¦CSPX-ZVjDI31e_Q¦4lBYmWxMyjl_dI_knQ›
    ‹sq¦0csp-84YtFyybEWsZjkCwz_¦VBGe7AHhqLbJ3OhcyHy8UEBg7›
    '‹sk¦-ant-api03-pL8y4Fz3AGgocXDURZS4oa_6QbbTcmNTYTvMBbkK2¦jTIPGtjv3zhu52yFWITlvjcUlD2AeTC3Bt0F6UX4hFkajSxzL9tDAA›'
    `‹gh¦o_2QZ2xteowqHEg66N¦TRLYgL0sR0gCyh3ccr1V›`
    =‹hf¦_dkXDykJcdnOPnFT¦VvHgEmDQpwYWAsTlPmf›
    /‹gs¦k_TNcYYn3pc6i6QtXgVpLNwOIl¦bfEbeahFj0oKKBVcXR6DfHyYuS61›/
    ，‹li¦n_api_lVkcLHexlImZD7TP¦Jx3Ah5hQGiIKRO9lpu04JhGI›。
    obfuscated ‹il¦se.sharma at ¦corvidae dot io›
    my mail: ‹le¦ila.liu [at] n¦ordlicht [dot] de›
    адрес ‹Li¦nh.Virtanen＠¦silvertrace.net›
    e: ‹Ok¦‌sana.Tran@¦lumenworks.ch›
    """##)
}
