#!/usr/bin/env python3
"""The scrubber's speed: MB per CPU-second of `cerberus scrub` on mixed text, on code, and on hostile lines.

    Benchmarks/scrub.py [--binary PATH] [--code FOLDER] [--runs N] [--worst N]

Each text is fed whole to a process of its own, often enough to outweigh its start, which is measured too and taken
off. Hostile lines repeat what a rule looks for; each is measured at 64 KiB and at 2 MiB. A rate that falls with the
length would show a rule that is not linear. Exit code 1: a line under 20 MB/s, or the long one at half the short one's
rate. Standard library alone; Linux and macOS."""
import argparse, os, pathlib, random, resource, subprocess, sys, sysconfig, tempfile

HOSTILE = [
    "@", "a@", "a@b.", "1", "1 ", "12 ", "1234 ", "123-", "1.", "1.2.3.4 ", "+1 ", "(12", "0012 ", "123456782 ",
    "sin 123456782 ", "tel 12 34 ", "A1", "a1b2", "AKIA", "sk-", "eyJaaaaaaaa.", "-----BEGIN ",
    "-----BEGIN PRIVATE KEY-----\n", "-----BEGIN PRIVATE KEY-----\nAAAAAAAAAAAAAAAAAAAA\n", "=", ":", "password=",
    "password: ", "password ", "password is ", "password for ", "token ", "api_key ", "value: ", "<password>", "a://b:",
    "://:@", "/home/", "C:\\Users\\", "\\", "\\\\n", "[", "[EMAIL_", "[EMAIL_1]", "drwxr-xr-x 1 ", " at ", "a at b dot ",
    " / ", "login / ", "-p ", "curl -u ", "mysql -p", "2001:", "2001:db8:", "aa:bb:cc:", "aabb.ccdd.", "DE89 3704 ",
    "4111 1111 ", "AKIAABCDEFGHIJKLMNOP ", "é", "漢", "ａ", "\u200b", "\u00a0", "%40", "%2Fhome%2F", "Bearer a", '"', "'",
    "Server=a;Password=b", "AAAAA", "f" * 32 + "-us", "X" * 13 + ".atlasv1.", "name=\"password\" value=", " 漢password",
    'password("a', '"password","', "net use /user:", "thin:a/", "a@b.c ",
]  # fmt: skip
TALK = [
    "Why does this fail on CI? The log is below.", "Could you refactor this so that it is easier to test?",
    "I get a 401 from the gateway since yesterday, here is what I send:", "Explain the complexity of this function.",
    "contact me at mila.brandt@northwind-labs.de if it is urgent", "ssh deploy@83.48.57.51 'systemctl restart api'",
    "DB_PASSWORD=Winter1993@", "at Object.<anonymous> (/Users/ingridv/code/web/server.js:12:3)",
    "listening on 127.0.0.1:8080 (pid 41)", "commit 9fceb02d0ae598e95dc970b74767f19372d61af8",
]  # fmt: skip


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
    arguments = parser.parse_args()
    binary = os.path.abspath(arguments.binary)
    start = min(cpu_seconds(binary, b"x\n") for _ in range(5))
    print(f"start of the process: {start * 1000:.1f} ms CPU, taken off below")
    source = code(arguments.code, 8_000_000)
    rnd = random.Random(7)
    mixed = "\n".join(rnd.choice(TALK) + "\n" + source[at : at + 2_000] for at in range(0, len(source) - 2_000, 2_000))
    for name, text in [("mixed chat and code", mixed), ("code", source)]:
        data = text.encode()
        print(f"{name:24} {len(data) / 1e6:6.1f} MB {rate(binary, data, start, arguments.runs):9.1f} MB/CPU-s")
    rows = []
    for line in HOSTILE:
        size = len(line.encode())
        short = ((line * (65_536 // size) + "\n") * 32).encode()
        long = (line * (2_097_152 // size) + "\n").encode()
        rows.append((rate(binary, short, start, arguments.runs), rate(binary, long, start, arguments.runs), line))
    rows.sort(key=lambda row: min(row[0], row[1]))
    print(f"hostile lines, the slowest {arguments.worst} of {len(rows)}: MB/CPU-s in lines of 64 KiB, and in one of 2 MiB")
    for short, long, line in rows[: arguments.worst]:
        print(f"  {short:8.1f} {long:8.1f}  {line[:40]!r}")
    bad = [row for row in rows if min(row[0], row[1]) < 20 or row[1] < row[0] / 2]
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
