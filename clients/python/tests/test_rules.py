"""What needs no real server: arguments, limits, the meaning of odd answers."""

import inspect
import logging
import os
import subprocess
import sys
import threading
import time
import uuid
from collections import Counter

import pytest
from middle import Script, stored

from cerberus_collector import (
    AsyncConversationLogger, ConversationLogger, FeedbackCollector, InvalidRecord, QueueFull)
from cerberus_collector._ids import Minter

GOOD = {"user_id": "ada", "session_id": "s", "user_message": "Why?", "assistant_message": "Because."}


class Stubborn:
    def __str__(self):
        raise RuntimeError("no text")


def loop():
    value = []
    value.append(value)
    return value


@pytest.fixture
def scripted():
    scripts = []

    def start(answer):
        scripts.append(Script(answer))
        return scripts[-1]

    yield start
    for script in scripts:
        script.close()


BAD = [
    ({"user_id": None}, "user_id"),
    ({"user_id": ""}, "user_id"),
    ({"user_id": "u" * 257}, "user_id"),
    ({"session_id": None}, "session_id"),
    ({"user_message": None}, "user_message"),
    ({"user_message": " \n"}, "user_message"),
    ({"user_message": b"bytes"}, "user_message"),
    ({"assistant_message": ["x"]}, "assistant_message"),
    ({"language": 3}, "language"),
    ({"complexity": True}, "complexity"),
    ({"complexity": float("nan")}, "complexity"),
    ({"context": float("inf")}, "context"),
    ({"context": loop()}, "context"),
    ({"context": Stubborn()}, "context"),
    ({"context": {("a", "b"): 1}}, "context"),
]


@pytest.mark.parametrize("wrong, name", BAD, ids=[f"{n}-{i}" for i, (_, n) in enumerate(BAD)])
def test_bad_arguments_raise_only_when_strict(wrong, name, caplog):
    logger = ConversationLogger("http://127.0.0.1:9")
    assert uuid.UUID(logger.log_conversation(**{**GOOD, **wrong})).version == 7
    assert (logger.counters.rejected, logger.counters.waiting) == (1, 0)
    assert len(caplog.records) == 1 and name in caplog.text
    with pytest.raises(InvalidRecord, match=name):
        ConversationLogger("http://127.0.0.1:9", strict=True).log_conversation(**{**GOOD, **wrong})


RATINGS = [
    (("x", 0), "score"), (("x", 6), "score"), (("x", 4.5), "score"), (("x", "5"), "score"), (("x", True), "score"),
    (("x", None), "score"), ((None, 5), "example_id"), (("", 5), "example_id"), (("x", 5, 7), "comment"),
    (("x", 5, "c" * 4097), "comment"), (("x", 5, None, "c" * 65537), "corrected_message"),
    (("x", 5, None, b"c"), "corrected_message"),
]


@pytest.mark.parametrize("wrong, name", RATINGS, ids=[f"{n}-{i}" for i, (_, n) in enumerate(RATINGS)])
def test_bad_ratings_raise_only_when_strict(wrong, name):
    logger = ConversationLogger("http://127.0.0.1:9")
    FeedbackCollector(logger).submit_feedback(*wrong)
    assert logger.counters.rejected == 1
    with pytest.raises(InvalidRecord, match=name):
        FeedbackCollector(ConversationLogger("http://127.0.0.1:9", strict=True)).submit_feedback(*wrong)


ENDPOINTS = ["./training_logs", "ftp://host", "http://", "http://user:word@host", "http://host/?q", "http://h:port", 7]


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_a_bad_endpoint_raises_only_when_strict(endpoint, caplog):
    logger = ConversationLogger(endpoint)
    logger.log_conversation(**GOOD)
    assert logger.flush(0)
    assert logger.counters.dropped == 1
    assert len(caplog.records) == 1
    assert "nothing will be sent" in caplog.text and "word" not in caplog.text.replace("password", "")
    with pytest.raises((ValueError, AttributeError, TypeError)):
        ConversationLogger(endpoint, strict=True)


def test_a_bad_key_raises_only_when_strict(caplog):
    for key in ("two words", b"key", 7):
        assert ConversationLogger("http://127.0.0.1:9", api_key=key).flush(0)
        with pytest.raises((ValueError, AttributeError, TypeError)):
            ConversationLogger("http://127.0.0.1:9", api_key=key, strict=True)
    assert len(caplog.records) == 3


@pytest.mark.parametrize("name", ["__init__", "log_conversation", "flush", "close"])
def test_the_calls_for_asyncio_have_the_arguments_of_the_others(name):
    of = [inspect.signature(getattr(kind, name)) for kind in (ConversationLogger, AsyncConversationLogger)]
    assert of[0] == of[1]


def test_what_is_no_json_goes_as_its_text(scripted):
    script = scripted(lambda path, lines: stored(lines))
    context = {"when": uuid.UUID(int=1), "cut": "\ud83d", "line": "a\nb\u2028c"}
    with ConversationLogger(script.address, strict=True) as logger:
        logger.log_conversation(**GOOD, context=context)
        context["when"] = "changed after the call"
        assert logger.flush(30)
    [(path, [record])] = script.requests
    assert path == "/v1/log"
    assert record["context"] == {"when": str(uuid.UUID(int=1)), "cut": "?", "line": "a\nb\u2028c"}
    assert "language" not in record


def test_a_full_queue_drops_counts_and_warns_once(caplog):
    logger = ConversationLogger("http://127.0.0.1:9", queue_max=3)
    for _ in range(10):
        logger.log_conversation(**GOOD)
    assert (logger.counters.waiting, logger.counters.dropped) == (3, 7)
    assert [record.message for record in caplog.records if "dropped" in record.message] == [
        "Cerberus Collector: the queue is full: records are dropped (counters tell how many)"]
    strict = ConversationLogger("http://127.0.0.1:9", queue_bytes_max=300, strict=True)
    strict.log_conversation(**GOOD)
    with pytest.raises(QueueFull):
        strict.log_conversation(**GOOD)
    logger.close(0)
    strict.close(0)
    assert logger.counters.dropped == 10
    logger.log_conversation(**GOOD)
    assert logger.counters.dropped == 11, "a closed logger takes nothing and raises nothing"


def problem(status, code):
    return {"status": status, "code": code, "detail": "a rule", "errors": []}


def test_only_the_lines_that_may_succeed_are_sent_again(scripted):
    seen = Counter()

    def answer(path, lines):
        results = []
        for line in lines:
            name = line["user_id"]
            seen[name] += 1
            if name == "busy" and seen[name] < 3:
                results.append({"error": problem(503, "queue_full")})
            elif name == "bad":
                results.append({"error": problem(422, "invalid")})
            else:
                results.append({"example_id": line["example_id"]})
        return 200, {"results": results}, {}

    script = scripted(answer)
    with ConversationLogger(script.address) as logger:
        for name in ("busy", "bad", "good"):
            logger.log_conversation(**{**GOOD, "user_id": name})
        assert logger.flush(30)
        assert (logger.counters.sent, logger.counters.rejected, logger.counters.retries) == (2, 1, 2)
    assert seen == {"busy": 3, "bad": 1, "good": 1}


@pytest.mark.parametrize("status", [401, 403, 404, 405, 408, 425, 429, 500, 502, 503, 507])
def test_answers_after_which_a_batch_is_sent_again(scripted, status):
    script = scripted(lambda path, lines: stored(lines) if len(script.requests) > 2 else (status, b"<html>", {}))
    with ConversationLogger(script.address) as logger:
        logger.log_conversation(**GOOD)
        assert logger.flush(30)
        assert (logger.counters.sent, logger.counters.retries) == (1, 2)
    assert len({lines[0]["example_id"] for _, lines in script.requests}) == 1


@pytest.mark.parametrize("status", [400, 410, 415, 422])
def test_answers_after_which_it_is_not(scripted, status):
    script = scripted(lambda path, lines: (status, problem(status, "x"), {}))
    with ConversationLogger(script.address) as logger:
        logger.log_conversation(**GOOD)
        FeedbackCollector(logger).submit_feedback("x", 5)
        assert logger.flush(30)
        assert logger.counters.rejected == 2
    assert len(script.requests) == 2


@pytest.mark.parametrize("body", [b"", b"<html>", b"{}", b'{"results":[]}', b"[" * 100_000])
def test_a_stranger_in_place_of_the_collector_is_told(scripted, body, caplog):
    script = scripted(lambda path, lines: (200, body, {}))
    with ConversationLogger(script.address) as logger:
        logger.log_conversation(**GOOD)
        assert not logger.flush(0.3)
        logger.close(0)
    assert "is the endpoint right?" in caplog.text


def test_ratings_that_have_to_wait_hold_up_no_conversation(scripted):
    script = scripted(
        lambda path, lines: (429, {}, {"Retry-After": "200"}) if path == "/v1/feedback" else stored(lines))
    logger = ConversationLogger(script.address)
    FeedbackCollector(logger).submit_feedback("x", 5)
    deadline = time.monotonic() + 30
    while not script.requests and time.monotonic() < deadline:
        threading.Event().wait(0.005)
    for _ in range(3):
        logger.log_conversation(**GOOD)
    while logger.counters.sent < 3 and time.monotonic() < deadline:
        threading.Event().wait(0.005)
    assert (logger.counters.sent, logger.counters.waiting) == (3, 1)
    assert [path for path, _ in script.requests].count("/v1/feedback") == 1
    logger.close(0)


def test_many_threads_lose_nothing(scripted):
    script = scripted(lambda path, lines: stored(lines))
    with ConversationLogger(script.address) as logger:
        threads = [threading.Thread(target=lambda: [logger.log_conversation(**GOOD) for _ in range(200)])
                   for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert logger.flush(30)
        assert logger.counters.sent == 1600
    ids = [line["example_id"] for _, lines in script.requests for line in lines]
    assert len(set(ids)) == len(ids) == 1600


def test_a_logger_that_nobody_holds_sends_and_ends_its_thread(scripted):
    script = scripted(lambda path, lines: stored(lines))
    before = set(threading.enumerate())
    ConversationLogger(script.address).log_conversation(**GOOD)
    [thread] = [one for one in set(threading.enumerate()) - before if one.name == "cerberus-collector"]
    thread.join(30)
    assert not thread.is_alive() and len(script.requests) == 1


def test_ids_are_of_version_7_and_grow(monkeypatch):
    minter = Minter()
    ids = [minter.mint() for _ in range(5_000)]
    assert ids == sorted(ids) and len(set(ids)) == len(ids)
    for one in map(uuid.UUID, ids[:100]):
        assert (one.version, one.variant) == (7, uuid.RFC_4122)
        assert abs((one.int >> 80) - time.time() * 1000) < 60_000
    monkeypatch.setattr(time, "time_ns", lambda: 0)
    assert minter.mint() > ids[-1]


def test_importing_starts_nothing_and_configures_no_log():
    assert not logging.getLogger("cerberus_collector").handlers
    program = "import cerberus_collector, threading; assert threading.active_count() == 1"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-c", program], env=environment, check=True, timeout=60)


def test_the_types_hold():
    here = os.path.join(os.path.dirname(__file__), "..")
    result = subprocess.run([sys.executable, "-m", "mypy", "--cache-dir", os.devnull], cwd=here, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr


def test_the_package_needs_nothing_else():
    here = os.path.join(os.path.dirname(__file__), "../cerberus_collector")
    names = set()
    for file in os.listdir(here):
        if file.endswith(".py"):
            with open(os.path.join(here, file), encoding="utf-8") as text:
                names |= {line.split()[1].split(".")[0] for line in text if line.startswith(("import ", "from "))}
    foreign = {name for name in names if name and name not in sys.stdlib_module_names}
    assert not foreign

