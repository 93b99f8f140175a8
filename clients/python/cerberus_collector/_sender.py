"""The background thread: batches, retries, counters.

Conversations and ratings have a lane each, so that a limit on one does not hold up the other. A rating may overtake its
conversation then: the collector keeps it for a day and joins the two.
"""

from __future__ import annotations

import atexit
import http.client
import logging
import os
import threading
import time
import weakref
from dataclasses import dataclass, replace
from typing import Any

from ._lane import Lane, Record
from ._transport import Answer, Transport
from .errors import DeliveryError, QueueFull

log = logging.getLogger("cerberus_collector")

# The collector takes 1,000 lines and 1 MiB at once.
BATCH_RECORDS = 500
BATCH_BYTES = 900_000
# Statuses of a whole answer after which the same request may succeed later. The first four are for an operator to mend:
# a key, or a proxy that does not yet know the way.
MENDABLE = (401, 403, 404, 405)
RETRIED = (408, 425, 429)
# Reasons for a refusal name fields, so that there are some dozens of them at most.
WARNINGS_MAX = 50
# How long the end of the program may be held up by what is still queued.
EXIT_SECONDS = 5.0


@dataclass(frozen=True)
class Counters:
    """What became of the records since the start of this process; each is in exactly one of them, but for `retries`."""

    waiting: int = 0
    """Queued or under way."""
    sent: int = 0
    """Stored by the collector, durably, once."""
    opted_out: int = 0
    """Not stored because the user has opted out."""
    rejected: int = 0
    """Refused for good, by the collector or before sending: an argument breaks a rule."""
    dropped: int = 0
    """Not taken because the queue was full, or still waiting when the logger was closed."""
    retries: int = 0
    """Requests that will be sent again."""


class Sender:
    def __init__(
        self, transport: Transport, *, strict: bool, queue_max: int, queue_bytes_max: int, linger: float
    ) -> None:
        self._transport, self._strict = transport, strict
        self._queue_max, self._queue_bytes_max, self._linger = queue_max, queue_bytes_max, linger
        self._conversations = Lane(BATCH_RECORDS, BATCH_BYTES)
        self._ratings = Lane(1, BATCH_BYTES)
        self._start_afresh()
        _all.add(self)

    def _start_afresh(self) -> None:
        # Locks that another thread of the parent held at a fork are never released in the child: it gets new ones.
        self._lock = threading.Lock()
        self._changed = threading.Condition(self._lock)
        # Whoever sends holds it: the thread, or a flush that found no thread.
        self._sending = threading.Lock()
        self._thread: threading.Thread | None = None
        self._bytes = 0
        self._urgent = self._closed = self._retired = False
        self._counters = Counters()
        self._warned: set[str] = set()
        self._refusals = 0
        self._first_refusal = ""

    def after_fork_in_child(self) -> None:
        """What waited is the parent's to send."""
        self._transport.forget()
        self._conversations.clear()
        self._ratings.clear()
        self._start_afresh()

    # For the threads of the application.

    def add_conversation(self, line: bytes) -> None:
        self._add(self._conversations, line)

    def add_rating(self, body: bytes) -> None:
        self._add(self._ratings, body)

    def reject(self, reason: str) -> None:
        with self._lock:
            self._reject(reason)

    @property
    def counters(self) -> Counters:
        with self._lock:
            return replace(self._counters, waiting=self._count())

    def flush(self, timeout: float | None) -> bool:
        """Waits until nothing waits. False when the time is over first."""
        deadline = None if timeout is None else time.monotonic() + timeout
        with self._lock:
            self._hurry()
            while self._count():
                left = None if deadline is None else deadline - time.monotonic()
                if left is not None and left <= 0:
                    break
                if not self._ensure_thread():
                    return self._flush_here(deadline)
                self._changed.wait(left)
            return self._outcome()

    def close(self, timeout: float) -> None:
        self.flush(timeout)
        with self._lock:
            left = self._count()
            if left and not self._closed:
                self._count_up(dropped=left)
                self._warn("closed", "%d %s not sent before the end", left, "record was" if left == 1 else "records were")
            self._closed = True
            self._conversations.clear()
            self._ratings.clear()
            self._bytes = 0
            self._changed.notify_all()

    def retire(self) -> None:
        """Nothing more will be added: the thread ends once all is sent."""
        with self._lock:
            self._retired = True
            self._changed.notify_all()

    def _add(self, lane: Lane, body: bytes) -> None:
        with self._lock:
            if self._closed or self._count() >= self._queue_max or self._bytes + len(body) > self._queue_bytes_max:
                self._count_up(dropped=1)
                reason = "the logger is closed" if self._closed else "the queue is full"
                if self._strict:
                    raise QueueFull(reason)
                # A queue for nothing is that of a logger that has told already why it sends nothing.
                if self._queue_max:
                    self._warn("dropped", "%s: records are dropped (counters tell how many)", reason)
                return
            lane.add(Record(body))
            self._bytes += len(body)
            self._ensure_thread()
            if len(lane) == 1 or lane.is_full_batch():
                self._changed.notify_all()

    # With the lock held.

    def _count(self) -> int:
        return len(self._conversations) + len(self._ratings)

    def _count_up(self, **by: int) -> None:
        values = {name: getattr(self._counters, name) + number for name, number in by.items()}
        self._counters = replace(self._counters, **values)

    def _warn(self, kind: str, text: str, *values: object) -> None:
        """Once for each kind of trouble: a host application's log is not ours to fill."""
        if kind not in self._warned and len(self._warned) < WARNINGS_MAX:
            self._warned.add(kind)
            # Where an application has set up no logging, the name of the logger is not shown.
            log.warning("Cerberus Collector: " + text, *values)

    def _reject(self, reason: str) -> None:
        self._count_up(rejected=1)
        self._refusals += 1
        self._first_refusal = self._first_refusal or reason
        self._warn("rejected " + reason, "a record was refused for good: %s (further such ones are only counted)", reason)

    def _hurry(self) -> None:
        self._urgent = True
        self._conversations.not_before = self._ratings.not_before = 0.0
        self._changed.notify_all()

    def _outcome(self) -> bool:
        refusals, reason = self._refusals, self._first_refusal
        self._refusals, self._first_refusal = 0, ""
        if self._strict and refusals:
            raise DeliveryError(f"{refusals} records were refused, the first because: {reason}")
        return self._count() == 0

    def _ensure_thread(self) -> bool:
        if self._thread and self._thread.is_alive():
            return True
        thread = threading.Thread(target=self._run, name="cerberus-collector", daemon=True)
        try:
            thread.start()
        except RuntimeError:
            # While the interpreter ends it starts no threads: the flush at its end sends by itself.
            return False
        self._thread = thread
        return True

    # The thread.

    def _run(self) -> None:
        while True:
            with self._lock:
                lane = self._next_lane()
                while lane is None:
                    if self._closed or self._retired and not self._count():
                        self._transport.close()
                        return
                    self._changed.wait(self._pause())
                    lane = self._next_lane()
                if not self._urgent and not lane.is_full_batch():
                    # What comes in this moment shares the request.
                    self._changed.wait_for(lambda: self._urgent or self._closed or lane.is_full_batch(), self._linger)
            self._send(lane)

    def _next_lane(self) -> Lane | None:
        now = time.monotonic()
        for lane in (self._conversations, self._ratings):
            if len(lane) and lane.not_before <= now:
                return lane
        return None

    def _pause(self) -> float | None:
        times = [lane.not_before for lane in (self._conversations, self._ratings) if len(lane)]
        return max(0.0, min(times) - time.monotonic()) if times else None

    def _flush_here(self, deadline: float | None) -> bool:
        """Called with the lock held, which is let go while requests run."""
        while self._count():
            lane = self._next_lane()
            if lane is None:
                pause = self._pause() or 0.0
                if deadline is not None and time.monotonic() + pause > deadline:
                    break
                self._changed.wait(pause)
                continue
            self._lock.release()
            try:
                self._send(lane)
            finally:
                self._lock.acquire()
        return self._outcome()

    def _send(self, lane: Lane) -> None:
        with self._sending:
            with self._lock:
                batch = lane.take()
            if not batch:
                return
            ratings = lane is self._ratings
            answer: Answer | None = None
            fault = ""
            try:
                if ratings:
                    answer = self._transport.post("/v1/feedback", batch[0].body, "application/json")
                else:
                    body = b"".join(record.body + b"\n" for record in batch)
                    answer = self._transport.post("/v1/log", body, "application/x-ndjson")
            except (OSError, http.client.HTTPException) as error:
                # Answers that are no HTTP stand in the texts of the other errors.
                fault = (isinstance(error, OSError) and error.strerror) or type(error).__name__
            with self._lock:
                if self._closed:
                    return
                if answer is None:
                    again = batch
                    self._warn("unreachable", "%s is out of reach (%s); records wait and are retried",
                        self._transport.endpoint, fault)
                elif ratings:
                    again = self._judge_rating(batch, answer)
                else:
                    again = self._judge_batch(lane, batch, answer)
                lane.settle(batch, again)
                self._bytes -= sum(len(record.body) for record in batch) - sum(len(record.body) for record in again)
                if again:
                    self._count_up(retries=1)
                    if answer is None or answer.status != 413:
                        lane.wait(time.monotonic(), answer.retry_after if answer else None)
                else:
                    lane.succeed()
                if self._count() == 0:
                    self._urgent = False
                self._changed.notify_all()

    # What an answer means: the records to send again. With the lock held.

    def _judge_rating(self, batch: list[Record], answer: Answer) -> list[Record]:
        # 404 is about the rated example here, and will not mend.
        if answer.status != 404 and self._comes_again(answer):
            return batch
        self._judge(answer.status, answer.body)
        return []

    def _judge_batch(self, lane: Lane, batch: list[Record], answer: Answer) -> list[Record]:
        if answer.status == 413 and len(batch) > 1:
            lane.halve()
            return batch
        if answer.status != 200:
            if self._comes_again(answer):
                return batch
            for _ in batch:
                self._judge(answer.status, answer.body)
            return []
        results = answer.body.get("results") if isinstance(answer.body, dict) else None
        if not isinstance(results, list) or len(results) != len(batch):
            self._warn("strange", "the answer is not a collector's; is the endpoint right?")
            return batch
        again = []
        for record, result in zip(batch, results):
            problem = result.get("error") if isinstance(result, dict) else None
            if not isinstance(problem, dict):
                self._judge(200, result)
            elif _is_passing(problem.get("status")):
                again.append(record)
            else:
                self._judge(problem.get("status"), problem)
        return again

    def _comes_again(self, answer: Answer) -> bool:
        if answer.status in MENDABLE:
            detail = answer.body.get("detail") if isinstance(answer.body, dict) else None
            self._warn(
                f"mendable {answer.status}", "%s answers %d: %s %s; records wait and are retried",
                self._transport.endpoint, answer.status,
                "is the key right?" if answer.status in (401, 403) else "is the endpoint right?",
                detail[:200].rstrip(".") if isinstance(detail, str) else "(no answer of a collector)")
            return True
        return _is_passing(answer.status)

    def _judge(self, status: object, body: Any) -> None:
        fields = body if isinstance(body, dict) else {}
        if isinstance(status, int) and 200 <= status < 300:
            if fields.get("status") == "opted_out":
                self._count_up(opted_out=1)
            else:
                self._count_up(sent=1)
            return
        errors = fields.get("errors")
        first = errors[0] if isinstance(errors, list) and errors and isinstance(errors[0], dict) else fields
        place = f" at {first['pointer']}" if first.get("pointer") else ""
        self._reject(f"{status} {fields.get('code') or 'without a code'}{place}: {first.get('detail', '')}")


def _is_passing(status: object) -> bool:
    return isinstance(status, int) and (status in RETRIED or status >= 500)


_all: weakref.WeakSet[Sender] = weakref.WeakSet()


def _after_fork_in_child() -> None:
    for sender in list(_all):
        sender.after_fork_in_child()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork_in_child)


def _at_exit() -> None:
    for sender in list(_all):
        try:
            sender.close(EXIT_SECONDS)
        except DeliveryError as error:
            log.warning("at the end of the program: %s", error)


atexit.register(_at_exit)
