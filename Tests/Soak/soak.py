#!/usr/bin/env python3
"""Everything at once: clients of every kind against the real binary, which is killed, has no room, and lives through a
midnight. Says what was promised and is not so.

    Tests/Soak/soak.py [--binary PATH] [--seconds 60] [--seed N] [--data-dir FOLDER]

Exit codes: 0 all as promised, 1 not (the data directory is kept, the seed is said), 64 usage. Standard library alone;
the clock jumps only where libfaketime is installed."""

import argparse
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time

import checks
import clients
from ledger import Ledger
from service import FAKE_TIME, Service

MARKER = re.compile(r"mk[0-9a-f]+q")
# What a server may have at most, whatever is done to it: clients, files and queues are bounded.
BOUNDS = {"MiB": 400, "descriptors": 256, "threads": 96}
DAY = 86_400


class Soak:
    def __init__(self, options, folder):
        self.seed, self.seconds = options.seed, options.seconds
        self.ledger = Ledger()
        self.service = Service(str(pathlib.Path(options.binary).resolve()), folder)
        # The first: no new work. The second: what is on its way is given up, too.
        self.ended, self.gave_up = threading.Event(), threading.Event()
        self.secrets, self.doubtful = set(), set()

    def markers_in(self, text):
        return set(MARKER.findall(text))

    def threads(self):
        kinds = [(clients.Logger, 4, 0), (clients.Batcher, 1, 0.2), (clients.Eraser, 2, 0.2), (clients.Refuser, 1, 0.1),
                 (clients.Reader, 2, 0.05), (clients.Curator, 1, 2), (clients.Vandal, 2, 0.05)]
        return [kind(f"{kind.__name__.lower()}{number}", self, pause) for kind, count, pause in kinds for number in range(count)]

    def run(self):
        self.service.start()
        workers = self.threads()
        for worker in workers:
            worker.start()
        self.disturb()
        self.ended.set()
        # What was begun is brought to its end by a server that nobody disturbs any more.
        for worker in workers:
            worker.join(timeout=60)
        self.gave_up.set()
        for worker in workers:
            worker.join(timeout=90)
        if self.service.stop() != 0:
            self.ledger.fail("the last SIGTERM did not end the server with 0")
        self.settle()

    def disturb(self):
        """A kill each period, and once in a soak each of the other troubles."""
        end = time.monotonic() + self.seconds
        period = max(6, min(60, self.seconds / 5))
        troubles = [self.stop, self.fill_up, self.reopen] + ([self.midnight] if FAKE_TIME else [])
        random.Random(self.seed).shuffle(troubles)
        while time.monotonic() < end and not self.ledger.failures:
            for _ in range(int(period)):
                self.service.life.sample()
                time.sleep(1)
            if troubles:
                troubles.pop()()
            else:
                self.kill()

    def kill(self):
        self.ledger.count("kills")
        self.service.kill()
        self.service.start()

    def stop(self):
        code = self.service.stop()
        if code != 0:
            self.ledger.fail(f"SIGTERM ended the server with {code}: {self.service.tail()}")
        self.service.start()

    def reopen(self):
        self.service.life.process.send_signal(1)
        self.kill()

    def fill_up(self):
        """As a full disk: no file may grow beyond a page, and then again."""
        self.service.limit_files(4096)
        time.sleep(3)
        self.service.free_files()
        time.sleep(1)
        self.kill()

    def midnight(self):
        """The clock comes to five seconds before the next day of UTC."""
        self.service.clock.jump(int(DAY - self.service.clock.now() % DAY) - 5)

    def settle(self):
        """A start, a run of the curator and a stop: what waited is completed, and the dataset is of what is there."""
        self.gave_up.clear()
        self.service.start()
        last = clients.Client("last", self)
        # Behind the erasures that are taken up again.
        last.settle("POST", "/v1/users/erase", {"user_id": "nobody"})
        last.settle("POST", "/v1/curate")
        answer = last.settle("GET", "/v1/stats")
        stats = answer and answer[1]
        if self.service.stop() != 0:
            self.ledger.fail("a server without clients did not end with 0 on SIGTERM")
        records = checks.check(self)
        if stats is None or stats["conversations"] != records:
            self.ledger.fail(f"statistics count {stats and stats['conversations']} records, the files {records}")
        checks.verify(self)
        for life in self.service.lives:
            for name, most in life.most.items():
                if most > BOUNDS[name]:
                    self.ledger.fail(f"a server had {most} {name}, more than {BOUNDS[name]}")
        for number, event in self.service.errors():
            self.ledger.fail(f"life {number} told an error without a cause: {event}")

    def report(self):
        most = {name: max(life.most[name] for life in self.service.lives) for name in BOUNDS}
        print(f"{len(self.service.lives)} lives; at most " + ", ".join(f"{count} {name}" for name, count in most.items()))
        print(f"{len(self.ledger.stored):,} records kept, {len(self.ledger.erased_ids):,} erased, "
              f"{len(self.ledger.refused_markers):,} refused, {len(self.secrets):,} addresses scrubbed")
        for name, count in sorted(self.ledger.counts.items()):
            print(f"  {count:8,} {name}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.error = lambda message: (parser.print_usage(sys.stderr), print(message, file=sys.stderr), sys.exit(64))
    parser.add_argument("--binary", default=".build/debug/cerberus")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--data-dir", help="where the data directory is made; no tmpfs (default: the temporary directory)")
    options = parser.parse_args()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="cerberus-soak-", dir=options.data_dir))
    kind = subprocess.run(["stat", "-f", "-c", "%T", folder], capture_output=True, text=True).stdout.strip()
    if kind == "tmpfs":
        parser.error("a tmpfs syncs nothing; name another --data-dir")
    soak = Soak(options, folder)
    try:
        soak.run()
    except AssertionError as failure:
        soak.ledger.fail(str(failure))
    finally:
        if soak.service.lives and soak.service.life.process.poll() is None:
            soak.service.kill()
    soak.report()
    if soak.ledger.failures:
        print(f"soak: seed {options.seed}, data in {folder}", file=sys.stderr)
        for failure in soak.ledger.failures:
            print(f"soak: {failure}", file=sys.stderr)
        sys.exit(1)
    shutil.rmtree(folder)
    print("soak: all as promised")


if __name__ == "__main__":
    main()
