"""The same for asyncio. Queueing takes microseconds and never waits, so that only flush and close leave the loop."""

from __future__ import annotations

import asyncio
from types import TracebackType
from typing import Any, Mapping, Sequence

from ._sender import EXIT_SECONDS, Counters
from .logger import ConversationLogger, FeedbackCollector


class AsyncConversationLogger:
    """`ConversationLogger` with its arguments and calls, awaited; its background thread does the sending."""

    # The arguments are written out, so that editors and type checkers know them.
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
        self._logger = ConversationLogger(
            endpoint, api_key=api_key, strict=strict, queue_max=queue_max, queue_bytes_max=queue_bytes_max,
            linger=linger, timeout=timeout)

    async def log_conversation(
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
        return self._logger.log_conversation(
            user_id, session_id, user_message, assistant_message, context, language, framework, complexity,
            model=model, variant=variant, history=history)

    async def flush(self, timeout: float | None = 10.0) -> bool:
        return await asyncio.get_running_loop().run_in_executor(None, self._logger.flush, timeout)

    async def close(self, timeout: float = EXIT_SECONDS) -> None:
        await asyncio.get_running_loop().run_in_executor(None, self._logger.close, timeout)

    @property
    def counters(self) -> Counters:
        return self._logger.counters

    async def __aenter__(self) -> AsyncConversationLogger:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()


class AsyncFeedbackCollector:
    def __init__(self, logger: AsyncConversationLogger) -> None:
        self._feedback = FeedbackCollector(logger._logger)

    async def submit_feedback(
        self, example_id: str, score: int, comment: str | None = None, corrected_message: str | None = None
    ) -> None:
        self._feedback.submit_feedback(example_id, score, comment, corrected_message)
