extension HeldOut {
  /// What looks like something and is nothing.
  static let kept = rows(
    ##"""
    PASSWORD_MIN_LENGTH = 12
    password = input("Password: ")
    if not check_password(user.password, raw): return 401
    const token = await getToken(clientId, scope)
    export API_KEY=$(vault read -field=value secret/api)
    token: ${{ secrets.GITHUB_TOKEN }}
    "password": {"type": "string", "minLength": 8}
    password_hash: str | None = None
    DB_PASSWORD: ${DB_PASSWORD:-postgres}
    the password must contain at least 8 characters and 1 digit
    api_key = os.getenv('OPENAI_API_KEY2')
    Authorization: Bearer $ACCESS_TOKEN
    Authorization: Bearer <access_token>
    curl -H "Authorization: Bearer ${TOKEN}" https://x.test
    tokenizer = AutoTokenizer.from_pretrained("bert-base-uncased")
    secretName: db-credentials-v2
    key: primary_key_1
    let keyPath = \Foo.bar
    monkey = 12345678
    token_count = 128000
    max_new_tokens=512
    passing 12 tests, 3 pending
    bypass=true
    compass: north-east-42
    keyboard: qwerty-uk-105
    author: "Smith2020"
    pattern = "^[A-Za-z0-9]{40}$"
    csrf_token = generate_csrf_token()
    secret = secrets.token_hex(32)
    from getpass import getpass
    passwd = pwd.getpwnam('nobody')
    password: process.env.DB_PASSWORD!
    password = "<PASSWORD>"
    password=********
    api_key: YOUR_API_KEY_HERE
    API_KEY=abc123
    PASSWORD=changeme123
    secret: "replace-me-with-32-chars"
    token = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx"
    sk_¦live_xxxxxxxxxxxxxxxxxxxxxxxx
    AK¦IAIOSFODNN7EXAMPLE
    gh¦p_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
    npm install react@18.2.0 @types/react@18.2.6
    pip install numpy==1.26.4 torch==2.1.0.1
    assembly Version=4.0.0.0, Culture=neutral
    chrome/120.0.6099.71 Safari/537.36
    <TargetFrameworkVersion>v4.7.2.1</TargetFrameworkVersion>
    OID 1.3.6.1.4.1.311
    1.2.840.113549.1.1.11
    section 4.1.2.3 of the spec
    ping 192.168.178.1; curl 10.20.30.40:9200
    server 1.1.1.1 8.8.4.4 9.9.9.9
    example 203.0.113.77 and 198.51.100.23
    netmask 255.255.255.0 broadcast 172.20.255.255
    fe80::1ff:fe23:4567:890a%eth2
    2001:db8:85a3::8a2e:370:7334
    std::chrono::steady_clock::now()
    at 12:34:56:789 took 00:01:02
    color: #a1b2c3; background: #00ff00aa
    commit 3f786850e387550fdab836ed7e6dc881de23001b
    Merge: a94a8fe 5ccb19b
    sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
    integrity sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg==
    etag: "33a64df551425fcc55e4d42a148795d9f25f89d4"
    uuid 6ba7b810-9dad-11d1-80b4-00c04fd430c8
    trace 4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01
    timestamp 1700000000000 id 9007199254740991
    order #4929123456789012 shipped
    tracking 1Z999AA10123456784
    ISBN 978-3-16-148410-0
    EAN 4006381333931
    2024-01-15T10:30:00.000Z+02:00
    x = 3.141592653589793238462643383279
    float eps = 1.1920928955078125e-07
    0xDEADBEEF 0x1234567890ABCDEF
    #define MAGIC 0x89504E47
    phone = models.CharField(max_length=20)
    def call(self, 1000, 2000, 3000)
    call 1234 times
    line 1234567890
    rows 10000-20000
    range 1000000000..2000000000
    SELECT * FROM t WHERE id IN (123456789, 987654321)
    git clone git@gitlab.com:acme/tools.git
    ssh user@host
    user@example.com, admin@localhost, foo@test.invalid
    noreply@example.org
    @Override public void run()
    @media (min-width: 640px)
    @dataclass(frozen=True)
    matrix A@B.T
    import x from "@angular/core"
    yarn add @babel/core@7.23.2
    image@3x.png logo@2x.jpg
    docker pull ghcr.io/acme/app@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
    actions/checkout@v4.1.1
    systemctl restart app@1.service
    /home/runner/work/_temp
    /Users/runner/hostedtoolcache
    /home/ubuntu/app
    /home/node/app
    ~/projects/x
    https://acme.test/home/products
    C:\Users\Public\Documents
    C:\Users\%USERNAME%\x
    /home/${USER}/.ssh
    /home/<user>/x
    root@localhost:~#
    drwxr-xr-x 2 root root 4096 Jan 1 00:00 bin
    -rw-r--r-- 1 root wheel 512 Feb 2 2024 hosts
    00:00:5e:00:53:01
    ff:ff:ff:ff:ff:ff
    12:34:56:78:90:ab:cd:ef
    mac = "00:11:22:33:44:55"
    a0b1.c2d3
    const re = /(\d{4}-?){3}\d{4}/
    IBAN: GB00 XXXX 0000
    DE12 3456
    card number 1234 5678 9012 3456
    4111-1111-1111-1112
    -----BEGIN CERTIFICATE-----
    -----BEGIN PUBLIC KEY-----
    ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJl3dIeudNqd0DPMRD6OIh65 deploy-key
    eyJ0eXAiOiJKV1QiLCJhbGciOi...
    https://user:password@host/path
    postgres://postgres:postgres@localhost:5432/app
    redis://localhost:6379/0
    mongodb://${USER}:${PASS}@host
    http://localhost:8080/a@b
    mailto:someone@example.com
    s3://bucket/key/2024/01/01
    arn:aws:iam::123456789012:role/deploy
    arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf
    projects/acme-123456/secrets/api/versions/1
    SG-12ab34cd
    sk-learn 1.3.2
    the tax id field is required
    SSN format is ddd-dd-dddd
    078-05-1120x
    nino = lambda n: n
    PESEL has 11 digits
    sin(x) = 123456789
    pan = 1234567890
    id: 12345678
    bsn: null
    cpf: 000.000.000-00
    phone: null, tel: ""
    Basic usage: see below
    Basic authentication with base64
    Bearer tokens expire after 3600 seconds
    password reset link sent
    "passwordResetToken": null
    forgot_password_url: /auth/forgot
    tokens: ["a1", "b2"]
    access_key_id: !Ref AccessKey1
    secret/data/app#password
    {{ .Values.auth.password }}
    <password>%s</password>
    <password>${db.password}</password>
    password="{{ vault_db_password }}"
    The user is able to log in with password and then 2FA
    the password is stored in vault
    the password is wrong
    password is required
    his password was changed yesterday
    login with admin / admin
    meet at noon, dot the i
    look at this [at] line
    class Token2022: pass
    token2 = next(tokens)
    assert token == "abc"
    key = "user:42:profile"
    cache_key = f"user:{id}:v2"
    sort_key: created_at_desc
    public_key: ssh-rsa
    foreign_key: user_id_1
    """##)
}
