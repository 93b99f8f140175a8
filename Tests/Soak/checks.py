"""What must be true of a data directory when a soak is over."""

import collections
import gzip
import json
import re
import subprocess

# Whatever a client may have made up (clients.py, ledger.new_id): looked for once in each file, since to look for each
# name in each file takes hours after a long soak.
NAMES = re.compile(
    rb"mk[0-9a-f]+q|erased-\d+-[0-9a-f]+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[a-z]{3,9}\.x[0-9a-f]+@acme-corp\.dev")


def contents(data):
    """(path, bytes) of each file, sealed ones unpacked."""
    for path in sorted(data.rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            yield path, gzip.decompress(content) if path.name.endswith(".jsonl.gz") else content


def rows(data, pattern):
    for path in sorted(data.glob(pattern)):
        content = path.read_bytes()
        for line in (gzip.decompress(content) if path.suffix == ".gz" else content).splitlines():
            yield json.loads(line)


def check(soak):
    """Whatever is wrong goes into the ledger's failures."""
    ledger, data = soak.ledger, soak.service.data
    records = collections.Counter(row["example_id"] for row in rows(data, "training_logs/conversations_*"))
    for example_id, record in ledger.stored.items():
        if records[example_id] != 1:
            ledger.fail(f"the acknowledged record {example_id} ({record.marker}) stands in the files {records[example_id]} times")
    scores = {row["example_id"]: row["score"] for row in rows(data, "training_logs/feedback.jsonl")}
    for example_id, record in ledger.stored.items():
        if record.score and scores.get(example_id) != record.score:
            ledger.fail(f"{example_id} was last rated {record.score}, and {scores.get(example_id)} is there")
    unwanted = {
        "was erased": ledger.erased_ids - soak.doubtful | ledger.erased_markers | ledger.erased_users,
        "was refused": ledger.refused_markers, "is an address that was to be scrubbed": soak.secrets,
    }
    for names in unwanted.values():
        strange = next((name for name in names if not NAMES.fullmatch(name.encode())), None)
        if strange:
            ledger.fail(f"{strange} is of no form that the files are searched for")
    for path, content in contents(data):
        found = {name.decode() for name in NAMES.findall(content)}
        for why, names in unwanted.items():
            for name in sorted(names & found)[:3]:
                ledger.fail(f"{path.relative_to(data)} holds {name}, which {why}")
    corrected = {row["example_id"] for row in rows(data, "training_logs/corrections.jsonl")}
    dataset = list(rows(data, "curated/training_data.jsonl"))
    markers = {marker for row in dataset for marker in soak.markers_in(json.dumps(row))}
    for marker in sorted(markers & ledger.untrained_markers)[:3]:
        ledger.fail(f"the dataset holds {marker}, whose user refused training")
    sides = collections.defaultdict(set)
    for row in dataset:
        record = ledger.stored.get(row["example_id"])
        if record:
            sides[record.user].add(row["split"])
            if 0 < record.score < 4 and row["example_id"] not in corrected:
                ledger.fail(f"the dataset holds {row['example_id']}, which was last rated {record.score}")
    for user, both in sides.items():
        if len(both) > 1:
            ledger.fail(f"{user} is on both sides of the split")
    return sum(records.values())


def verify(soak):
    done = subprocess.run([soak.service.binary, "verify", "--data-dir", str(soak.service.data)], capture_output=True, text=True)
    if done.returncode != 0:
        soak.ledger.fail(f"cerberus verify ended with {done.returncode}: {done.stdout[-600:]} {done.stderr[-600:]}")
