#!/usr/bin/env python3
"""Erasure of one user of 20 records among many, beside a client that goes on logging. See README.md beside this file.

Exit codes: 0 measured, 1 an answer was wrong, 64 usage.
"""

import argparse
import http.client
import json
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import servers

LINES = 1000
TEXT = " ".join(f"word{number}" for number in range(60))


def percentile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(share * len(values)))] if values else float("nan")


def record(user, number):
    return json.dumps({
        "user_id": user, "session_id": f"s{number % 7}", "language": "python", "framework": "",
        "user_message": f"Question {number} of {user}?", "assistant_message": f"Answer {number}: {TEXT}."})


class Client:
    def __init__(self, port):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)

    def post(self, path, body, kind="application/json"):
        self.connection.request("POST", path, body, {"Content-Type": kind})
        response = self.connection.getresponse()
        return response.status, response.read()


def fill(port, records, user):
    """Twenty records of the user, spread over all the others."""
    client = Client(port)
    places = {records // 20 * number + 7 for number in range(20)}
    for start in range(0, records, LINES):
        lines = [record(user if number in places else f"user-{number % 50_000}", number)
                 for number in range(start, min(start + LINES, records))]
        status, body = client.post("/v1/log", "\n".join(lines), "application/x-ndjson")
        if status != 200 or json.loads(body)["rejected"]:
            raise servers.Failed(f"a batch was answered {status}")


class Ingest(threading.Thread):
    """One client that logs as fast as it is answered; the time of each request, by when it was sent."""

    def __init__(self, port):
        super().__init__(daemon=True)
        self.client = Client(port)
        self.times = []
        self.stopped = threading.Event()

    def run(self):
        number = 0
        while not self.stopped.is_set():
            number += 1
            begin = time.monotonic()
            status, _ = self.client.post("/v1/log", record(f"ingest-{number % 100}", number))
            if status != 201:
                raise servers.Failed(f"a record was answered {status}")
            self.times.append((begin, time.monotonic() - begin))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--server", default=".build/release/cerberus", help="the binary")
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--directory", help="where the data goes; no tmpfs (default: the temporary directory)")
    options = parser.parse_args()
    if options.records < 1000:
        parser.error("--records must be 1000 or more")
    folder = Path(tempfile.mkdtemp(prefix="cerberus-erasure-", dir=options.directory))
    kind = subprocess.run(["stat", "-f", "-c", "%T", folder], capture_output=True, text=True).stdout.strip()
    if kind == "tmpfs":
        parser.error("a tmpfs syncs nothing; name another --directory")
    port = servers.free_port()
    data = folder / "data"
    server = servers.Server(
        "cerberus", [options.server, "serve", "--port", str(port), "--data-dir", str(data), "--no-maintenance"], port,
        folder / "log", status_only=False)
    try:
        server.start()
        begin = time.monotonic()
        fill(port, options.records, "erased-user")
        print(f"{options.records} records logged in {time.monotonic() - begin:.1f} s")
        day = max(data.glob("training_logs/conversations_*.jsonl"), key=lambda path: path.stat().st_size)
        begin = time.monotonic()
        subprocess.run(["cp", day, folder / "copy"], check=True)
        subprocess.run(["sync", folder / "copy"], check=True)
        copy = time.monotonic() - begin
        ingest = Ingest(port)
        ingest.start()
        time.sleep(5)
        begin = time.monotonic()
        status, body = Client(port).post("/v1/users/erase", json.dumps({"user_id": "erased-user"}))
        end = time.monotonic()
        time.sleep(2)
        ingest.stopped.set()
        ingest.join()
        receipt = json.loads(body)
        if status != 200 or receipt["records"] != 20:
            raise servers.Failed(f"the erasure was answered {status}: {body[:200]}")
        calm = [time for sent, time in ingest.times if sent < begin]
        during = [time for sent, time in ingest.times if begin <= sent < end]
        print(f"file of the day            {day.stat().st_size / 1e6:.0f} MB")
        print(f"cp of it, and its sync     {copy:.2f} s")
        print(f"erasure of 20 records      {end - begin:.2f} s, {end - begin - copy:+.2f} s beside one copy")
        for name, times in (("calm", calm), ("meanwhile", during)):
            print(f"log, one client, {name:<9} p50 {percentile(times, 0.5) * 1e3:.2f} ms, "
                  f"p99 {percentile(times, 0.99) * 1e3:.2f} ms, slowest {max(times, default=0) * 1e3:.0f} ms, "
                  f"{len(times)} requests")
        return 0
    except servers.Failed as failure:
        print(failure, file=sys.stderr)
        return 1
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
