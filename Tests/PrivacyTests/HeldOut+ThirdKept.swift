extension HeldOut {
  /// What the third set keeps.
  static let thirdKept = rows(
    ##"""
    username: postgres
    password: {{ lookup('env', 'PW1') }}
    password: "{{ .Values.pw1 }}"
    "password": ""
    password = None
    password=$1
    password=$(cat /run/secrets/pw1)
    PASSWORD=${1:-x}
    password: <redacted>
    password: [REDACTED]
    password=<your_password_1>
    passwordEncoder = new BCryptPasswordEncoder(12)
    const password2 = req.body.password2
    const token = req.headers["x-token-1"]
    api_key=YOUR-API-KEY-123
    token: "<token123>"
    token = token1 + token2
    secret_key = Fernet.generate_key()
    key = AES.new(key16, AES.MODE_CBC)
    password_regex = r"^(?=.*[0-9]).{8,}$"
    access_token_url: https://idp.test/oauth/token2
    token_type: Bearer
    "tokenId": 12345
    secretName: tls-cert-2024
    secrets: inherit
    secretKeyRef: {name: s1, key: k1}
    apiKeyAuth: []
    auth: basic
    auth_method: scram-sha-256
    password_encryption = scram-sha-256
    hash: $2b$12$abcdefghijklmnopqrstuv
    md5 d41d8cd98f00b204e9800998ecf8427e
    sha1-DKtOTCn9qPAcpuRE8zF4nTxPn6E=
    "resolved": "https://registry.npmjs.org/x/-/x-1.2.3.tgz#0123456789abcdef0123456789abcdef01234567"
    go.sum h1:Hei/4ADfdWqJk1ZMxUNpqntNwaWcugrBjAiHlqqRiVk=
    cache-key: v1-deps-8f14e45f
    request_id=req_011CQy3n4gK2
    trace=00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01
    img.png?v=20240101120000
    order 4012888888881882
    serial 123-45-6789-00
    part no 555-1234-567
    ticket ABC-12345678
    phone-number-input-1234567890-id
    version 2024.10.11.12
    Chrome/120.0.6099.110
    libssl.so.1.1.1.1
    1.0.0.1-beta
    10.0.0.0/8 172.16.5.4 192.168.0.254
    0.0.0.0/0
    100.100.100.200 metadata
    255.255.240.0
    ::1/128
    fc00::/7
    ff02::1
    00:00:00:00:00:01x
    2024-01-02T03:04:05
    12:34:56:78
    AA:BB:CC
    3c:4d
    foo@2.0.0
    react@^18.2.0
    https://cdn.test/npm/vue@3.4.21/dist/vue.js
    @Autowired private Foo foo
    me@localhost
    a@b
    {{ user@domain }}
    someone@example.net
    postmaster@mydomain.example
    svn+ssh://user@svn.test/x
    ssh://git@github.com/x/y
    /home/circleci/project
    /home/vscode/.cache
    /home/jenkins/ws
    /Users/travis/build
    /Users/administrator/x
    C:\Users\Default\x
    C:\Users\Administrator\x
    /homes/x
    /var/www/home/
    drwxr-xr-x 2 jenkins jenkins 10 Jan 1 00:00 x
    ubuntu@ip-10-0-0-1:~$ ls
    root@ab12cd34ef56:/# ls
    const at = (x) => dot(x)
    look at foo.bar dot product
    I am at home dot
    (at) symbol
    vector [at] index
    bearer token required1234
    Basic Realm="x1y2z3"
    authorization: none
    SELECT 1234567890123456
    0123456789abcdef0123456789abcdef
    x = 6011000990139425
    credit card number is invalid
    card 1234
    IBAN invalid
    GB00WEST12345698765432
    nhs trust 2024
    sin(30) cos(60)
    dni is required
    pesel: string
    1990-01-01
    850101
    uuid: 00000000-0000-0000-0000-000000000000
    -----BEGIN PGP PUBLIC KEY BLOCK-----
    ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGPKl me@
    eyJhbGciOiJub25lIn0
    gh_token
    sk_test
    xoxb
    AKIA
    AIza
    """##)
}
