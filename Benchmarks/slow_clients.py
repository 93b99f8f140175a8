#!/usr/bin/env python3
"""p99 of good clients, calm and with 200 slow ones hanging on the server, in turns. See README.md beside this file.

Exit codes: 0 the median ratio is within the bound, 1 it is not or an answer was wrong, 64 usage.
"""

import argparse
import shutil
import socket
import sys
import tempfile
import threading
import time
from pathlib import Path
from statistics import median

import run
import servers

BOUND = 2.0
BODY = b'{"user_id":"slow","session_id":"s","user_message":"' + b"x" * 200


class SlowClients:
    """Connections that send one byte every 100 ms and never read: a third in the head, a third in the body, a third
    with answers waiting that they do not take. One that the server closes is opened again."""

    def __init__(self, port, count):
        self.port, self.count = port, count
        self.reopened = 0
        self.stopped = threading.Event()
        self.thread = threading.Thread(target=self.hang, daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.stopped.set()
        self.thread.join()

    def open(self, kind):
        connection = socket.create_connection(("127.0.0.1", self.port))
        connection.setblocking(False)
        head = b"POST /v1/log HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n"
        if kind == 0:
            return connection, head
        if kind == 1:
            connection.send(head + b"\r\n")
            return connection, BODY
        connection.send(b"GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n" * 20)
        return connection, b""

    def hang(self):
        held = {number: self.open(number % 3) for number in range(self.count)}
        position = 0
        while not self.stopped.wait(0.1):
            position += 1
            for number, (connection, text) in held.items():
                try:
                    if text:
                        connection.send(text[position % len(text):][:1])
                except BlockingIOError:
                    continue
                except OSError:
                    connection.close()
                    self.reopened += 1
                    held[number] = self.open(number % 3)
        for connection, _ in held.values():
            connection.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.error = lambda message: (parser.print_usage(sys.stderr), print(message, file=sys.stderr), sys.exit(64))
    parser.add_argument("--slow", type=int, default=200, help="slow clients (%(default)s)")
    parser.add_argument("--connections", type=int, default=16, help="good clients (%(default)s)")
    parser.add_argument("--seconds", type=float, default=5, help="measured seconds a round (%(default)s)")
    parser.add_argument("--rounds", type=int, default=5, help="rounds of each kind (%(default)s)")
    options = parser.parse_args()
    options.warmup = 1
    scratch = Path(tempfile.mkdtemp(prefix="cerberus-slow-"))
    data_dir = run.HERE / f".data-slow-{time.time_ns()}"
    data_dir.mkdir(mode=0o700)
    server = servers.collector(run.COLLECTOR, data_dir, scratch, "cerberus", False, "/livez")
    try:
        server.start()
        return measure(options, server)
    except servers.Failed as failure:
        print(f"slow clients: {failure}", file=sys.stderr)
        return 1
    finally:
        server.stop()
        shutil.rmtree(data_dir, ignore_errors=True)
        shutil.rmtree(scratch, ignore_errors=True)


def measure(options, server):
    ratios, failures = [], 0
    for number in range(1, options.rounds + 1):
        calm = run.load(options, server)
        with SlowClients(server.port, options.slow) as slow:
            time.sleep(0.5)
            crowded = run.load(options, server)
        failures += calm["failures"] + crowded["failures"]
        ratios.append(crowded["p99_ms"] / calm["p99_ms"])
        print(f"round {number}: p99 {calm['p99_ms']:.2f} ms calm, {crowded['p99_ms']:.2f} ms with {options.slow} slow "
              f"clients ({slow.reopened} opened again), ratio {ratios[-1]:.2f}", flush=True)
    middle = median(ratios)
    print(f"median ratio {middle:.2f} ({min(ratios):.2f} to {max(ratios):.2f}), bound {BOUND:g}; {failures} failures")
    return 1 if failures or middle > BOUND else 0


if __name__ == "__main__":
    sys.exit(main())
