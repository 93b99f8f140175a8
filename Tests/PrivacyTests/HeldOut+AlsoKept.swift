extension HeldOut {
  /// More of it.
  static let alsoKept = rows(
    ##"""
    hotkey: ctrl-shift-p
    apiVersion: apps/v1beta1
    secretRef: name
    signature = hmac.new(key, msg, sha256).hexdigest()
    Password123Validator.validate(x)
    usePassword2 = true
    sig: 12
    &sig=test
    nonce: 4dcb
    git log --author=dan
    -p 8080:8080
    docker run -p 127.0.0.1:80:80 nginx
    mysql -u root -p
    ssh -p 2222 host
    curl -u "$USER:$PASS" x
    tar -a -u x:y
    ls -p src
    the secret to success is consistency in 2024
    a token bucket of 100 tokens per 60s
    password policy: at least 12 chars
    use a password manager like keepassxc2
    pass the value x1y2z3 to the function
    pass 1: parse; pass 2: emit
    auth flow v2beta1 is deprecated
    authentication: oauth2-proxy
    Token ring 802.5
    api key rotation happens every 90 days
    "token_endpoint": "https://x.test/oauth2/token"
    password: $2b
    secret: !vault |
    password_field = "input#password2"
    keyboard shortcut key: ctrl+shift+F5
    KEY_F12 = 0x7B
    primary key (id1, id2)
    key1=value1&key2=value2
    encoded_password = base64.b64encode(b"x")
    passwords = load("rockyou.txt")
    tokenizer.encode("hello world 123")
    sessionid varchar(64)
    session = boto3.Session(profile_name="dev1")
    cookie: SameSite=Lax
    id: 3f2504e0-4f89-11d3-9a0c-0305e82c3301
    etag W/"0815abc"
    X-Request-Id: 7b2e1f0c9d8a4e5f
    git rev 9fceb02 is bad
    build 20240115.3
    v10.0.19041.1288 Windows
    Version 91.0.4472.124
    opencv-python==4.9.0.80
    release 1.2.3.4 is out
    numpy 1.26.4.1
    Microsoft.Extensions 6.0.0.1
    127.0.0.53#53
    bind 0.0.0.0:443
    224.0.0.251 mDNS
    10.255.255.1/16
    100.64.0.1 cgnat
    fe80::a00:27ff:fe4e:66a1
    ::ffff:10.0.0.1
    2001:db8:1234::/48
    12:30:45.123
    at 2024-11-05 10:11:12
    00:1A is hex
    1e:2f
    6f:6e is text
    tel aviv 2024-2025
    call stack depth 1000000000
    phone book 3rd edition 1998
    cell A1:B200 range 1000 2000 3000
    sim card slot 1
    4111111111111112
    1234 5678 9012 3456
    0000 0000 0000 0000
    ISBN 9780306406157
    EAN-13 5901234123457
    GTIN 00012345600012
    invoice 2024-000123-45
    case number 21-cv-01234
    DE89 is a prefix
    GB29 NWBK
    at [email protected]
    foo@bar
    @user mentioned @other.user
    a@1.2.3
    x@{host}
    user@[IP]
    \section{a@b}
    .button@hover
    npm:@scope/name@^1.0.0
    docker.io/library/nginx@sha256:abc
    /home
    /home/
    ~/Users/readme
    /Users/
    /usr/home/bin
    C:\Windows\System32
    homepage/home/index
    -rw-r--r-- 1 root root 0
    drwxr-xr-x  3 root wheel
    rwxr-xr-x
    total 48
    Bearer
    bearer of bad news 12345678
    Basic auth is not enough
    basic: true
    sk-live
    AKIA prefix
    ghp_ tokens start with ghp_
    xoxb-your-token
    hf_xxx
    -----BEGIN CERTIFICATE REQUEST-----
    ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQC7 me
    jwt.io
    eyJ
    https://user@host/x
    https://:@host/
    ftp://ftp.gnu.org/x
    http://a:8080/b@c
    redis://localhost
    SIN and COS tables 123456782
    tin can 123456789
    run 123456785 tests
    the ic chip 74HC595
    pan 360 degrees
    ik 12345678901
    rc 1234567890
    fin 12345678A
    nie wiem 2024
    secu-rity 2024
    uid=1000(user) gid=1000
    uid 123456789012
    my number is 5
    id card reader
    tax id format: 9 digits
    identity number required
    personal number of items 42
    """##)
}
