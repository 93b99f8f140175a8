#!/usr/bin/env python3
"""The curator against tools made for one of its steps, on one corpus, in turns; see README.md beside this file.

    Benchmarks/curate.py --binary .build/release/cerberus --curator-bench PATH [--records 50000] [--seed 7] [--runs 3]

Exit codes: 0 done, 1 a target that must hold was missed, 64 usage."""
import argparse, collections, functools, json, os, pathlib, shutil, statistics, subprocess, sys, tempfile, time

import comparators, corpus

HERE = pathlib.Path(__file__).resolve().parent
# What must hold: near-duplicates against rensa's time, the whole run against the glued one, recall, precision.
DEDUP_SHARE_MAX, RUN_SHARE_MAX, RECALL_MIN, PRECISION_MIN = 1 / 4, 1 / 3, 0.999, 1.0
GROWTH_SECONDS_MAX, MEBIBYTES_MAX, GROWTH = 0.5, 300, 1_000
Run = collections.namedtuple("Run", "seconds mebibytes")


def run(command):
    """Runs a program to its end: its seconds, those it prints or those of the clock, and the most memory it had."""
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=output, cwd=HERE)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        elapsed = time.perf_counter() - start
        if process.returncode != 0:
            sys.exit(f"{command[0]} ended with {process.returncode}")
        output.seek(0)
        try:
            seconds = json.loads(output.read()).get("seconds", elapsed)
        except ValueError:
            seconds = elapsed
    return Run(seconds, usage.ru_maxrss / 1024)


def median(runs):
    return Run(statistics.median(run.seconds for run in runs), max(run.mebibytes for run in runs))


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
    return result


def measure(options, data, later):
    python = [sys.executable, str(HERE / "comparators.py")]
    ours = [options.curator_bench, "duplicates", str(data / "texts.jsonl"), str(data / "groups-cerberus.jsonl")]
    work = {
        "near-duplicates: cerberus": lambda: run(ours),
        "near-duplicates: rensa": lambda: run(python + ["rensa", str(data)]),
        "near-duplicates: datasketch": lambda: run(python + ["datasketch", str(data)]),
        "join, filter, exact: polars": lambda: run(python + ["polars", str(data)]),
        "join, filter, exact: duckdb": lambda: run(python + ["duckdb", str(data)]),
        "all but the scrub: cerberus": lambda: unscrubbed(options, data),
        "polars and rensa glued": lambda: run(python + ["polars_and_rensa", str(data)]),
        "whole run: cerberus": lambda: whole_run(options, data),
    }
    found = collections.defaultdict(list)
    for _ in range(options.runs):
        for name, job in work.items():
            found[name].append(job())
        name = f"after {GROWTH:,} new rows: cerberus"
        found[name].append(growth(options, data, later))
    return {name: median(runs) for name, runs in found.items()}


def unscrubbed(options, data):
    with tempfile.TemporaryDirectory(dir=data) as folder:
        for name in ("curated", "state"):
            pathlib.Path(folder, name).mkdir()
        os.symlink(data / "training_logs", pathlib.Path(folder, "training_logs"))
        return run([options.curator_bench, "unscrubbed", folder])


def table(found, judged):
    print(f"{'what':42} {'seconds':>8} {'MiB':>7} {'recall':>8} {'precision':>10}")
    for name, result in found.items():
        recall, precision = (f"{value:.4f}" for value in judged[name]) if name in judged else ("", "")
        print(f"{name:42} {result.seconds:8.2f} {result.mebibytes:7.0f} {recall:>8} {precision:>10}")


def targets(found, judged, records):
    """`[(what, figure, bound, holds)]`"""
    dedup = found["near-duplicates: cerberus"].seconds / found["near-duplicates: rensa"].seconds
    whole = found["whole run: cerberus"].seconds / found["polars and rensa glued"].seconds
    recall, precision = judged["near-duplicates: cerberus"]
    grown, peak = found[f"after {GROWTH:,} new rows: cerberus"].seconds, found["whole run: cerberus"].mebibytes
    rows = [
        ("near-duplicates, share of rensa's time", dedup, DEDUP_SHARE_MAX, dedup <= DEDUP_SHARE_MAX),
        ("whole run, share of the glued one's time", whole, RUN_SHARE_MAX, whole <= RUN_SHARE_MAX),
        ("recall", recall, RECALL_MIN, recall >= RECALL_MIN),
        ("precision", precision, PRECISION_MIN, precision >= PRECISION_MIN),
    ]
    if records <= 50_000:
        rows.append((f"seconds after {GROWTH:,} new rows", grown, GROWTH_SECONDS_MAX, grown <= GROWTH_SECONDS_MAX))
        rows.append(("MiB of the whole run", peak, MEBIBYTES_MAX, peak <= MEBIBYTES_MAX))
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.error = lambda message: (parser.print_usage(sys.stderr), print(message, file=sys.stderr), sys.exit(64))
    parser.add_argument("--binary", required=True, type=os.path.abspath)
    parser.add_argument("--curator-bench", required=True, type=os.path.abspath)
    parser.add_argument("--records", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--data-dir", default=str(HERE), help="where a fresh data directory is made and removed")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.data_dir, prefix=".data-") as folder:
        data = pathlib.Path(folder)
        # Secrets are made where there are no records yet.
        for name in ("training_logs", "state"):
            (data / name).mkdir()
        run([options.binary, "stats", "--json", "--data-dir", str(data)])
        scrub = functools.partial(corpus.scrubbed, options.binary)
        size, later = corpus.make(data, options.records, options.seed, scrub, more=GROWTH)
        write_texts(data)
        kinds = collections.Counter(pair["kind"] for pair in json_lines(data / "truth.jsonl"))
        print(f"{options.records:,} conversations, {size / 1e6:.0f} MB, seed {options.seed}; planted:", end=" ")
        print(", ".join(f"{count:,} {kind}" for kind, count in sorted(kinds.items())))
        print(f"near-duplicates: Jaccard ≥ {corpus.THRESHOLD} of word 5-shingles; medians of {options.runs} runs, most memory")
        run([options.binary, "stats", "--json", "--data-dir", str(data)])
        found = measure(options, data, later)
        judged = {f"near-duplicates: {name}": quality(data, name) for name in ("cerberus", "rensa", "datasketch")}
    table(found, judged)
    rows = targets(found, judged, options.records)
    for what, figure, bound, holds in rows:
        print(f"{'holds ' if holds else 'MISSED'}  {what}: {figure:.3f}, bound {bound:.3f}")
    sys.exit(0 if all(row[3] for row in rows) else 1)


if __name__ == "__main__":
    main()
