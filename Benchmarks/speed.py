#!/usr/bin/env python3
"""Every bound on speed in one run, beside nginx and a FastAPI logger; see README.md beside this file.

    Benchmarks/speed.py [--quick] [--records 1000000] [--python VENV_PYTHON] [--write]

Exit codes: 0 done (a missed bound is in the table), 1 a wrong answer or a server that failed, 78 the data is in memory."""
import argparse, json, os, pathlib, shutil, signal, statistics, subprocess, sys, tempfile, time

import report, servers
from run import COLLECTOR, GENERATOR, HERE

RESULTS = HERE / "RESULTS.md"
BEGIN, END = "<!-- speed: written by speed.py -->\n", "<!-- /speed -->\n"
BATCH = 100


class Bench:
    def __init__(self, options, root):
        self.options, self.root, self.started, self.rows = options, root, [], []
        self.seconds, self.rounds = (2, 1) if options.quick else (5, 3)

    def row(self, what, measured, must, holds=None):
        """`holds`: whether the bound is kept; None where nothing can be said."""
        self.rows.append((what, measured, must, {True: "yes", False: "**no**", None: "–"}[holds]))
        print(f"  {what}: {measured} (must: {must})", flush=True)

    def start(self, server):
        self.started.append(server)
        server.start()
        return server

    def collector(self, folder):
        (self.root / folder).mkdir(mode=0o700, exist_ok=True)
        return self.start(
            servers.collector(COLLECTOR, self.root / folder, self.root, "cerberus", False, "/readyz"))

    def load(self, server, *words, connections=64, seconds=None, ids=None):
        """One report of the generator, after one second of warm-up."""
        command = [GENERATOR, "load", "--target-port", server.port, "--connections", connections,
                   "--seconds", seconds or self.seconds, "--warmup", 1, *words]
        for process in server.processes():
            command += ["--watch-pid", process]
        if server.status_only:
            command.append("--status-only")
        done = subprocess.run([str(word) for word in command], input=ids, capture_output=True, text=True, timeout=900)
        if done.returncode != 0:
            raise servers.Failed(f"the load on {server.name} failed: {done.stdout}{done.stderr}\n{server.log_tail()}")
        return json.loads(done.stdout)

    def in_turns(self, contenders, **load):
        """name → reports: A B A B …, so that what disturbs the machine for a while disturbs all."""
        reports = {server.name: [] for server in contenders}
        for _ in range(self.rounds):
            for server in contenders:
                reports[server.name].append(self.load(server, **load))
        return reports


def rate(reports):
    return statistics.median(each["requests_per_second"] for each in reports)


def paired(ours, theirs, key="requests_per_second"):
    """The median of the ratios of neighbouring rounds."""
    return statistics.median(a[key] / b[key] for a, b in zip(ours, theirs))


def memory(server, key):
    """MB from /proc/PID/status: VmRSS now, VmHWM at most."""
    for line in pathlib.Path(f"/proc/{server.process.pid}/status").read_text().splitlines():
        if line.startswith(key):
            return int(line.split()[1]) * 1024 / 1e6


def against_others(bench, sync):
    ours, contenders = bench.collector("data"), []
    contenders.append(ours)
    bench.row("resident memory, idle", f"{memory(ours, 'VmRSS'):.0f} MB", "20 MB", memory(ours, "VmRSS") <= 20)
    if servers.nginx_path():
        contenders.append(bench.start(servers.nginx(bench.root)))
    if bench.options.python:
        contenders.append(bench.start(fastapi(bench)))
    for connections, must in ((256, 0.4), (64, 0.35)):
        reports = bench.in_turns(contenders, connections=connections)
        mine = reports["cerberus"]
        print(report.table(reports))
        if "nginx" in reports:
            share = paired(mine, reports["nginx"])
            bench.row(f"durable logs a second, {connections} connections, against nginx `return 201`",
                      f"{share:.3f} ({rate(mine):,.0f} and {rate(reports['nginx']):,.0f})", f"≥ {must}", share >= must)
            cost = paired(mine, reports["nginx"], "watched_us")
            if connections == 64:
                bench.row("CPU a request against nginx", f"{cost:.1f} ({statistics.median(r['watched_us'] for r in mine):.0f} µs)",
                          "≤ 4", cost <= 4)
        if "fastapi" in reports:
            times = paired(mine, reports["fastapi"])
            bench.row(f"against FastAPI, {connections} connections", f"{times:.1f} ({rate(reports['fastapi']):,.0f} a second)",
                      "≥ 18", times >= 18)
    for other in contenders[1:]:
        other.stop()
    of_one(bench, ours, sync, mine)
    ours.stop()


def of_one(bench, ours, sync, mine):
    """What is measured on the collector alone; `mine` are its last rounds of logs at 64 connections."""
    half = bench.load(ours, "--rate", int(rate(mine) / 2))
    bench.row("p99 at half of the most, from the moment due", f"{half['p99_ms']:.2f} ms, {half['p99_ms'] / sync:.1f} syncs",
              "≤ 4 syncs of 64 KiB", half["p99_ms"] <= 4 * sync if half["behind_seconds"] < 0.1 else False)
    batch = bench.load(ours, "--batch", BATCH, "--bodies", 64, connections=16)
    speed = batch["mean_body_bytes"] / batch["watched_us"]
    bench.row(f"NDJSON batches of {BATCH}", f"{speed:.0f} MB a CPU-second", "≥ 80", speed >= 80)
    ids = "\n".join(example_ids(bench.root / "data"))
    ratings, logs = [], []
    for _ in range(bench.rounds):
        ratings.append(bench.load(ours, "--feedback", ids=ids))
        logs.append(bench.load(ours))
    share = paired(ratings, logs)
    bench.row("ratings a second against logs", f"{share:.2f} ({rate(ratings):,.0f})", "≥ 0.7", share >= 0.7)
    crowd = bench.load(ours, connections=1000)
    most = memory(ours, "VmHWM")
    bench.row("most memory so far, 1,000 connections under load last", f"{most:.0f} MB", "120 MB", most <= 120)
    print(f"  1,000 connections: {crowd['requests_per_second']:,.0f} a second, p99 {crowd['p99_ms']:.0f} ms")


def example_ids(data):
    """Up to 20,000 ids of the oldest day file."""
    first = min((data / "training_logs").glob("conversations_*.jsonl"))
    with open(first, encoding="utf-8") as lines:
        for line, _ in zip(lines, range(20_000)):
            yield json.loads(line)["example_id"]


def fastapi(bench):
    """The reference of fastapi_reference.py on two workers."""
    port = servers.free_port()
    data = bench.root / "fastapi"
    data.mkdir()
    command = ["env", f"DATA_DIR={data}", bench.options.python, "-m", "uvicorn", "--workers", "2", "--no-access-log",
               "--log-level", "warning", "--port", str(port), "--app-dir", str(HERE), "fastapi_reference:app"]
    return servers.Server("fastapi", command, port, bench.root / "fastapi.log", status_only=True)


def grown(bench):
    """A data directory with many records: what a start costs, what statistics cost, what a record costs."""
    server, wanted, costs, stored = bench.collector("many"), bench.options.records, [], 0
    while stored < wanted:
        batch = bench.load(server, "--batch", BATCH, "--bodies", 64, "--seed", len(costs), connections=8, seconds=10)
        stored += batch["acknowledged"] * BATCH
        costs.append(batch["watched_us"] / BATCH)
    if len(costs) >= 4:
        quarter = len(costs) // 4
        growth = statistics.mean(costs[-quarter:]) / statistics.mean(costs[:quarter])
        bench.row(f"CPU a record, last quarter of {stored:,} records against the first", f"{growth:.2f}", "≤ 1.2", growth <= 1.2)
    server.stop()
    begin = time.perf_counter()
    server = bench.collector("many")
    start = (time.perf_counter() - begin) * 1000
    bench.row(f"start with {stored:,} records", f"{start:.0f} ms", "300 ms", start <= 300)
    times = statistics_times(server)
    bench.row(f"`GET /v1/stats` at {stored:,} records, p99", f"{times[int(len(times) * 0.99)]:.2f} ms", "2 ms",
              times[int(len(times) * 0.99)] <= 2)
    held = memory(server, "VmRSS")
    bench.row(f"resident memory, {stored:,} records", f"{held:.0f} MB", "60 MB", held <= 60)
    server.stop()


def statistics_times(server):
    """Sorted milliseconds of 2,000 requests on one connection."""
    import http.client

    connection, times = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10), []
    for _ in range(2000):
        begin = time.perf_counter()
        connection.request("GET", "/v1/stats")
        answer = connection.getresponse()
        answer.read()
        times.append((time.perf_counter() - begin) * 1000)
        if answer.status != 200:
            raise servers.Failed(f"GET /v1/stats answered {answer.status}")
    connection.close()
    return sorted(times)


def write(bench, heading):
    table = "| what | measured | must | holds |\n| --- | --- | --- | --- |\n"
    table += "".join(f"| {' | '.join(row)} |\n" for row in bench.rows)
    before, _, rest = RESULTS.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    RESULTS.write_text(f"{before}{BEGIN}\n{heading}\n\n{table}\n{END}{after}", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="one short round of each, no large data directory")
    parser.add_argument("--records", type=int, default=1_000_000, help="records of the large data directory (%(default)s)")
    parser.add_argument("--python", help="a Python with fastapi and uvicorn, for the comparison with them")
    parser.add_argument("--data-dir", default=str(HERE), help="where fresh data directories are made and removed")
    parser.add_argument("--write", action="store_true", help="put the table into RESULTS.md")
    options = parser.parse_args()
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda received, _: sys.exit(128 + received))
    root = pathlib.Path(tempfile.mkdtemp(prefix=".data-", dir=options.data_dir))
    bench = Bench(options, root)
    try:
        probe = subprocess.run([GENERATOR, "disk", root], capture_output=True, text=True, timeout=120)
        if probe.returncode != 0:
            sys.stderr.write(probe.stderr)
            return probe.returncode
        sync = json.loads(probe.stdout)["fdatasync_64k_us"] / 1000
        heading = (f"{time.strftime('%Y-%m-%d')}, {report.machine()}; one sync of 64 KiB {sync:.2f} ms; "
                   f"{bench.rounds} rounds of {bench.seconds} s in turns, load from the same cores.")
        print(heading)
        against_others(bench, sync)
        if not options.quick:
            grown(bench)
        if options.write:
            write(bench, heading)
        return 0
    except servers.Failed as failure:
        print(f"bench: {failure}", file=sys.stderr)
        return 1
    finally:
        for server in bench.started:
            server.stop()
        shutil.rmtree(root, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
