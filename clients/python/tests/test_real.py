"""The client against the real binary."""

import asyncio
import json
import os
import subprocess
import sys
import urllib.request

import pytest
from middle import Middle

from cerberus_collector import (
    AsyncConversationLogger,
    AsyncFeedbackCollector,
    ConversationLogger,
    DeliveryError,
    FeedbackCollector,
)

ANSWER = "Use reversed(items) for an iterator, or items[::-1] for a reversed copy of the list."


def get(server, path):
    fields = {"Authorization": "Bearer " + server.key} if server.key else {}
    with urllib.request.urlopen(urllib.request.Request(server.address + path, headers=fields), timeout=30) as answer:
        return json.load(answer)


def log(logger, number, **more):
    return logger.log_conversation(
        user_id=f"u-{number % 7}", session_id="s", user_message=f"How do I reverse list {number}?",
        assistant_message=f"{ANSWER} ({number})", **more)


def test_the_call_that_people_have_stores_every_field(serve):
    server = serve()
    logger = ConversationLogger(server.address)
    example_id = logger.log_conversation(
        user_id="ada", session_id="s1", user_message="How do I reverse a list?", assistant_message=ANSWER,
        context={"file": "a.py", "open": ["b.py"]}, language="python", framework="django", complexity="low",
        model="m-1", variant="v-1", history=[{"role": "user", "content": "Hello"}])
    assert FeedbackCollector(logger).submit_feedback(example_id, 5, "Just what I needed") is None
    assert logger.flush(30)
    example = get(server, "/v1/examples/" + example_id)
    record = example.get("conversation", example)
    assert record["example_id"] == example_id
    assert record["context"] == {"file": "a.py", "open": ["b.py"]}
    named = {name: record[name] for name in ("language", "framework", "complexity", "model", "variant")}
    assert named == {
        "language": "python", "framework": "django", "complexity": "low", "model": "m-1", "variant": "v-1"}
    assert record["history"] == [{"role": "user", "content": "Hello"}]
    assert "Just what I needed" in json.dumps(example)
    assert logger.counters.sent == 2
    logger.close()


def test_positions_and_plain_types_work_too(serve):
    server = serve()
    with ConversationLogger(server.address, strict=True) as logger:
        first = logger.log_conversation(17, 4, "Why?", ANSWER, None, None, None, 3)
        FeedbackCollector(logger).submit_feedback(first, 2.0, corrected_message=ANSWER + " Better so.")
        assert logger.flush(30)
    assert get(server, "/v1/stats")["corrections"] == 1


def test_a_thousand_share_few_requests(serve):
    server = serve()
    with ConversationLogger(server.address) as logger:
        for number in range(1_200):
            log(logger, number)
        assert logger.flush(60)
        assert logger.counters.sent == 1_200
    assert get(server, "/v1/stats")["conversations"] == 1_200
    with urllib.request.urlopen(server.address + "/metrics") as answer:
        lines = answer.read().decode().splitlines()
    counts = [line for line in lines if "_count{" in line and "/v1/log" in line]
    assert counts and sum(float(line.split()[-1]) for line in counts) <= 12, counts


def test_lost_answers_store_nothing_twice(serve):
    server = serve()
    middle = Middle(server.address, cut=5)
    with ConversationLogger(middle.address) as logger:
        ids = [log(logger, number) for number in range(300)]
        ratings = FeedbackCollector(logger)
        for example_id in ids[:40]:
            ratings.submit_feedback(example_id, 4)
        assert logger.flush(60)
        assert logger.counters.sent == 340
        assert logger.counters.retries >= 1
    middle.close()
    assert middle.cut == 0, "no answer was lost: the test shows nothing"
    stats = get(server, "/v1/stats")
    assert (stats["conversations"], stats["rated"]) == (300, 40)


def test_a_collector_that_is_down_at_first_gets_all_later(serve, caplog):
    server = serve()
    middle = Middle(server.address, is_down=True)
    with ConversationLogger(middle.address) as logger:
        for number in range(20):
            log(logger, number)
        assert middle.refused.wait(30)
        assert not logger.flush(0.3)
        middle.is_down = False
        assert logger.flush(30)
        assert logger.counters.sent == 20
    middle.close()
    assert get(server, "/v1/stats")["conversations"] == 20
    assert [record.message.split(" (")[0] for record in caplog.records] == [
        f"Cerberus Collector: {middle.address} is out of reach"]


def test_connections_that_the_server_closed_meanwhile_are_no_fault(serve):
    server = serve("--idle-timeout", "1")
    with ConversationLogger(server.address) as logger:
        log(logger, 1)
        assert logger.flush(30)
        connection = logger._sender._transport._connection
        # Readable without a request means that the other side has closed.
        import select
        assert select.select([connection.sock], [], [], 30)[0]
        log(logger, 2)
        assert logger.flush(30)
        assert logger.counters.retries == 0


def test_one_bad_record_spoils_no_other(serve, caplog):
    server = serve()
    with ConversationLogger(server.address) as logger:
        log(logger, 1)
        log(logger, 2, language="x" * 200)
        log(logger, 3, history=[{"role": "nobody", "content": "secret words"}])
        log(logger, 4)
        log(logger, 5, language="y" * 200)
        assert logger.flush(30)
        assert (logger.counters.sent, logger.counters.rejected) == (2, 3)
    # One for each reason.
    assert len(caplog.records) == 2
    assert "/language" in caplog.records[0].message and "/history/0/role" in caplog.records[1].message
    assert "secret" not in caplog.text and "xxx" not in caplog.text


def test_strict_tells_of_refusals_at_the_flush(serve):
    server = serve()
    logger = ConversationLogger(server.address, strict=True)
    log(logger, 1, language="x" * 200)
    with pytest.raises(DeliveryError, match="1 records .*422 .*/language"):
        logger.flush(30)
    assert logger.flush(30), "a refusal is told once"
    logger.close()


def test_large_records_are_sent_in_smaller_batches(serve):
    server = serve("--max-body", "20000")
    with ConversationLogger(server.address) as logger:
        for number in range(60):
            log(logger, number, context="word " * 500)
        log(logger, 60, context="word " * 10_000)
        assert logger.flush(30)
        assert (logger.counters.sent, logger.counters.rejected) == (60, 1)
    assert get(server, "/v1/stats")["conversations"] == 60


def test_a_key_is_sent_and_a_wrong_one_waits(serve, caplog, monkeypatch):
    server = serve(key="test-key-0123456789")
    with ConversationLogger(server.address, api_key="wrong-key-0123456789") as logger:
        log(logger, 1)
        assert not logger.flush(0.5)
        logger.close(0)
        assert logger.counters.dropped == 1
    assert "401: is the key right? The key is not valid" in caplog.text
    assert "wrong-key" not in caplog.text
    monkeypatch.setenv("CERBERUS_ENDPOINT", server.address + "/")
    # As a file with a line end gives it.
    monkeypatch.setenv("CERBERUS_API_KEY", "test-key-0123456789\n")
    with ConversationLogger() as logger:
        log(logger, 1)
        assert logger.flush(30)
    assert get(server, "/v1/stats")["conversations"] == 1


def test_users_who_opted_out_are_counted(serve):
    server = serve(key="test-key-0123456789")
    server.post("/v1/users/opt-out", {"user_id": "u-1"})
    with ConversationLogger(server.address, api_key=server.key) as logger:
        log(logger, 1)
        log(logger, 2)
        assert logger.flush(30)
        assert (logger.counters.sent, logger.counters.opted_out) == (1, 1)


def run(server, program):
    environment = {**os.environ, "CERBERUS_ENDPOINT": server.address, "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-W", "error", "-c", program], env=environment, check=True, timeout=60)


def test_the_end_of_a_program_sends_what_waits(serve):
    server = serve()
    run(server, """if True:
        from cerberus_collector import ConversationLogger
        for number in range(50):
            ConversationLogger(linger=1).log_conversation("ada", "s", f"Question {number}?", "Nothing")
        """)
    assert get(server, "/v1/stats")["conversations"] == 50


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_parent_and_child_of_a_fork_each_send_their_own_once(serve):
    server = serve()
    run(server, """if True:
        import os, warnings
        from cerberus_collector import ConversationLogger
        warnings.simplefilter("ignore", DeprecationWarning)
        logger = ConversationLogger(linger=0.3)
        log = lambda who, number: logger.log_conversation(who, "s", f"Question {number} of {who}?", "Nothing")
        log("parent", 0)
        assert logger.flush(30)
        for number in range(1, 40):
            log("parent", number)
        child = os.fork()
        if not child:
            assert logger.counters.waiting == 0
            for number in range(30):
                log("child", number)
            assert logger.flush(30)
            assert logger.counters.sent == 30, logger.counters
            os._exit(0)
        assert os.waitpid(child, 0)[1] == 0
        assert logger.flush(30)
        assert logger.counters.sent == 40, logger.counters
        """)
    stats = get(server, "/v1/stats")
    assert (stats["conversations"], stats["users"]) == (70, 2)


def test_the_async_twin(serve):
    server = serve()

    async def main():
        async with AsyncConversationLogger(server.address) as logger:
            ratings = AsyncFeedbackCollector(logger)
            for number in range(10):
                example_id = await log(logger, number)
                await ratings.submit_feedback(example_id, 5)
            assert await logger.flush(30)
            assert logger.counters.sent == 20

    asyncio.run(main())
    assert get(server, "/v1/stats")["rated"] == 10


def test_the_example_for_fastapi(serve, monkeypatch):
    server = serve()
    monkeypatch.setenv("CERBERUS_ENDPOINT", server.address)
    monkeypatch.syspath_prepend(os.path.join(os.path.dirname(__file__), "../examples"))
    from fastapi.testclient import TestClient
    from fastapi_app import app

    with TestClient(app) as client:
        answer = client.post("/chat", json={"user": "ada", "session": "s1", "text": "How do I reverse a list?"})
        assert answer.status_code == 200
        example_id = answer.json()["example_id"]
        plain = {"Content-Type": "text/plain;charset=UTF-8"}
        body = '{"example_id":"%s","score":%d}'
        assert client.post("/v1/feedback", content=body % (example_id, 5), headers=plain).json() == {"status": "pending"}
        for wrong in (body % (example_id, 6), "{", b"\xff"):
            assert client.post("/v1/feedback", content=wrong, headers=plain).status_code == 422
    # Its lifespan has closed the logger.
    assert get(server, "/v1/stats")["rated"] == 1
