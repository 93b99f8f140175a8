#!/usr/bin/env python3
"""What others do of the curator's work: comparators.py NAME FOLDER → one line of JSON with seconds.

Each works on what `corpus.py` made, in a process of its own. Near-duplicates: texts are in memory when the clock starts;
groups go to FOLDER/groups-NAME.jsonl. All get the same definition, word 5-shingles over question and answer and a
threshold of 0.75, and 128 permutations in 32 bands, which finds nearly all pairs at that threshold."""
import glob, json, sys, time

from corpus import THRESHOLD, WORD, Record

PERMUTATIONS, BANDS = 128, 32


def tokens(record):
    """The shingles as texts, the fastest way in Python; repeats do a sketch no harm."""
    found = WORD.findall(record.question.lower()) + WORD.findall(record.answer.lower())
    runs = [" ".join(run) for run in zip(found, found[1:], found[2:], found[3:], found[4:])]
    return runs or [" ".join(found)]


def texts(folder):
    with open(f"{folder}/texts.jsonl", encoding="utf-8") as file:
        return [Record(row["question"], row["answer"]) for row in map(json.loads, file)]


class Groups:
    """Union-find."""

    def __init__(self, count):
        self.parents = list(range(count))

    def find(self, number):
        while self.parents[number] != number:
            self.parents[number] = self.parents[self.parents[number]]
            number = self.parents[number]
        return number

    def unite(self, a, b):
        self.parents[self.find(a)] = self.find(b)

    def write(self, path):
        members = {}
        for number in range(len(self.parents)):
            members.setdefault(self.find(number), []).append(number)
        with open(path, "w") as file:
            file.writelines(json.dumps(group) + "\n" for group in members.values() if len(group) > 1)


def group_by(sketches, candidates, is_similar):
    groups = Groups(len(sketches))
    for number, others in enumerate(candidates):
        for other in others:
            if other < number and groups.find(other) != groups.find(number) and is_similar(number, other):
                groups.unite(number, other)
    return groups


def rensa(records):
    from rensa import RMinHash, RMinHashLSH

    sketches = RMinHash.from_token_sets([tokens(record) for record in records], PERMUTATIONS, 42)
    index = RMinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS, num_bands=BANDS)
    index.insert_many(sketches)
    return group_by(sketches, index.query_all(sketches), lambda a, b: sketches[a].jaccard(sketches[b]) >= THRESHOLD)


def datasketch(records):
    from datasketch import MinHash, MinHashLSH

    sets = ([token.encode() for token in tokens(record)] for record in records)
    sketches = list(MinHash.bulk(sets, num_perm=PERMUTATIONS))
    index = MinHashLSH(num_perm=PERMUTATIONS, params=(BANDS, PERMUTATIONS // BANDS))
    for number, sketch in enumerate(sketches):
        index.insert(number, sketch)
    candidates = (index.query(sketch) for sketch in sketches)
    return group_by(sketches, candidates, lambda a, b: sketches[a].jaccard(sketches[b]) >= THRESHOLD)


def near(find):
    def run(folder):
        records = texts(folder)
        start = time.perf_counter()
        groups = find(records)
        seconds = time.perf_counter() - start
        groups.write(f"{folder}/groups-{find.__name__}.jsonl")
        return seconds

    return run


COLUMNS = ["example_id", "user_message", "assistant_message", "language"]


def polars_rows(folder):
    """Read, joined with the last rating, filtered by rating and length, exact duplicates out."""
    import polars as pl

    rows = pl.read_ndjson(sorted(glob.glob(f"{folder}/training_logs/conversations_*.jsonl")), infer_schema_length=100)
    ratings = pl.read_ndjson(f"{folder}/training_logs/feedback.jsonl").unique("example_id", keep="last")
    return (
        rows.select(COLUMNS)
        .join(ratings.select("example_id", "score"), on="example_id", how="left")
        .filter(pl.col("score").is_null() | (pl.col("score") >= 4))
        .filter(pl.col("assistant_message").str.strip_chars().str.len_chars() >= 50)
        .sort("score", descending=True, nulls_last=True)
        .unique(["user_message", "assistant_message"], keep="first", maintain_order=True)
    )


def polars(folder):
    start = time.perf_counter()
    polars_rows(folder).write_ndjson(f"{folder}/out-polars.jsonl")
    return time.perf_counter() - start


def polars_and_rensa(folder):
    """What one would glue together. No second scrub, no split, no moat."""
    start = time.perf_counter()
    rows = polars_rows(folder)
    records = [Record(*pair) for pair in zip(rows["user_message"], rows["assistant_message"])]
    groups = rensa(records)
    rows[[number for number in range(len(records)) if groups.find(number) == number]].write_ndjson(
        f"{folder}/out-glued.jsonl"
    )
    return time.perf_counter() - start


def duckdb(folder):
    import duckdb

    start = time.perf_counter()
    duckdb.sql(f"""
        COPY (
          SELECT c.example_id, c.user_message, c.assistant_message, c.language, f.score
          FROM read_json('{folder}/training_logs/conversations_*.jsonl', format='newline_delimited') c
          LEFT JOIN (SELECT example_id, last(score) AS score
                     FROM read_json('{folder}/training_logs/feedback.jsonl', format='newline_delimited')
                     GROUP BY example_id) f USING (example_id)
          WHERE (f.score IS NULL OR f.score >= 4) AND length(trim(c.assistant_message)) >= 50
          QUALIFY row_number() OVER (
            PARTITION BY c.user_message, c.assistant_message ORDER BY f.score DESC NULLS LAST) = 1
        ) TO '{folder}/out-duckdb.jsonl' (FORMAT json)""")
    return time.perf_counter() - start


COMPARATORS = {
    "rensa": near(rensa), "datasketch": near(datasketch), "polars": polars, "duckdb": duckdb,
    "polars_and_rensa": polars_and_rensa,
}  # fmt: skip

if __name__ == "__main__":
    print(json.dumps({"seconds": COMPARATORS[sys.argv[1]](sys.argv[2])}))
