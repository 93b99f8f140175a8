#!/usr/bin/env python3
"""What one `POST /v1/log` costs the server: user and kernel time, waits and syncs, beside nginx; or instructions.

    Benchmarks/instructions.py [--seconds 5] [--rounds 3] [--connections 64] [--binary PATH]
    Benchmarks/instructions.py --callgrind [--top 40]

Time moves with the neighbours of the machine; the instructions that valgrind counts do not, so they tell a small gain.
Exit codes: 0 done, 1 a wrong answer or a server that failed, 78 the data is in memory."""
import argparse, json, os, pathlib, re, shutil, signal, statistics, subprocess, sys, tempfile, time

import report, servers
from run import COLLECTOR, GENERATOR, HERE

TICKS = os.sysconf("SC_CLK_TCK")
INSTRUCTIONS = re.compile(r"^\s*([\d,]+)\s+\(\s*[\d.]+%\)\s+(.*)$")


class Figures:
    """The counters of a server and its children at one moment."""

    def __init__(self, server):
        self.user = self.kernel = self.faults = self.waits = self.preempted = 0
        for process in server.processes():
            folder = pathlib.Path(f"/proc/{process}")
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            self.faults += int(fields[7])
            self.user += int(fields[11]) / TICKS
            self.kernel += int(fields[12]) / TICKS
            for task in (folder / "task").iterdir():
                status = (task / "status").read_text()
                self.waits += int(re.search(r"^voluntary_ctxt_switches:\s+(\d+)", status, re.M)[1])
                self.preempted += int(re.search(r"^nonvoluntary_ctxt_switches:\s+(\d+)", status, re.M)[1])
        counters = server.counters()
        self.syncs = counters.get("cerberus_commit_syncs_total", 0)


def load(server, connections, seconds, seed=1):
    command = [GENERATOR, "load", "--target-port", server.port, "--connections", connections, "--seconds", seconds,
               "--warmup", 0, "--seed", seed] + (["--status-only"] if server.status_only else [])
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, timeout=900)
    if done.returncode != 0:
        raise servers.Failed(f"the load on {server.name} failed: {done.stdout}{done.stderr}\n{server.log_tail()}")
    return json.loads(done.stdout)


def one_round(server, connections, seconds):
    """µs and events a request."""
    load(server, connections, 1)
    before = Figures(server)
    done = load(server, connections, seconds)
    after = Figures(server)
    requests = done["acknowledged"] or done["requests"]
    each = lambda name, unit=1.0: (getattr(after, name) - getattr(before, name)) * unit / requests
    return {"rate": done["requests_per_second"], "user": each("user", 1e6), "kernel": each("kernel", 1e6),
            "faults": each("faults"), "waits": each("waits"), "preempted": each("preempted"),
            "syncs": each("syncs", 1000)}


def times(options, root, started):
    contenders = [start(started, collector(options, root))]
    if servers.nginx_path():
        contenders.append(start(started, servers.nginx(root)))
    rounds = {server.name: [] for server in contenders}
    for _ in range(options.rounds):
        for server in contenders:
            rounds[server.name].append(one_round(server, options.connections, options.seconds))
    heads = ("req/s", "user µs", "kernel µs", "faults", "waits", "preempted", "syncs/1000")
    print(f"{'a request':10}" + "".join(f"{head:>11}" for head in heads))
    for name, done in rounds.items():
        middle = {key: statistics.median(each[key] for each in done) for key in done[0]}
        cells = [f"{middle['rate']:,.0f}", f"{middle['user']:.1f}", f"{middle['kernel']:.1f}", f"{middle['faults']:.2f}",
                 f"{middle['waits']:.2f}", f"{middle['preempted']:.2f}", f"{middle['syncs']:.1f}"]
        print(f"{name:10}" + "".join(f"{cell:>11}" for cell in cells))
    if "nginx" in rounds:
        cost = lambda each: each["user"] + each["kernel"]
        share = statistics.median(cost(a) / cost(b) for a, b in zip(rounds["cerberus"], rounds["nginx"]))
        print(f"CPU a request against nginx: {share:.1f}")


def instructions(options, root, started):
    """Under valgrind everything takes fifty times as long, so what is slow is told apart from what is long elsewhere."""
    profile = root / "callgrind.out"
    server, plain = collector(options, root), root / "cerberus"
    # valgrind stumbles over newer DWARF; the names of functions stand elsewhere.
    subprocess.run(["strip", "-g", "-o", plain, server.command[0]], check=True)
    server.command = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={profile}", "--instr-atstart=no",
                      str(plain), *server.command[1:]]
    start(started, server)
    load(server, options.connections, 3)
    subprocess.run(["callgrind_control", "--instr=on", str(server.process.pid)], check=True, capture_output=True)
    requests = load(server, options.connections, options.seconds * 3, seed=2)["acknowledged"]
    subprocess.run(["callgrind_control", "--instr=off", str(server.process.pid)], check=True, capture_output=True)
    server.stop()
    text = subprocess.run(["callgrind_annotate", str(profile)], capture_output=True, text=True, check=True).stdout
    if swift := shutil.which("swift"):
        text = subprocess.run([swift, "demangle", "--simplified"], input=text, capture_output=True, text=True).stdout
    rows = [INSTRUCTIONS.match(line) for line in text.splitlines()]
    rows = [(int(row[1].replace(",", "")), row[2]) for row in rows if row]
    for count, name in rows[:options.top + 1]:
        print(f"{count / requests:10,.0f}  {name[:150]}")
    print(f"instructions a request, over {requests:,} requests")


def collector(options, root):
    (root / "data").mkdir(mode=0o700)
    command = COLLECTOR if not options.binary else f"'{options.binary}' serve --data-dir {{data_dir}} --port {{port}}"
    return servers.collector(command, root / "data", root, "cerberus", False, "/readyz")


def start(started, server):
    started.append(server)
    server.start()
    return server


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=5, help="measured seconds a round (%(default)s)")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of each server, in turns (%(default)s)")
    parser.add_argument("--connections", type=int, default=64, help="keep-alive connections (%(default)s)")
    parser.add_argument("--binary", help="another cerberus than that of the release build")
    parser.add_argument("--callgrind", action="store_true", help="count instructions under valgrind instead")
    parser.add_argument("--top", type=int, default=40, help="functions to show (%(default)s)")
    parser.add_argument("--data-dir", default=str(HERE), help="where fresh data directories are made and removed")
    options = parser.parse_args()
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda received, _: sys.exit(128 + received))
    root, started = pathlib.Path(tempfile.mkdtemp(prefix=".data-", dir=options.data_dir)), []
    try:
        probe = subprocess.run([GENERATOR, "disk", root], capture_output=True, text=True, timeout=120)
        if probe.returncode != 0:
            sys.stderr.write(probe.stderr)
            return probe.returncode
        print(f"{time.strftime('%Y-%m-%d')}, {report.machine()}; {probe.stdout.strip()}")
        (instructions if options.callgrind else times)(options, root, started)
        return 0
    except servers.Failed as failure:
        print(f"bench: {failure}", file=sys.stderr)
        return 1
    finally:
        for server in started:
            server.stop()
        shutil.rmtree(root, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
