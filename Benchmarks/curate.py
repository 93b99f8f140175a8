#!/usr/bin/env python3
"""The curator against tools made for one of its steps, on one corpus, in turns; see README.md beside this file.

    Benchmarks/curate.py --binary .build/release/cerberus --curator-bench PATH [--records 50000] [--seed 7] [--runs 3]
        [--ours] [--against RECORDS] [--write]

Exit codes: 0 done, 1 a target that must hold was missed, 64 usage."""
import argparse, collections, functools, json, os, pathlib, shutil, statistics, subprocess, sys, tempfile, time

import comparators, corpus, report

HERE = pathlib.Path(__file__).resolve().parent
# What must hold: near-duplicates against rensa's time, the whole run against the glued one, recall, precision.
DEDUP_SHARE_MAX, JOIN_SHARE_MAX, RUN_SHARE_MAX, RECALL_MIN, PRECISION_MIN = 1 / 4, 1.0, 1 / 3, 0.999, 1.0
GROWTH_SECONDS_MAX, GROWTH = 0.5, 1_000
# Of the whole run: memory up to 50,000 records and up to a million; CPU time a record against that of a smaller corpus.
MEBIBYTES_MAX, MEBIBYTES_MAX_LARGE, RECORD_SHARE_MAX = 300, 1_200 * 1e6 / 2**20, 1.3
Run = collections.namedtuple("Run", "seconds cpu mebibytes")
RESULTS = HERE / "RESULTS.md"


# A small process between: the most memory of a program counts from before its exec, when it is a copy of who started it.
SHIM = """
import os, resource, sys
status = os.spawnvp(os.P_WAIT, sys.argv[2], sys.argv[2:])
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
with open(sys.argv[1], "w") as file:
    print(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, file=file)
sys.exit(status)
"""


def run(command):
    """Runs a program to its end: its seconds, those it prints or those of the clock, and the most memory it had."""
    with tempfile.TemporaryDirectory() as folder:
        usage = pathlib.Path(folder, "usage")
        start = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-S", "-c", SHIM, str(usage), *map(str, command)], stdout=subprocess.PIPE, cwd=HERE)
        elapsed = time.perf_counter() - start
        if done.returncode != 0:
            sys.exit(f"{command[0]} ended with {done.returncode}")
        cpu, mebibytes = map(float, usage.read_text().split())
    try:
        seconds = json.loads(done.stdout).get("seconds", elapsed)
    except ValueError:
        seconds = elapsed
    return Run(seconds, cpu, mebibytes)


def median(runs):
    return Run(
        statistics.median(run.seconds for run in runs), statistics.median(run.cpu for run in runs),
        max(run.mebibytes for run in runs))


def forget(data, *names):
    for name in names:
        path = pathlib.Path(data, name)
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)


def json_lines(path):
    with open(path, encoding="utf-8") as file:
        yield from map(json.loads, file)


def write_texts(data):
    """The texts for the near-duplicates, in the order of the rows of the truth file."""
    with open(data / "texts.jsonl", "w", encoding="utf-8") as out:
        for path in sorted((data / "training_logs").glob("conversations_*.jsonl")):
            for row in json_lines(path):
                pair = {"question": row["user_message"], "answer": row["assistant_message"]}
                out.write(json.dumps(pair, ensure_ascii=False) + "\n")


def quality(data, name):
    """Recall: of the planted near twins, how many share a group with their original. Precision: of the texts in groups,
    how many have a text at the threshold or above in their own."""
    records = comparators.texts(data)
    group_of, groups = {}, list(json_lines(data / f"groups-{name}.jsonl"))
    for number, group in enumerate(groups):
        group_of.update((row, number) for row in group)
    near = [pair for pair in json_lines(data / "truth.jsonl") if pair["kind"] == "near"]
    found = sum(group_of.get(pair["a"], -1) == group_of.get(pair["b"], -2) for pair in near)
    good = total = 0
    for group in groups:
        sets = [corpus.shingles(records[row]) for row in group]
        for at, own in enumerate(sets):
            total += 1
            good += any(corpus.jaccard(own, other) >= corpus.THRESHOLD for n, other in enumerate(sets) if n != at)
    return found / max(len(near), 1), good / max(total, 1)


def whole_run(options, data):
    """`cerberus curate` on raw data, nothing known beforehand but the index, which a server would have."""
    forget(data, "curated", "state/surveys")
    return run([options.binary, "curate", "--json", "--data-dir", str(data)])


def growth(options, data, later):
    """A run after new rows on top of one that knows the rest."""
    day = data / "training_logs" / later
    shutil.copyfile(data / "more.jsonl", day)
    run([options.binary, "stats", "--json", "--data-dir", str(data)])
    result = run([options.binary, "curate", "--json", "--data-dir", str(data)])
    day.unlink()
    # The index is in step again before the next whole run, or that would make it anew.
    run([options.binary, "stats", "--json", "--data-dir", str(data)])
    return result


def again(options, data):
    """A run on top of one that has left nothing to do."""
    return run([options.binary, "curate", "--json", "--data-dir", str(data)])


def measure(options, data, later):
    python = [sys.executable, str(HERE / "comparators.py")]
    ours = [options.curator_bench, "duplicates", str(data / "texts.jsonl"), str(data / "groups-cerberus.jsonl")]
    work = {
        "near-duplicates: cerberus": lambda: run(ours),
        "near-duplicates: rensa": lambda: run(python + ["rensa", str(data)]),
        "near-duplicates: datasketch": lambda: run(python + ["datasketch", str(data)]),
        "join, filter, exact: cerberus": lambda: joined(options, data),
        "join, filter, exact: polars": lambda: run(python + ["polars", str(data)]),
        "join, filter, exact: duckdb": lambda: run(python + ["duckdb", str(data)]),
        "all but the scrub: cerberus": lambda: unscrubbed(options, data),
        "polars and rensa glued": lambda: run(python + ["polars_and_rensa", str(data)]),
        "whole run: cerberus": lambda: whole_run(options, data),
    }
    if options.ours:
        work = {name: job for name, job in work.items() if name.endswith("cerberus")}
    found = collections.defaultdict(list)
    for _ in range(options.runs):
        for name, job in work.items():
            found[name].append(job())
        found["nothing new: cerberus"].append(again(options, data))
        found[f"after {GROWTH:,} new rows: cerberus"].append(growth(options, data, later))
    return {name: median(runs) for name, runs in found.items()}


def joined(options, data):
    """As many rows as the others find, or the work is not the same."""
    result = run([options.curator_bench, "joined", str(data), str(data / "out-cerberus.jsonl")])
    theirs = data / "out-polars.jsonl"
    counts = [sum(1 for _ in path.open("rb")) for path in (data / "out-cerberus.jsonl", theirs) if path.exists()]
    if len(set(counts)) > 1:
        sys.exit(f"join: {counts[0]} rows here, {counts[1]} by polars")
    return result


def unscrubbed(options, data):
    with tempfile.TemporaryDirectory(dir=data) as folder:
        for name in ("curated", "state"):
            pathlib.Path(folder, name).mkdir()
        os.symlink(data / "training_logs", pathlib.Path(folder, "training_logs"))
        return run([options.curator_bench, "unscrubbed", folder])


def table(found, judged):
    """In Markdown, which can be read as it is."""
    rows = [("what", "seconds", "CPU s", "MiB", "recall", "precision"), ("---", *["---:"] * 5)]
    for name, result in found.items():
        recall, precision = (f"{value:.4f}" for value in judged[name]) if name in judged else ("", "")
        rows.append((name, f"{result.seconds:.2f}", f"{result.cpu:.2f}", f"{result.mebibytes:,.0f}", recall, precision))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join("| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths)) + " |" for row in rows)


def write(records, text):
    """Puts the text in the place of the last one of so many records, or behind all others."""
    begin, end = f"<!-- curate {records}: written by curate.py -->", f"<!-- /curate {records} -->"
    old = RESULTS.read_text(encoding="utf-8")
    if begin not in old:
        old = old.rstrip() + f"\n\n{begin}\n{end}\n"
    before, _, rest = old.partition(begin)
    _, _, after = rest.partition(end)
    RESULTS.write_text(f"{before}{begin}\n{text}\n{end}{after}", encoding="utf-8")


def targets(found, judged, records, against=None):
    """`[(what, figure, bound, holds)]`"""
    grown, peak = found[f"after {GROWTH:,} new rows: cerberus"].seconds, found["whole run: cerberus"].mebibytes
    rows = []
    for what, ours, theirs, bound in [
        ("near-duplicates, share of rensa's time", "near-duplicates: cerberus", "near-duplicates: rensa", DEDUP_SHARE_MAX),
        ("join, share of polars' time", "join, filter, exact: cerberus", "join, filter, exact: polars", JOIN_SHARE_MAX),
        ("whole run, share of the glued one's time", "whole run: cerberus", "polars and rensa glued", RUN_SHARE_MAX),
    ]:
        if theirs in found:
            share = found[ours].seconds / found[theirs].seconds
            rows.append((what, share, bound, share <= bound))
    if judged:
        recall, precision = judged["near-duplicates: cerberus"]
        rows.append(("recall", recall, RECALL_MIN, recall >= RECALL_MIN))
        rows.append(("precision", precision, PRECISION_MIN, precision >= PRECISION_MIN))
    if records <= 50_000:
        rows.append((f"seconds after {GROWTH:,} new rows", grown, GROWTH_SECONDS_MAX, grown <= GROWTH_SECONDS_MAX))
    bound = MEBIBYTES_MAX if records <= 50_000 else MEBIBYTES_MAX_LARGE
    if records <= 1_000_000:
        rows.append(("MiB of the whole run", peak, bound, peak <= bound))
    if against:
        small = f"whole run of {against:,}: cerberus"
        share = found["whole run: cerberus"].cpu / records / (found[small].cpu / against)
        what = f"CPU time a record, share of that among {against:,}"
        rows.append((what, share, RECORD_SHARE_MAX, share <= RECORD_SHARE_MAX))
    return rows


def prepare(options, data, records):
    """A data directory with a corpus and an index: `(data, bytes of the day files, name of the later day's file)`."""
    # Secrets are made where there are no records yet.
    for name in ("training_logs", "state"):
        (data / name).mkdir(parents=True)
    run([options.binary, "stats", "--json", "--data-dir", str(data)])
    size, later = corpus.make(
        data, records, options.seed, functools.partial(corpus.scrubbed, options.binary), more=GROWTH)
    write_texts(data)
    run([options.binary, "stats", "--json", "--data-dir", str(data)])
    return data, size, later


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.error = lambda message: (parser.print_usage(sys.stderr), print(message, file=sys.stderr), sys.exit(64))
    parser.add_argument("--binary", required=True, type=os.path.abspath)
    parser.add_argument("--curator-bench", required=True, type=os.path.abspath)
    parser.add_argument("--records", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--ours", action="store_true", help="without the tools of others, and without recall and precision")
    parser.add_argument("--against", type=int, help="records of a smaller corpus, whose cost a record is compared with")
    parser.add_argument("--write", action="store_true", help="put the table into RESULTS.md")
    parser.add_argument("--data-dir", default=str(HERE), help="where a fresh data directory is made and removed")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.data_dir, prefix=".data-") as folder:
        data, size, later = prepare(options, pathlib.Path(folder, "data"), options.records)
        kinds = collections.Counter(pair["kind"] for pair in json_lines(data / "truth.jsonl"))
        planted = ", ".join(f"{count:,} {kind}" for kind, count in sorted(kinds.items()))
        head = (
            f"{options.records:,} conversations, {size / 1e6:.0f} MB, seed {options.seed}; planted: {planted}. "
            f"Near-duplicates: Jaccard ≥ {corpus.THRESHOLD} of word 5-shingles. Medians of {options.runs}, most memory; "
            f"{report.machine()}.")
        found = measure(options, data, later)
        if options.against:
            small, _, _ = prepare(options, pathlib.Path(folder, "small"), options.against)
            runs = [whole_run(options, small) for _ in range(max(3, options.runs))]
            found[f"whole run of {options.against:,}: cerberus"] = median(runs)
        tools = [] if options.ours else ["cerberus", "rensa", "datasketch"]
        judged = {f"near-duplicates: {name}": quality(data, name) for name in tools}
    rows = targets(found, judged, options.records, options.against)
    bounds = [
        f"- {'holds' if holds else 'MISSED'}: {what} {figure:.3f}, bound {bound:.3f}" for what, figure, bound, holds in rows]
    text = "\n\n".join([head, table(found, judged), "\n".join(bounds)]).rstrip()
    print(text)
    if options.write:
        write(options.records, text)
    sys.exit(0 if all(row[3] for row in rows) else 1)


if __name__ == "__main__":
    main()
