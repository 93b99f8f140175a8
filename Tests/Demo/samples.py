"""The sample conversations, and what the rules of the collector must make of them.

A line of the file is `{"log": <body of POST /v1/log>, "feedback": <body of POST /v1/feedback without its id> | null}`.
Planted personal data and secrets carry `{{cut}}` in their middle, so that no scanner takes this repository for a leak;
`load` takes it out.
"""

import json
from collections import Counter, defaultdict

CUT = "{{cut}}"
# What follows a cut that only keeps the header of a key from being taken for one: the header is meant to be stored.
HEADER = "PRIVATE KEY-----"
# Characters on each side of a cut that lie within the planted value.
PROBE = 4


class Sample:
    def __init__(self, line):
        raw = json.loads(line)
        self.probes = [probe for text in texts(raw) for probe in probes(text)]
        clean = json.loads(line.replace(CUT, ""))
        self.log, self.feedback = clean["log"], clean["feedback"]
        self.example_id = None

    @property
    def question(self):
        return self._text("user", "user_message")

    @property
    def answer(self):
        """The answer that would be published: the corrected one where there is one."""
        return (self.feedback or {}).get("corrected_message") or self._text("assistant", "assistant_message")

    @property
    def score(self):
        """0 when unrated."""
        return (self.feedback or {}).get("score", 0)

    def has(self, name):
        return name in (self.feedback or {})

    def _text(self, role, field):
        if field in self.log:
            return self.log[field]
        content = [turn["content"] for turn in self.log["messages"] if turn["role"] == role][-1]
        return content if isinstance(content, str) else "".join(part["text"] for part in content)

    def reason(self):
        """Why this record alone is not high quality; None where it is."""
        if 0 < self.score < 4 and not self.has("corrected_message"):
            return "low_score"
        return "too_short" if len(self.answer.strip()) < 50 else None


def load(path):
    with open(path, encoding="utf-8") as file:
        return [Sample(line) for line in file if line.strip()]


def texts(value):
    """Every string in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from texts(item)


def probes(text):
    """For each planted value of a text a few characters from its middle, which must not be found anywhere on the disk."""
    parts = text.split(CUT)
    return [
        left[-PROBE:] + right[:PROBE] for left, right in zip(parts, parts[1:]) if not right.startswith(HEADER)]


def without_zeros(counts):
    return {name: count for name, count in counts.items() if count}


def expected_statistics(samples):
    """The members of GET /v1/stats that follow from the samples (rules: one record on its own, then exact twins)."""
    reasons = Counter(sample.reason() for sample in samples)
    twins = defaultdict(int)
    for sample in samples:
        if sample.reason() is None:
            twins[" ".join(sample.question.split()), " ".join(sample.answer.split())] += 1
    good = len(twins)
    duplicates = sum(twins.values()) - good
    rejected = {"low_score": reasons["low_score"], "too_short": reasons["too_short"], "exact_duplicate": duplicates}
    scores = Counter(sample.score for sample in samples if sample.score)
    rated = sum(scores.values())
    return {
        "conversations": len(samples),
        "users": len({sample.log["user_id"] for sample in samples}),
        "sessions": len({(sample.log["user_id"], sample.log["session_id"]) for sample in samples}),
        "rated": rated,
        "comments": sum(sample.has("comment") for sample in samples),
        "corrections": sum(sample.has("corrected_message") for sample in samples),
        "feedback_rate": rated / len(samples),
        "average_score": sum(score * count for score, count in scores.items()) / rated,
        "scores": {str(score): scores[score] for score in range(1, 6)},
        "high_quality": good,
        "quality_rate": good / len(samples),
        "rejected": without_zeros(rejected),
    }
