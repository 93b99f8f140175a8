extension HeldOut {
  /// What leaked of 18,681 values in new formats (0.98 %, mended to 0.03 %).
  static let sixth = rows(
    ##"""
    doppler run --token ‹dp.st.¦stg.nKeGVLdgvIzg9FLIuyHFa9UzriVmHjFFvxA34EHuwmh›
    [‹dp.st.¦dev_ana.JYFet6Ty7g2WMkzAge6nXru3sE9EvAk8oUTpZvr1RbM›]
    vscode-remote://wsl%2Bubuntu/home/‹rosap›/x
    file://wsl.localhost/Debian/home/‹weim›/src
    failed:\n/var/home/‹yaraf›/x is missing
    /home/‹uma.xu›: Permission denied
    masterauth ‹Harbor2024›
    masterauth ‹gdxgiPT3DZeGPHVNcZdM7›
    set -x MAPS_SIGNING_KEY ‹59zAtYrNjjkk0TOVl5EHH4ndleWWnQuQm›
    #define INTERNAL_ENCRYPTION_KEY "‹TAQUFnWDL7VB7m6FuHyAfWzx9Vcmoq›"
    static NSString *const kEncryptionKey = @"‹4hKO2QrUtQYaNl5uYqm6nv2YwChrVOT8›";
    {"text":"*const kJwtSecret = @\"‹SYc7x2KtqS8aamadak9sryXxdjpV1CkN›\";"}
    gh secret set BILLING_JWT_SECRET --body ‹10381df154dee23e58b49937bac8e5bb2d354b24›
    aws configure set aws_secret_access_key ‹V32/LU3zMSo¦+bMufnayqggZFrcRMPUEH+bi02uW7›
    Authorization: token ‹/linV8P9eidDwfU7sNw7n4ziazAXvRlFSRY1An03YKY=›
    jwt.sign(payload, '‹9Ng7AohAG1vw0FjsmRlkmidhrslgSdCN9DEGd7D23h9wPSOT90RMIbVKy1eLvST+kGyHXzaDg==›')
    {"a":"{\"b\":\"<entry key=\\\"api.secret\\\">‹VpZRxlX9H4dL4Dvq9S2CmHoMG›</entry>\"}"}
    svc:‹MosaicMarble6!›@tcp(db:3306)/crm?parseTime=true
    svc:‹Hollow2008$›@tcp(db:3306)/crm
    cy.get('input[name=password]').type('‹O5!pdDMKzZ.4WXTj~rRo6B›')
    echo 'mei:‹v1u=.KWG~VMtp4tzCQlr›' | chpasswd
    auth = ('noor', '‹h.U*sCbR9DmZ=-7›')
    la contraseña de la base es ‹bwas*-rp=X36ZfZ7h^hOLx›
    Credentials: hiro / ‹A97+1Ow_8=e#K^W›
    log in with oluwaseun / ‹Xm^.eZL5k.dTf83_t› and look at the jobs
    Das Passwort für den Testserver lautet ‹5?bOT=2IzKZiM6~QL›, trotzdem 403.
    set pw to ‹NtGEq.k6We5*?-~qO›, no luck
    net user svcbackup ‹u79zLBUvm^?=_oBj~3FR› /add
    htpasswd -bc /etc/nginx/.htpasswd noor ‹1GK1t^-HX=dYqFQI83J2›
    """##)

  /// What was taken from 225 MB of real source trees and documents though it is nobody's.
  static let sixthKept = rows(
    ##"""
    def_API('Z3_mk_unsigned_int64', AST, (_in(CONTEXT), _in(UINT64)))
    SSL_EXPERIMENTAL_API("SSL_EnableTls13GreaseEch", x)
    #define SN_id_tc26_hmac_gost_3411_2012_256 "id-tc26-hmac-gost-3411-2012-256"
    #define CKK_GENERIC_SECRET 0x00000010UL
    x86_cpu_PAT = x86_cpu_index_1_edx + 16,
    exports.SOCKS5_NO_ACCEPTABLE_AUTH = exports.SOCKS5_custom_v2
    "kadmin/dbutil", "kadmin/passwd", "kadmin/server", "lib/kadm5"
    * can be used to create a password integrity key for PKCS#12, by sending
    * Add API to get and pass on TypeLink*, to not allocate levels
    <a class="mark" credentials href="#dep0010-cryptocreatecredentials">
    5414 5415 5416 5417 20BBF 20BC6 56DD
    6218 6241 6242 6243 39D8 62CF
    max cell rate:  353207.547 cells/sec
    cell n=1000000: 13,178,002.113936031
    "Abstract Control Management Descriptor" from CDC spec  5.2.3.3
    Format strings (from ECMA-262 [15.5.4.11]):
    (OID 1.3.101.112)
    Extensible wide-character mapping functions: 7.15.3.2.
    deps: update V8 to 9.5.172.19
    upstream V8 is at 5.0.71.47 and
    18c0 1.52-.87 2.83-2.12 3.51.98.32 2.03
    https://docs.test/wsl/windows/home/about/x
    cp /home/notes.md /home/main.py
    """##)
}
