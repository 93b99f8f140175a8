"""Every export format in its real readers: readers.py BINARY.

Makes a data directory, runs the curator, exports each format, plain and compressed, with and without a system text, and
loads what came out with `datasets`, pyarrow and DuckDB. What they infer must be the types of the table below, no column
may hold a null, and each must count the rows that the manifest counts. The folder of the dataset itself must load by the
front matter of its card. Exit code 1 and a line for each fault."""

import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile

os.environ["HF_HUB_OFFLINE"] = os.environ["HF_DATASETS_OFFLINE"] = "1"
os.environ["HF_DATASETS_DISABLE_PROGRESS_BARS"] = "1"

import datasets
import duckdb
import pyarrow
import pyarrow.json

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "Benchmarks"))
import corpus

TURNS = "[{content, role}]"
# Columns behind those that a format asks for. `datasets` and pyarrow take a text of a date for a moment, DuckDB for a date.
ROW = {
    "example_id": "text", "score": "integer", "language": "text", "framework": "text", "complexity": "text",
    "model": "text", "date": "date", "split": "text",
}  # fmt: skip
FORMATS = {
    "messages": {"messages": TURNS, **ROW},
    "openai": {"messages": TURNS},
    "prompt-completion": {"prompt": TURNS, "completion": TURNS},
    "kto": {"prompt": TURNS, "completion": TURNS, "label": "boolean"},
    "dpo": {"prompt": TURNS, "chosen": TURNS, "rejected": TURNS},
    "sharegpt": {"conversations": "[{from, value}]"},
    "alpaca": {"instruction": "text", "input": "text", "output": "text", "system": "text"},
}
ROWS = 60


def make(binary, data):
    """A data directory with its secrets, which are made where there are no records yet, and records."""
    for name in ("training_logs", "state"):
        (data / name).mkdir(parents=True)
    subprocess.run([binary, "stats", "--json", "--data-dir", str(data)], check=True, stdout=subprocess.DEVNULL)
    records(data / "training_logs")


def records(logs):
    """Conversations with and without history, rated from 0 to 5, with corrections, pairs of answers and odd text."""
    rnd = random.Random(1)
    lines, ratings, corrections = [], [], []
    for number in range(ROWS):
        words = lambda topic: " ".join(f"{topic}{number}x{at}" for at in range(20))
        question = words("q") if number % 4 else "Asked again and again: how do I reverse a list in Python?"
        line = corpus.stored(corpus.Record(question, words("a") + ' "\\\t ü 漢 🙂 \u2028 \u0001 1e999'), 1_767_600_000_000 + number, rnd)
        if number % 3 == 0:
            line["history"] = [{"role": "system", "content": "Be short."}, {"role": "user", "content": "Hello"},
                               {"role": "assistant", "content": "Yes?"}]  # fmt: skip
        if number % 5 == 0:
            line["language"] = ""
        lines.append(line)
        if number % 6:
            ratings.append({"example_id": line["example_id"], "score": number % 6, "timestamp": line["timestamp"]})
        if number % 10 == 7:
            corrections.append(
                {"example_id": line["example_id"], "corrected_message": words("c"), "timestamp": line["timestamp"]}
            )
    for name, found in [("conversations_2026-01-05", lines), ("feedback", ratings), ("corrections", corrections)]:
        (logs / f"{name}.jsonl").write_text("".join(map(corpus.encoded, found)), encoding="utf-8")


def kind(arrow):
    """The type in the words of the table."""
    if pyarrow.types.is_boolean(arrow):
        return "boolean"
    if pyarrow.types.is_integer(arrow):
        return "integer"
    if pyarrow.types.is_string(arrow) or pyarrow.types.is_large_string(arrow):
        return "text"
    if pyarrow.types.is_timestamp(arrow) or pyarrow.types.is_date(arrow):
        return "date"
    if pyarrow.types.is_list(arrow) or pyarrow.types.is_large_list(arrow):
        return f"[{kind(arrow.value_type)}]"
    if pyarrow.types.is_struct(arrow):
        fields = sorted(arrow, key=lambda field: field.name)
        if any(kind(field.type) != "text" for field in fields):
            return str(arrow)
        return "{" + ", ".join(field.name for field in fields) + "}"
    return str(arrow)


def by_pyarrow(path):
    return pyarrow.json.read_json(path)


def by_datasets(path):
    with tempfile.TemporaryDirectory() as cache:
        found = datasets.load_dataset("json", data_files=str(path), split="train", cache_dir=cache)
        return found.with_format("arrow")[:]


def by_duckdb(path):
    # Its own type for ids is text to everybody else.
    query = f"SELECT * FROM read_json('{path}')"
    columns = duckdb.sql(f"DESCRIBE {query}").fetchall()
    texts = ", ".join(f'CAST("{name}" AS VARCHAR) AS "{name}"' for name, type_name, *_ in columns if type_name == "UUID")
    return duckdb.sql(f"SELECT * REPLACE ({texts}) FROM ({query})" if texts else query).to_arrow_table()


READERS = {"pyarrow": by_pyarrow, "datasets": by_datasets, "duckdb": by_duckdb}


def faults(table, expected, rows):
    types = {field.name: kind(field.type) for field in table.schema}
    if list(types.items()) != list(expected.items()):
        yield f"columns {types} instead of {expected}"
    if table.num_rows != rows:
        yield f"{table.num_rows} rows instead of {rows}"
    yield from (f"nulls in {name}" for name in table.column_names if table[name].null_count)


def exports(binary, data, folder):
    """Every export there is: a name, its file, the types expected."""
    for name, columns in FORMATS.items():
        for ending in ("jsonl", "jsonl.gz"):
            for system in ([], ["--system-prompt", "You help developers."]):
                path = folder / f"{name}{'-system' if system else ''}.{ending}"
                command = [binary, "export", "--data-dir", str(data), "--format", name, "--output", str(path)]
                subprocess.run(command + system, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                subprocess.run([binary, "validate-export", str(path)], check=True, stdout=subprocess.DEVNULL)
                yield path.name, path, columns


def card(curated, manifest):
    """The folder as somebody would load it who got it, by its front matter."""
    with tempfile.TemporaryDirectory() as cache:
        found = datasets.load_dataset(str(curated), cache_dir=cache)
        negatives = datasets.load_dataset(str(curated), "preferences", cache_dir=cache)
    rows = {name: part.num_rows for name, part in [*found.items(), *negatives.items()]}
    expected = {"curated": manifest["examples"], "negatives": manifest["preferences"]}
    if rows != expected:
        yield f"card: rows {rows} instead of {expected}"


def main():
    binary = os.path.abspath(sys.argv[1])
    found, count = [], 0
    with tempfile.TemporaryDirectory() as name:
        data, folder = pathlib.Path(name, "data"), pathlib.Path(name, "exports")
        folder.mkdir()
        make(binary, data)
        command = [binary, "curate", "--json", "--data-dir", str(data)]
        manifest = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
        for export, path, expected in exports(binary, data, folder):
            rows = json.loads(pathlib.Path(f"{path}.manifest.json").read_text())["rows"]
            for reader, read in READERS.items():
                count += 1
                try:
                    found += [f"{export}: {reader}: {fault}" for fault in faults(read(path), expected, rows)]
                except Exception as error:  # whatever a reader says of a file is a fault of ours
                    found.append(f"{export}: {reader}: {error}")
        found += card(data / "curated", manifest)
    print("\n".join(found) or f"readers: {count} loads by {', '.join(READERS)}, as expected")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
