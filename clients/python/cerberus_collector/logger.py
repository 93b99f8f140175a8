"""What an application uses: log conversations, submit ratings, and go on at once."""

from __future__ import annotations

import logging
import os
import weakref
from types import TracebackType
from typing import Any, Mapping, Sequence

from . import _records
from ._ids import Minter
from ._sender import EXIT_SECONDS, Counters, Sender
from ._transport import Transport
from .errors import InvalidRecord

log = logging.getLogger("cerberus_collector")

NOWHERE = "http://127.0.0.1:8080"


class ConversationLogger:
    """Logs conversations in the background. Safe to use from every thread, and after a fork.

    endpoint: address of the collector; without one `CERBERUS_ENDPOINT`, else http://127.0.0.1:8080.
    api_key: a key with the scope `log`, and `feedback` where the server asks for it; without one `CERBERUS_API_KEY`.
        Not needed for an open server on loopback.
    strict: raise `InvalidRecord` and `QueueFull` at the call and `DeliveryError` at the flush. Otherwise nothing is ever
        raised into the application: `counters` tell, and one warning goes to the logger `cerberus_collector` for each
        kind of trouble.
    queue_max, queue_bytes_max: what may wait, in records and bytes; what comes beyond is dropped and counted.
    linger: seconds that the first record of a batch waits for others.
    timeout: seconds that a connection, or the next bytes of an answer, may take.
    """

    def __init__(
        self,
        endpoint: str | None = None,
        *,
        api_key: str | None = None,
        strict: bool = False,
        queue_max: int = 10_000,
        queue_bytes_max: int = 64 << 20,
        linger: float = 0.05,
        timeout: float = 10.0,
    ) -> None:
        endpoint = endpoint or os.environ.get("CERBERUS_ENDPOINT") or NOWHERE
        api_key = api_key or os.environ.get("CERBERUS_API_KEY")
        try:
            # A key out of a file or a secret store has a line end behind it.
            transport = Transport(endpoint, api_key.strip() if api_key else None, timeout)
        except (ValueError, AttributeError, TypeError) as error:
            if strict:
                raise
            log.warning(
                "Cerberus Collector: nothing will be sent: %s",
                error if isinstance(error, ValueError) else "endpoint and api_key must be texts")
            transport, queue_max = Transport(NOWHERE, None, timeout), 0
        self._strict = strict
        self._minter = Minter()
        self._sender = Sender(
            transport, strict=strict, queue_max=queue_max, queue_bytes_max=queue_bytes_max, linger=linger)
        # A logger that nobody holds any more may still have records to send; then its thread has no more to wait for.
        weakref.finalize(self, self._sender.retire)

    def log_conversation(
        self,
        user_id: object,
        session_id: object,
        user_message: str,
        assistant_message: str,
        context: Any = None,
        language: str | None = None,
        framework: str | None = None,
        complexity: str | float | None = None,
        *,
        model: str | None = None,
        variant: str | None = None,
        history: Sequence[Mapping[str, str]] | None = None,
    ) -> str:
        """Queues a conversation and returns its id, by which it can be rated from now on."""
        example_id = self._minter.mint()
        fields = {
            "user_id": user_id, "session_id": session_id, "user_message": user_message,
            "assistant_message": assistant_message, "context": context, "language": language, "framework": framework,
            "complexity": complexity, "model": model, "variant": variant, "history": history,
        }
        try:
            line = _records.conversation(example_id, fields)
        except InvalidRecord as error:
            self._refuse(error)
        else:
            self._sender.add_conversation(line)
        return example_id

    def flush(self, timeout: float | None = 10.0) -> bool:
        """Waits until nothing waits any more: True, or False after `timeout` seconds. `counters` say what became of it."""
        return self._sender.flush(timeout)

    def close(self, timeout: float = EXIT_SECONDS) -> None:
        """Flushes, then ends the background thread; what still waits is dropped. The end of the program does it too."""
        self._sender.close(timeout)

    @property
    def counters(self) -> Counters:
        return self._sender.counters

    def __enter__(self) -> ConversationLogger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _submit(self, example_id: str, score: int, comment: str | None, corrected_message: str | None) -> None:
        try:
            body = _records.rating(example_id, score, comment, corrected_message)
        except InvalidRecord as error:
            self._refuse(error)
        else:
            self._sender.add_rating(body)

    def _refuse(self, error: InvalidRecord) -> None:
        if self._strict:
            raise error
        self._sender.reject(str(error))


class FeedbackCollector:
    """Ratings by way of a logger, whose queue, counters and strictness they share."""

    def __init__(self, logger: ConversationLogger) -> None:
        self._logger = logger

    def submit_feedback(
        self, example_id: str, score: int, comment: str | None = None, corrected_message: str | None = None
    ) -> None:
        """Queues a rating from 1 to 5; a later one replaces it."""
        self._logger._submit(example_id, score, comment, corrected_message)
