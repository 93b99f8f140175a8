"""Arguments of the application as bodies of requests. Raises InvalidRecord, which names the argument, never its value."""

from __future__ import annotations

import json
import math
from datetime import datetime, timezone
from typing import Any

from .errors import InvalidRecord

ID_CHARACTERS_MAX = 256
COMMENT_CHARACTERS_MAX = 4096
CORRECTION_BYTES_MAX = 64 << 10


def conversation(example_id: str, sent: dict[str, Any]) -> bytes:
    """A line for POST /v1/log. What is None is left out."""
    record: dict[str, Any] = {"example_id": example_id, "timestamp": _now()}
    for name, value in sent.items():
        if value is None:
            continue
        if name in ("user_id", "session_id"):
            value = _identifier(name, value)
        elif name in ("user_message", "assistant_message"):
            if not isinstance(value, str) or not value.strip():
                raise InvalidRecord(f"{name} must be a text that is not blank")
        elif name == "complexity" and isinstance(value, (int, float)) and not isinstance(value, bool):
            if not math.isfinite(value):
                raise InvalidRecord("complexity must be finite")
        elif name in ("language", "framework", "complexity", "model", "variant") and not isinstance(value, str):
            raise InvalidRecord(f"{name} must be a text")
        record[name] = value
    for name in ("user_id", "session_id", "user_message", "assistant_message"):
        if name not in record:
            raise InvalidRecord(f"{name} is missing")
    return _encoded(record)


def rating(example_id: str, score: object, comment: object, corrected_message: object) -> bytes:
    """The body of POST /v1/feedback."""
    if not isinstance(example_id, str) or not example_id:
        raise InvalidRecord("example_id must be the text that log_conversation returned")
    if isinstance(score, bool) or not isinstance(score, (int, float)) or score not in (1, 2, 3, 4, 5):
        raise InvalidRecord("score must be a whole number from 1 to 5")
    record: dict[str, Any] = {"example_id": example_id, "score": int(score)}
    for name, value in (("comment", comment), ("corrected_message", corrected_message)):
        if value is None:
            continue
        if not isinstance(value, str):
            raise InvalidRecord(f"{name} must be a text")
        record[name] = value
    if isinstance(comment, str) and len(comment) > COMMENT_CHARACTERS_MAX:
        raise InvalidRecord(f"comment must have at most {COMMENT_CHARACTERS_MAX} characters")
    if isinstance(corrected_message, str) and len(_utf8(corrected_message)) > CORRECTION_BYTES_MAX:
        raise InvalidRecord(f"corrected_message must have at most {CORRECTION_BYTES_MAX} bytes")
    return _encoded(record)


def _identifier(name: str, value: object) -> str:
    # Ids of databases are numbers or UUIDs as often as texts; str() is how they would be written by hand.
    text = str(value)
    if not 1 <= len(text) <= ID_CHARACTERS_MAX:
        raise InvalidRecord(f"{name} must have 1 to {ID_CHARACTERS_MAX} characters")
    return text


def _now() -> str:
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _encoded(record: dict[str, Any]) -> bytes:
    try:
        # What JSON does not know, such as dates and paths in a context, goes as its text.
        text = json.dumps(record, ensure_ascii=False, allow_nan=False, default=str, separators=(",", ":"))
    except Exception as error:
        # A context may hold anything, also what raises errors of its own when asked for its text.
        raise InvalidRecord(f"context or history cannot be written as JSON ({type(error).__name__})") from None
    return _utf8(text)


def _utf8(text: str) -> bytes:
    # Halves of surrogate pairs, which a cut emoji leaves behind, are no text; the collector would refuse the whole line.
    return text.encode("utf-8", "replace")
