"""Turns the rounds of a benchmark into the text that a person reads."""

import os
import platform
from statistics import median


def machine():
    model = "unknown processor"
    with open("/proc/cpuinfo", encoding="utf-8", errors="replace") as lines:
        for line in lines:
            if line.startswith("model name"):
                model = line.partition(":")[2].strip()
                break
    load = os.getloadavg()[0]
    busy = " (busy: the figures will suffer)" if load > 1 else ""
    return f"{len(os.sched_getaffinity(0))} cores of {model}, Linux {platform.release()}, load average {load:.2f}{busy}"


def table(rounds):
    """One line a server. `rounds` is name → the generator's reports, in the order of the runs."""
    heads = ["server", "requests/s", "(min–max)", "p50 ms", "p99 ms", "max ms", "CPU µs/request", "failures"]
    rows = [heads]
    for name, reports in rounds.items():
        rates = [report["requests_per_second"] for report in reports]
        rows.append([
            name, f"{median(rates):,.0f}", f"({min(rates):,.0f}–{max(rates):,.0f})",
            f"{median(report['p50_ms'] for report in reports):.2f}",
            f"{median(report['p99_ms'] for report in reports):.2f}",
            f"{max(report['max_ms'] for report in reports):.1f}", cpu_text(reports),
            str(sum(report["failures"] for report in reports)),
        ])
    widths = [max(len(row[column]) for row in rows) for column in range(len(heads))]
    return "\n".join(
        "  ".join([row[0].ljust(widths[0])] + [cell.rjust(width) for cell, width in zip(row[1:], widths[1:])])
        for row in rows)


def cpu_per_request(reports):
    known = [report["watched_us"] for report in reports if report["watched_us"] is not None]
    return median(known) if known else None


def cpu_text(reports):
    cpu = cpu_per_request(reports)
    return "unknown" if cpu is None else f"{cpu:.2f}"


def ratio(name, ours, theirs):
    """Each round against the one beside it: what slows the machine for a while slows both."""
    pairs = [
        a["requests_per_second"] / b["requests_per_second"] for a, b in zip(ours, theirs) if b["requests_per_second"]
    ]
    if not pairs:
        return f"ratio {name}/nginx: no complete pair of rounds"
    text = f"ratio {name}/nginx: {median(pairs):.3f} (rounds: {' '.join(f'{pair:.3f}' for pair in pairs)})"
    our_cpu, their_cpu = cpu_per_request(ours), cpu_per_request(theirs)
    if our_cpu and their_cpu:
        text += f"; CPU per request: {our_cpu / their_cpu:.2f} times nginx's"
    return text


def syncs(counted):
    """`counted`: (acknowledgements, counters before, counters after) of each round, warm-up included."""
    def growth(name):
        if not all(name in before and name in after for _, before, after in counted):
            return None
        return sum(after[name] - before[name] for _, before, after in counted)

    acknowledged = sum(count for count, _, _ in counted)
    if not acknowledged:
        return "syncs per 1,000 acknowledgements: nothing was acknowledged"
    total = growth("cerberus_syncs_total")
    if total is None:
        total = growth("cerberus_commit_syncs_total")
    if total is None:
        return "syncs per 1,000 acknowledgements: not counted (the server's /metrics has no such counter)"
    text = f"syncs per 1,000 acknowledgements: {1000 * total / acknowledged:.2f}"
    commits = growth("cerberus_commits_total")
    if commits:
        text += f"; records per commit: {acknowledged / commits:.1f}"
    return text


def generator(rounds):
    """What the load generator itself cost, which nothing else may be blamed for."""
    parts = []
    for name, reports in rounds.items():
        user = median(report["generator_user_us"] for report in reports)
        kernel = median(report["generator_kernel_us"] for report in reports)
        share = median(
            (r["generator_user_us"] + r["generator_kernel_us"]) * r["requests_per_second"] / 1e4 for r in reports)
        parts.append(f"{user:.2f} + {kernel:.2f} µs, {share:.0f} % of a core against {name}")
        if share > 95:
            parts[-1] += " (the generator is the limit here, not the server)"
    return "generator, CPU per request (user + kernel): " + "; ".join(parts)
