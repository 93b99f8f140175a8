"""What waits for one route, in order, and when it may be tried again."""

from __future__ import annotations

import random
from collections import deque
from dataclasses import dataclass

FIRST_DELAY = 0.1
DELAY_MAX = 30.0


@dataclass(frozen=True)
class Record:
    body: bytes
    """One line of JSON without its line end."""


class Lane:
    """Not safe by itself: the sender's lock guards it."""

    def __init__(self, records_max: int, bytes_max: int) -> None:
        self._records_max, self._bytes_max = records_max, bytes_max
        self._waiting: deque[Record] = deque()
        self.clear()

    def clear(self) -> None:
        self._waiting.clear()
        self._attempts = 0
        self.not_before = 0.0

    def __len__(self) -> int:
        return len(self._waiting)

    def add(self, record: Record) -> None:
        self._waiting.append(record)

    def is_full_batch(self) -> bool:
        return len(self._waiting) >= self._records_max

    def take(self) -> list[Record]:
        """The next batch, at least one record of those that wait. It still counts as waiting until it is settled."""
        batch: list[Record] = []
        size = 0
        for record in self._waiting:
            size += len(record.body) + 1
            if batch and (len(batch) == self._records_max or size > self._bytes_max):
                break
            batch.append(record)
        return batch

    def settle(self, batch: list[Record], again: list[Record]) -> None:
        """Removes the batch that was taken; those to be sent again stay at the front, in their order."""
        for _ in batch:
            self._waiting.popleft()
        self._waiting.extendleft(reversed(again))

    def halve(self) -> None:
        """A proxy or a server with a lower limit finds the batch too large."""
        self._records_max = max(1, self._records_max // 2)

    def wait(self, now: float, retry_after: float | None) -> None:
        """Exponential backoff with full jitter, never earlier than the server asks for."""
        ceiling = min(DELAY_MAX, FIRST_DELAY * 2 ** min(self._attempts, 16))
        self._attempts += 1
        self.not_before = now + max(random.uniform(FIRST_DELAY / 2, ceiling), retry_after or 0)

    def succeed(self) -> None:
        self._attempts = 0
        self.not_before = 0.0
