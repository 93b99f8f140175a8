#!/usr/bin/env python3
"""The scrubber's speed: MB per CPU-second of `cerberus scrub` on mixed text, on code, and on hostile lines.

    Benchmarks/scrub.py [--binary PATH] [--code FOLDER] [--runs N] [--worst N]

Each text is fed whole to a process of its own, often enough to outweigh its start, which is measured too and taken
off. Hostile lines repeat what a rule looks for: those below for the rules that are code, and for each row of the table
(read from Sources/Privacy) its beginning, what is nearly its match, and its match with a letter too many. Each line has
64 KiB; the slowest are measured again at 2 MiB, where a rate that falls would show a rule that is not linear. Exit code
1: a line under 20 MB/s, or a long one at half the short one's rate. Standard library alone; Linux and macOS."""
import argparse, os, pathlib, random, re, resource, subprocess, sys, sysconfig, tempfile

HOSTILE = [
    "@", "a@", "a@b.", "1", "1 ", "12 ", "1234 ", "123-", "1.", "1.2.3.4 ", "+1 ", "(12", "0012 ", "123456782 ",
    "sin 123456782 ", "tel 12 34 ", "A1", "a1b2", "AKIA", "sk-", "eyJaaaaaaaa.", "-----BEGIN ",
    "-----BEGIN PRIVATE KEY-----\n", "-----BEGIN PRIVATE KEY-----\nAAAAAAAAAAAAAAAAAAAA\n", "=", ":", "password=",
    "password: ", "password ", "password is ", "password for ", "token ", "api_key ", "value: ", "<password>", "a://b:",
    "://:@", "/home/", "C:\\Users\\", "\\", "\\\\n", "[", "[EMAIL_", "[EMAIL_1]", "drwxr-xr-x 1 ", " at ", "a at b dot ",
    " / ", "login / ", "-p ", "curl -u ", "mysql -p", "2001:", "2001:db8:", "aa:bb:cc:", "aabb.ccdd.", "DE89 3704 ",
    "4111 1111 ", "AKIAABCDEFGHIJKLMNOP ", "é", "漢", "ａ", "\u200b", "\u00a0", "%40", "%2Fhome%2F", "Bearer a", '"', "'",
    "Server=a;Password=b", "AAAAA", "f" * 32 + "-us", "X" * 13 + ".atlasv1.", "name=\"password\" value=", " 漢password",
    'password("a', '"password","', "net use /user:", "thin:a/", "a@b.c ", "\\u00e9", "net user ", "echo a|", "htpasswd a ",
    'login("a", "b', 'client("a", "', "?key=", '"jwt": {"key": "', "--user a:", 'variable "password" {default=',
    '<a password="b">', "password to ", "password a: ", "\u300c", "tel 0221 / ",
]  # fmt: skip
TALK = [
    "Why does this fail on CI? The log is below.", "Could you refactor this so that it is easier to test?",
    "I get a 401 from the gateway since yesterday, here is what I send:", "Explain the complexity of this function.",
    "contact me at mila.brandt@northwind-labs.de if it is urgent", "ssh deploy@83.48.57.51 'systemctl restart api'",
    "DB_PASSWORD=Winter1993@", "at Object.<anonymous> (/Users/ingridv/code/web/server.js:12:3)",
    "listening on 127.0.0.1:8080 (pid 41)", "commit 9fceb02d0ae598e95dc970b74767f19372d61af8",
]  # fmt: skip


ALIKE = ["das hängt\u00a0nicht", "テスト（ＯＫ）：", "zero\u200bwidth", "caf\\u00e9 — “quoted”", "，。", "emoji 🎉 …"]

RULES = pathlib.Path(__file__).parent.parent / "Sources/Privacy"


def sample(pattern, rnd):
    """A text of the least length that the row's pattern matches (the subset is described in Pattern.swift)."""
    text = ""
    for members, least, literal in re.findall(r"\[([^]]+)\](?:\{(\d+)(?:,\d*)?\})?|([^()])", pattern):
        if literal:
            text += literal
            continue
        letters = re.sub(r"(.)-(.)", lambda m: "".join(map(chr, range(ord(m[1]), ord(m[2]) + 1))), members)
        text += "".join(rnd.choice(letters) for _ in range(int(least or 1)))
    return text


def table_lines():
    """Hostile lines for each row of the table: (row, line)."""
    source = "".join((RULES / f"Rule+{name}.swift").read_text() for name in ("Tokens", "Standard"))
    rnd = random.Random(3)
    for name, pattern in re.findall(r'\.(?:token|mixed)\(\s*"([^"]+)",\s*\.\w+,\s*"([^"]+)"\s*\)', source):
        match = sample(pattern, rnd)
        start = re.match(r"[^\[(]*", pattern)[0] or match[:4]
        for line in (start, start + " ", match[:-1] + " ", match + "_"):
            yield name, line
    words = re.search(r"static let keys: .*", source, re.S)[0]
    for word in sorted(set(re.findall(r'"([^"]+)"', words))):
        for line in (word, word + " ", word + "=", word + ": a1b2c3 ", word + " is a "):
            yield word, line


def cpu_seconds(binary, data):
    """User and system seconds of one run over `data`."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with tempfile.TemporaryFile() as source:
        source.write(data)
        source.seek(0)
        subprocess.run([binary, "scrub"], stdin=source, stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def rate(binary, data, start, runs):
    """MB per CPU-second, the best of `runs`."""
    return max(len(data) / 1e6 / max(cpu_seconds(binary, data) - start, 1e-6) for _ in range(runs))


def code(folder, limit):
    files = sorted(pathlib.Path(folder).rglob("*.py"))
    random.Random(1).shuffle(files)
    text = ""
    for file in files:
        text += file.read_text(errors="replace")
        if len(text) > limit:
            break
    return text[:limit]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", default=".build/release/cerberus")
    parser.add_argument("--code", default=sysconfig.get_paths()["stdlib"])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--worst", type=int, default=12)
    parser.add_argument("--lines", type=int, default=16, help="of each hostile line in the first round")
    arguments = parser.parse_args()
    binary = os.path.abspath(arguments.binary)
    start = min(cpu_seconds(binary, b"x\n") for _ in range(5))
    print(f"start of the process: {start * 1000:.1f} ms CPU, taken off below")
    source = code(arguments.code, 8_000_000)
    rnd = random.Random(7)
    mixed = "\n".join(rnd.choice(TALK) + "\n" + source[at : at + 2_000] for at in range(0, len(source) - 2_000, 2_000))
    alike = "\n".join(rnd.choice(ALIKE) + "\n" + source[at : at + 2_000] for at in range(0, len(source) - 2_000, 2_000))
    for name, text in [("mixed chat and code", mixed), ("with look-alikes", alike), ("code", source)]:
        data = text.encode()
        print(f"{name:24} {len(data) / 1e6:6.1f} MB {rate(binary, data, start, arguments.runs):9.1f} MB/CPU-s")
    lines = [("", line) for line in HOSTILE] + list(table_lines())
    rows = []
    for name, line in lines:
        short = ((line * (65_536 // len(line.encode())) + "\n") * arguments.lines).encode()
        rows.append((rate(binary, short, start, 1), name, line))
    rows.sort()
    print(f"hostile lines, the slowest {arguments.worst} of {len(rows)}: MB/CPU-s in lines of 64 KiB, and in one of 2 MiB")
    bad = False
    for once, name, line in rows[: arguments.worst]:
        size = len(line.encode())
        short = ((line * (65_536 // size) + "\n") * 32).encode()
        long = (line * (2_097_152 // size) + "\n").encode()
        short, long = (rate(binary, data, start, arguments.runs) for data in (short, long))
        bad = bad or short < 20 or long < short / 2
        print(f"  {short:8.1f} {long:8.1f}  {line[:40]!r} {name}")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
