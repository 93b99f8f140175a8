#!/usr/bin/env python3
"""How fast the index is made anew from the files: MB of text per second of `cerberus reindex`, plain and sealed.

    Benchmarks/rebuild.py [--binary PATH] [--megabytes N] [--data-dir FOLDER]

The lines are made here, of prose and of code from Python's own library, 2 KB on average, over four days; the sealed days
too, by the description in data/README.md. The start of the process on an empty directory is taken off. The files are
in the page cache. Exit code 1: under 200 MB/s. Standard library alone."""
import argparse, datetime, json, os, pathlib, random, shutil, struct, subprocess, sys, tempfile, time, zlib

from scrub import TALK, code
import sysconfig

DAYS = 4
LEAST = 200


def lines(megabytes):
    """Stored lines by day."""
    rnd = random.Random(3)
    source = code(sysconfig.get_paths()["stdlib"], 8_000_000)
    start = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days=DAYS)
    days = {}
    for day in range(DAYS):
        moment = (start + datetime.timedelta(days=day)).replace(hour=1, minute=0, second=0, microsecond=0)
        made, parts = 0, []
        while made < megabytes * 1_000_000 // DAYS:
            moment += datetime.timedelta(milliseconds=20)
            number = int(moment.timestamp() * 1000) << 80 | 0x7 << 76 | 0x2 << 62
            hexed = f"{number | rnd.getrandbits(61):032x}"
            at, length = rnd.randrange(len(source) - 4_000), rnd.randrange(200, 2_800)
            record = {
                "example_id": "-".join((hexed[:8], hexed[8:12], hexed[12:16], hexed[16:20], hexed[20:])),
                "timestamp": moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
                "user_id": f"{rnd.randrange(5_000):016x}", "session_id": f"{rnd.randrange(50_000):016x}",
                "user_message": rnd.choice(TALK), "assistant_message": source[at : at + length], "history": [],
                "context": None, "language": "python", "framework": "", "complexity": "", "model": "m", "variant": "",
                "redactions": {}, "idempotency": "",
            }  # fmt: skip
            parts.append(json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
            made += len(parts[-1])
        days[f"conversations_{moment.date()}.jsonl"] = parts
    return days


def sealed(parts):
    """A row of gzip members, as data/README.md has it."""
    file, text, offset = b"", b"", 0
    for part in [*parts, None]:
        if text and (part is None or len(text) + len(part) > 1 << 20):
            packer = zlib.compressobj(6, zlib.DEFLATED, -15)
            body = packer.compress(text) + packer.flush() + struct.pack("<II", zlib.crc32(text), len(text))
            head = b"\x1f\x8b\x08\x04\0\0\0\0\0\xff" + struct.pack("<H2sH", 20, b"CS", 16)
            file += head + struct.pack("<QII", offset, len(text), len(body) + 32) + body
            offset, text = offset + len(text), b""
        text += part or b""
    return file


def reindex(binary, root):
    begin = time.monotonic()
    subprocess.run([binary, "reindex", "--data-dir", root], check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - begin


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", default=".build/release/cerberus")
    parser.add_argument("--megabytes", type=int, default=400)
    parser.add_argument("--data-dir", default=None, help="a folder on the disk that is to be measured")
    arguments = parser.parse_args()
    binary = os.path.abspath(arguments.binary)
    days = lines(arguments.megabytes)
    size = sum(len(part) for parts in days.values() for part in parts)
    records = sum(len(parts) for parts in days.values())
    print(f"{records} records, {size / 1e6:.0f} MB")
    slowest = float("inf")
    with tempfile.TemporaryDirectory(dir=arguments.data_dir) as folder:
        pathlib.Path(folder, "empty", "state").mkdir(parents=True)
        empty = min(reindex(binary, folder + "/empty") for _ in range(3))
        for form in ["plain", "sealed"]:
            logs = pathlib.Path(folder, form, "training_logs")
            logs.mkdir(parents=True)
            (logs.parent / "state").mkdir()
            for name, parts in days.items():
                path = logs / (name if form == "plain" else name + ".gz")
                path.write_bytes(b"".join(parts) if form == "plain" else sealed(parts))
            rate = size / 1e6 / (min(reindex(binary, str(logs.parent)) for _ in range(2)) - empty)
            verify = subprocess.run([binary, "verify", "--json", "--data-dir", str(logs.parent)], stdout=subprocess.PIPE)
            report = json.loads(verify.stdout)
            if report["records"] != records or report["fault_count"]:
                sys.exit(f"rebuild: {form}: the index is not that of the files: {report['fault_count']} faults")
            print(f"{form:8} {rate:7.1f} MB/s, {records / size * rate * 1e6:9.0f} records/s")
            slowest = min(slowest, rate)
            shutil.rmtree(logs.parent)
    sys.exit(0 if slowest >= LEAST else 1)


if __name__ == "__main__":
    main()
