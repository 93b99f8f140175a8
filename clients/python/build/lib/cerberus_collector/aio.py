"""The same for asyncio. Queueing takes microseconds and never waits, so that only flush and close leave the loop."""

from __future__ import annotations

import asyncio
from types import TracebackType
from typing import Any

from ._sender import EXIT_SECONDS, Counters
from .logger import ConversationLogger, FeedbackCollector


class AsyncConversationLogger:
    """Takes the arguments of `ConversationLogger`; its background thread does the sending."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        self._logger = ConversationLogger(*arguments, **named)

    async def log_conversation(self, *arguments: Any, **named: Any) -> str:
        return self._logger.log_conversation(*arguments, **named)

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
