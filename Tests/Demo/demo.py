#!/usr/bin/env python3
"""The whole way of the sample conversations, with the real binary: log, rate, curate, count, stop.

Starts `cerberus serve` on a free port with a temporary data directory, prints a short story and checks each step of it.
Exit codes: 0 all as expected, 1 a mismatch (said on stderr), 64 usage. Standard library alone.
"""

import argparse
import http.client
import json
import shutil
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Benchmarks"))
import servers  # noqa: E402  (starts and stops a server; shared with the benchmark)

import samples as sample_file  # noqa: E402

STORY_LINES = 3
SHORTENED = 110


def main():
    options = arguments()
    scratch = Path(tempfile.mkdtemp(prefix="cerberus-demo-"))
    data = scratch / "data"
    command = f"'{options.binary}' serve --host 127.0.0.1 --port {{port}} --data-dir '{data}'"
    server = None
    try:
        server = servers.collector(command, data, scratch, "cerberus", status_only=False, ready_path="/readyz")
        server.start()
        tell(Story(server, options.binary, data, sample_file.load(options.samples)))
        code = server.stop()
        require(code == 0, f"after SIGTERM the server ended with {code}, not 0:\n{server.log_tail()}")
        print("\nSIGTERM: stopped with exit code 0. The demo went as expected.")
        return 0
    except (Mismatch, servers.Failed) as failure:
        print(f"demo: {failure}", file=sys.stderr)
        return 1
    finally:
        if server is not None:
            server.stop()
        shutil.rmtree(scratch, ignore_errors=True)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.error = lambda message: (print(f"demo: {message}", file=sys.stderr), sys.exit(64))
    parser.add_argument("--binary", default=str(ROOT / ".build" / "release" / "cerberus"), help="(%(default)s)")
    parser.add_argument("--samples", default=str(ROOT / "data" / "samples" / "conversations.jsonl"))
    options = parser.parse_args()
    if not Path(options.binary).is_file():
        parser.error(f"no binary at {options.binary}; build it first: swift build -c release")
    return options


class Mismatch(Exception):
    """Something that went otherwise than the contract says, in one sentence."""


def require(condition, otherwise):
    if not condition:
        raise Mismatch(otherwise)


def parsed(text, source):
    try:
        return json.loads(text)
    except ValueError as error:
        raise Mismatch(f"{source} gave no JSON: {error}") from error


class Story:
    """One keep-alive connection to the server, its command line, and the samples."""

    def __init__(self, server, binary, data, samples):
        self.binary, self.data, self.samples = binary, data, samples
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)

    def call(self, method, path, body=None, expected=200):
        encoded = None if body is None else json.dumps(body, ensure_ascii=False).encode()
        headers = {} if body is None else {"Content-Type": "application/json"}
        try:
            self.connection.request(method, path, encoded, headers)
            response = self.connection.getresponse()
            status, text = response.status, response.read().decode()
        except (OSError, http.client.HTTPException) as error:
            raise Mismatch(f"{method} {path}: {error!r}") from error
        require(status == expected, f"{method} {path} answered {status}, not {expected}: {text}")
        return parsed(text, f"{method} {path}")

    def run(self, *words):
        """stdout of a command beside the running server."""
        done = subprocess.run(
            [self.binary, *words, "--data-dir", self.data], capture_output=True, text=True, timeout=60)
        require(done.returncode == 0, f"cerberus {' '.join(words)} ended with {done.returncode}: {done.stderr}")
        return done.stdout

    def lines(self, path):
        return [json.loads(line) for line in (self.data / path).read_text(encoding="utf-8").splitlines()]


def tell(story):
    log_and_rate(story)
    show_scrubbing(story)
    curate(story)
    show_statistics(story)


def log_and_rate(story):
    rated = 0
    for sample in story.samples:
        answer = story.call("POST", "/v1/log", sample.log, expected=201)
        require(answer["status"] == "success", f"POST /v1/log answered {answer}")
        sample.example_id = answer["example_id"]
        if sample.feedback:
            answer = story.call("POST", "/v1/feedback", {"example_id": sample.example_id} | sample.feedback)
            require(answer == {"status": "success"}, f"POST /v1/feedback answered {answer}")
            rated += 1
    ids = {sample.example_id for sample in story.samples}
    require(len(ids) == len(story.samples), "an example_id was given twice")
    print(f"Logged {len(ids)} conversations, rated {rated} of them.")


def show_scrubbing(story):
    stored = {}
    for path in (story.data / "training_logs").glob("conversations_*.jsonl"):
        stored |= {line["example_id"]: line for line in story.lines(path)}
    require(len(stored) == len(story.samples), f"the day files hold {len(stored)} records, not {len(story.samples)}")
    shown = next(sample for sample in story.samples if len(sample.probes) >= 3)
    line = stored[shown.example_id]
    print("\nSent by user", shown.log["user_id"])
    print(indented(shown.question))
    print("\nStored for user", line["user_id"], "with redactions", json.dumps(line["redactions"]))
    print(indented(line["user_message"]))
    contents = {path: path.read_bytes() for path in story.data.rglob("*") if path.is_file()}
    planted = {probe for sample in story.samples for probe in sample.probes}
    raw = planted | {sample.log["user_id"] for sample in story.samples}
    for path, content in contents.items():
        for text in raw:
            # Not the text itself: a planted value belongs into no output.
            require(text.encode() not in content, f"{path.name} holds a planted value or a raw user id")
    print(f"\nNone of {len(planted)} planted values and no raw user id stands in any of {len(contents)} files.")


def curate(story):
    manifest = story.call("POST", "/v1/curate")
    expected = sample_file.expected_statistics(story.samples)
    rows = story.lines("curated/training_data.jsonl")
    require(len(rows) == expected["high_quality"], f"{len(rows)} rows, not {expected['high_quality']}, in the dataset")
    users = {sample.example_id: sample.log["user_id"] for sample in story.samples}
    sides = {side: {users[row["example_id"]] for row in rows if row["split"] == side} for side in ("train", "test")}
    require(not sides["train"] & sides["test"], "a user stands on both sides of the split")
    require(all(row["split"] in sides for row in rows), "a row is on neither side of the split")
    rejected = sample_file.without_zeros(manifest["rejected"])
    require(manifest["examples"] == len(rows), f"the manifest speaks of {manifest['examples']} rows, not {len(rows)}")
    require(rejected == expected["rejected"], f"the manifest rejects {rejected}, the samples {expected['rejected']}")
    corrected = [row for row in story.lines("curated/preferences.jsonl") if row["reason"] == "corrected"]
    require(len(corrected) == expected["corrections"], f"{len(corrected)} originals of corrected answers in preferences")
    print("\nPOST /v1/curate: version", manifest["version"])
    print(f"  {manifest['examples']} examples, {manifest['train']} to train and {manifest['test']} held out;"
          f" {manifest['preferences']} negatives")
    print("  left out:", ", ".join(f"{count} {reason}" for reason, count in rejected.items()))
    languages = ", ".join(f"{name} {count}" for name, count in manifest["languages"].items())
    print(textwrap.fill("languages: " + languages, SHORTENED, initial_indent="  ", subsequent_indent="    "))
    print("\nThe first rows of curated/training_data.jsonl:")
    for row in rows[:STORY_LINES]:
        print("  " + shortened(json.dumps(row, ensure_ascii=False)))


def show_statistics(story):
    statistics = story.call("GET", "/v1/stats")
    for name, value in sample_file.expected_statistics(story.samples).items():
        found = statistics.get(name)
        if isinstance(found, dict) and name != "scores":
            found = sample_file.without_zeros(found)
        same = abs(found - value) < 0.001 if isinstance(value, float) and found is not None else found == value
        require(same, f"/v1/stats says {name} {found}, and the samples say {value}")
    told = parsed(story.run("stats", "--json"), "cerberus stats --json")
    require(told == statistics, "cerberus stats --json differs from GET /v1/stats")
    print("\ncerberus stats:")
    print(indented(story.run("stats")))
    progress = story.call("GET", "/v1/progress")
    good = statistics["high_quality"]
    require(progress["high_quality"] == good, f"/v1/progress says {progress['high_quality']} high quality, not {good}")
    print("\ncerberus progress:")
    print(indented(story.run("progress").rstrip()))


def indented(text):
    return textwrap.indent(text.rstrip(), "  ")


def shortened(text):
    return text if len(text) <= SHORTENED else text[: SHORTENED - 1] + "…"


if __name__ == "__main__":
    sys.exit(main())
