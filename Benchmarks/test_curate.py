"""Tests of the corpus and of the judge of `curate.py`. Standard library alone, no binary."""
import collections, itertools, json, pathlib, sys, tempfile, unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import corpus, curate


def rows(folder):
    for path in sorted(pathlib.Path(folder, "training_logs").glob("conversations_*.jsonl")):
        yield from map(json.loads, path.read_text(encoding="utf-8").splitlines())


class Corpus(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folders = [tempfile.TemporaryDirectory() for _ in range(2)]
        for folder in cls.folders:
            cls.size, cls.later = corpus.make(folder.name, 600, 7, scrub=list, more=5)
        cls.rows = list(rows(cls.folders[0].name))
        cls.records = [corpus.Record(row["user_message"], row["assistant_message"]) for row in cls.rows]
        truth = pathlib.Path(cls.folders[0].name, "truth.jsonl").read_text(encoding="utf-8")
        cls.truth = [json.loads(line) for line in truth.splitlines()]

    @classmethod
    def tearDownClass(cls):
        for folder in cls.folders:
            folder.cleanup()

    def test_the_same_seed_gives_the_same_bytes(self):
        for name in ("truth.jsonl", "more.jsonl", "training_logs/feedback.jsonl"):
            first, second = (pathlib.Path(folder.name, name).read_bytes() for folder in self.folders)
            self.assertEqual(first, second, name)
        self.assertEqual(self.rows, list(rows(self.folders[1].name)))

    def test_rows_are_as_many_as_asked_for_in_the_order_of_their_ids(self):
        self.assertEqual(len(self.rows), 600)
        ids = [row["example_id"] for row in self.rows]
        self.assertEqual(ids, sorted(set(ids)))
        self.assertTrue(1_000 < self.size / 600 < 5_000, self.size)
        self.assertNotIn(self.later, [path.name for path in pathlib.Path(self.folders[0].name).rglob("*.jsonl")])

    def test_the_shares_are_about_those_asked_for(self):
        kinds = collections.Counter(pair["kind"] for pair in self.truth)
        for kind, share in [("exact", corpus.EXACT), ("near", corpus.NEAR), ("hard", corpus.HARD)]:
            self.assertTrue(0.4 * share < kinds[kind] / 600 < 1.8 * share, kinds)

    def test_the_truth_is_true(self):
        for pair in self.truth:
            a, b = self.records[pair["a"]], self.records[pair["b"]]
            similarity = corpus.jaccard(corpus.shingles(a), corpus.shingles(b))
            self.assertAlmostEqual(similarity, pair["jaccard"], 5)
            low, high = {"exact": (1, 1), "near": corpus.NEAR_JACCARD, "hard": corpus.HARD_JACCARD}[pair["kind"]]
            self.assertTrue(low <= similarity <= high, pair)

    def test_what_was_not_made_alike_is_not_alike(self):
        kin = {pair["b"]: pair["a"] for pair in self.truth}
        sets = [corpus.shingles(record) for record in self.records]
        known = {frozenset((kin.get(row, row), row)) for row in range(600)}
        roots = [kin.get(row, row) for row in range(600)]
        for a, b in itertools.combinations(range(600), 2):
            if roots[a] != roots[b] and frozenset((a, b)) not in known and len(sets[a] & sets[b]) > 3:
                self.assertLess(corpus.jaccard(sets[a], sets[b]), corpus.THRESHOLD, (a, b))

    def test_a_second_lap_has_no_five_words_in_a_row_of_the_first(self):
        line = "one two three four five six seven eight nine"
        first, second = (corpus.shingles(corpus.Record("", text)) for text in (line, corpus.renamed(line, 1, 4)))
        self.assertEqual(len(second), len(first))
        self.assertFalse(first & second)


class Judge(unittest.TestCase):
    WORDS = "a b c d e f g h i j k l m n o p q r s t u v w x y z".split()

    def judged(self, groups):
        """Texts 0 and 1 are alike, 2 and 3 as well, 4 is like none; both pairs are in the truth."""
        texts = [" ".join(self.WORDS)] * 2 + [" ".join(reversed(self.WORDS))] * 2 + ["nothing of the kind at all"]
        with tempfile.TemporaryDirectory() as name:
            data = pathlib.Path(name)
            lines = lambda items: "".join(json.dumps(item) + "\n" for item in items)
            (data / "texts.jsonl").write_text(lines({"question": "", "answer": text} for text in texts))
            (data / "truth.jsonl").write_text(lines({"kind": "near", "a": a, "b": a + 1} for a in (0, 2)))
            (data / "groups-x.jsonl").write_text(lines(groups))
            return curate.quality(data, "x")

    def test_recall_and_precision(self):
        for groups, recall, precision in [
            ([[0, 1], [2, 3]], 1, 1), ([[0, 1]], 0.5, 1), ([], 0, 0), ([[0, 1, 4], [2, 3]], 1, 0.8),
            ([[0, 2], [1, 3]], 0, 0), ([[0, 1, 2, 3, 4]], 1, 0.8),
        ]:  # fmt: skip
            with self.subTest(groups=groups):
                self.assertEqual(self.judged(groups), (recall, precision))


if __name__ == "__main__":
    unittest.main()
