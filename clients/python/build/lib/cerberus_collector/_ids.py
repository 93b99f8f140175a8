"""UUIDs of version 7 (RFC 9562, section 5.7): the collector takes them as ids that a client minted."""

import os
import threading
import time
import uuid


class Minter:
    """Ids of one minter grow, also within a millisecond and when the clock is set back (RFC 9562, section 6.2, method 2)."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last = 0

    def mint(self) -> str:
        # 48 bits of milliseconds, then 74 random ones; the bits of version and variant are put in between afterwards.
        fresh = (time.time_ns() // 1_000_000) << 74 | int.from_bytes(os.urandom(10), "big") >> 6
        with self._lock:
            self._last = max(fresh, self._last + 1)
            value = self._last
        time_bits, a_bits, b_bits = value >> 74, value >> 62 & 0xFFF, value & ((1 << 62) - 1)
        return str(uuid.UUID(int=time_bits << 80 | 0x7 << 76 | a_bits << 64 | 0b10 << 62 | b_bits))
