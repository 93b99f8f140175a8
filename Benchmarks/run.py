#!/usr/bin/env python3
"""Benchmarks POST /v1/log against a bare nginx in the same run, in turns. See README.md beside this file.

Exit codes: 0 done, 1 a wrong answer or a server that failed, 64 usage, 78 the data directory is in memory.
"""

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import report
import servers

HERE = Path(__file__).resolve().parent
GENERATOR = HERE / ".build" / "release" / "cerberus-bench"
COLLECTOR = f"'{HERE.parent}/.build/release/cerberus' serve --data-dir {{data_dir}} --port {{port}}"
# A sync that reaches a disk takes longer than this, whatever the disk.
FREE_SYNC_MICROSECONDS = 10


def main():
    options = arguments()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda received, _: sys.exit(128 + received))
    scratch = Path(tempfile.mkdtemp(prefix="cerberus-bench-"))
    data_dir = Path(options.data_dir).resolve() / f".data-{os.getpid()}"
    started = []
    try:
        data_dir.mkdir(mode=0o700)
        return compare(options, scratch, data_dir, started)
    except servers.Failed as failure:
        print(f"bench: {failure}", file=sys.stderr)
        return 1
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        for server in started:
            server.stop()
        shutil.rmtree(data_dir, ignore_errors=True)
        shutil.rmtree(scratch, ignore_errors=True)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.error = lambda message: (parser.print_usage(sys.stderr), print(message, file=sys.stderr), sys.exit(64))
    parser.add_argument("--connections", type=int, default=64, help="keep-alive connections (%(default)s)")
    parser.add_argument("--seconds", type=float, default=5, help="measured seconds a round (%(default)s)")
    parser.add_argument("--warmup", type=float, default=1, help="seconds of load before each round (%(default)s)")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of each server (%(default)s)")
    parser.add_argument("--data-dir", default=str(HERE), help="where the fresh data directory is made and removed")
    parser.add_argument("--server-command", default=COLLECTOR, help="another server; {port} and {data_dir} are filled in")
    parser.add_argument("--name", help="what to call it in the table")
    parser.add_argument("--status-only", action="store_true", help="its 201 needs no example_id")
    parser.add_argument("--ready-path", default="/livez", help="what answers 200 once it is up (%(default)s)")
    options = parser.parse_args()
    if not (1 <= options.rounds <= 100 and 0.1 <= options.seconds <= 600 and 0 <= options.warmup <= 60):
        parser.error("rounds 1 to 100, seconds 0.1 to 600, warm-up 0 to 60")
    if not 1 <= options.connections <= 10_000:
        parser.error("connections 1 to 10,000")
    if not Path(options.data_dir).is_dir():
        parser.error("--data-dir names no directory")
    if options.name is None:
        options.name = "cerberus" if options.server_command == COLLECTOR else "server"
    return options


def compare(options, scratch, data_dir, started):
    if not GENERATOR.exists():
        raise servers.Failed("no load generator; build it first: swift build -c release --package-path Benchmarks")
    probe = subprocess.run([GENERATOR, "disk", data_dir], capture_output=True, text=True, timeout=120)
    if probe.returncode != 0:
        sys.stderr.write(probe.stderr)
        return probe.returncode
    sync = json.loads(probe.stdout)["fdatasync_64k_us"]

    ours = servers.collector(
        options.server_command, data_dir, scratch, options.name, options.status_only, options.ready_path)
    contenders = [ours]
    if servers.nginx_path():
        contenders.append(servers.nginx(scratch))
    else:
        print("nginx is not installed, so there is nothing to compare with. To install it: apt-get install nginx")
    for server in contenders:
        started.append(server)
        server.start()

    print(report.machine())
    print(f"one fdatasync of 64 KiB on the disk of the data: {sync / 1000:.3f} ms (median of 200)")
    if sync < FREE_SYNC_MICROSECONDS:
        print("A sync costs nothing here, so that it cannot be one: these figures say nothing about durable writes.")
    rounds, counted = run_rounds(options, contenders)
    return conclude(options, ours, rounds, counted, data_dir)


def run_rounds(options, contenders):
    """A B A B …: what disturbs the machine for a while disturbs both."""
    rounds = {server.name: [] for server in contenders}
    counted = []
    for number in range(1, options.rounds + 1):
        for server in contenders:
            before = {} if server.status_only else server.counters()
            result = load(options, server)
            if not server.status_only:
                counted.append((result["acknowledged"], before, server.counters()))
            rounds[server.name].append(result)
            print(f"  round {number} {server.name}: {result['requests_per_second']:,.0f} requests/s", flush=True)
    return rounds, counted


def load(options, server):
    """One round of the generator against one server: its report."""
    command = [
        str(GENERATOR), "load", "--target-port", str(server.port), "--connections", str(options.connections),
        "--seconds", str(options.seconds), "--warmup", str(options.warmup),
    ]
    for process in server.processes():
        command += ["--watch-pid", str(process)]
    if server.status_only:
        command.append("--status-only")
    generator = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
    try:
        out, err = generator.communicate(timeout=options.seconds + options.warmup + 60)
    except subprocess.TimeoutExpired as late:
        raise servers.Failed(f"the load generator did not end against {server.name}") from late
    finally:
        if generator.poll() is None:
            generator.kill()
            generator.wait()
    if not out:
        raise servers.Failed(f"no report against {server.name}: {err.decode().strip()}\n{server.log_tail()}")
    result = json.loads(out)
    if result["failures"]:
        print(f"  {result['failures']} failures against {server.name}, the first: {result['first_failure']}")
    return result


def conclude(options, ours, rounds, counted, data_dir):
    mine = rounds[ours.name]
    print(f"\nPOST /v1/log, bodies of {mine[0]['mean_body_bytes']:,} bytes on average, {options.connections} keep-alive "
          f"connections, closed loop, {options.rounds} rounds of {options.seconds:g} s in turns\n")
    print(report.table(rounds) + "\n")
    if "nginx" in rounds:
        print(report.ratio(ours.name, mine, rounds["nginx"]))
    print(report.syncs(counted) if counted else "syncs per 1,000 acknowledgements: not counted")
    print(report.generator(rounds))

    failures = sum(result["failures"] for results in rounds.values() for result in results)
    code = ours.stop()
    # The collector promises 0; other servers may simply die of the signal.
    stopped_well = code == 0 or (options.server_command != COLLECTOR and code == -signal.SIGTERM)
    if not stopped_well:
        print(f"{ours.name} ended with code {code} after SIGTERM")
    lost = check_stored(data_dir, sum(result["acknowledged"] for result in mine))
    return 1 if failures or lost or not stopped_well else 0


def check_stored(data_dir, acknowledged):
    """Counts the lines in the day files once the server is down. True when fewer are there than were acknowledged."""
    files = sorted((data_dir / "training_logs").glob("conversations_*.jsonl"))
    if not files:
        print("stored lines: not counted (no day files in the data directory)")
        return False
    lines = 0
    for path in files:
        with open(path, "rb") as file:
            while chunk := file.read(1 << 20):
                lines += chunk.count(b"\n")
    print(f"stored: {lines:,} lines for {acknowledged:,} acknowledgements" + (" – LOST" if lines < acknowledged else ""))
    return lines < acknowledged


if __name__ == "__main__":
    sys.exit(main())
