"""One connection that is kept open, over the standard library alone."""

from __future__ import annotations

import http.client
import json
import ssl
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

# Answers hold a line for each record of a batch; whatever is longer than this comes from something else.
ANSWER_BYTES_MAX = 4 << 20
RETRY_AFTER_MAX = 300.0


@dataclass(frozen=True)
class Answer:
    status: int
    body: Any
    """The JSON of the answer; None where it is none."""
    retry_after: float | None
    """Seconds, 0 to 300; None where the header is missing or a date."""


class Transport:
    """Used by one thread at a time."""

    def __init__(self, endpoint: str, api_key: str | None, timeout: float) -> None:
        parts = urlsplit(endpoint)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("endpoint must be an address such as http://127.0.0.1:8080")
        if parts.query or parts.fragment or parts.username or parts.password:
            raise ValueError("endpoint must have no query, fragment, user or password")
        # Without user and password: it stands in warnings.
        self.endpoint = endpoint
        self._https = parts.scheme == "https"
        self._host, self._port, self._prefix = parts.hostname, parts.port, parts.path.rstrip("/")
        self._timeout = timeout
        self._headers = {"Accept": "application/json", "User-Agent": "cerberus-collector-python"}
        if api_key:
            if not api_key.isascii() or not api_key.isprintable() or " " in api_key:
                raise ValueError("api_key must be printable ASCII without spaces")
            self._headers["Authorization"] = "Bearer " + api_key
        self._connection: http.client.HTTPConnection | None = None

    def post(self, path: str, body: bytes, content_type: str) -> Answer:
        """Raises OSError or http.client.HTTPException where no whole answer came."""
        was_open = self._connection is not None
        try:
            return self._post(path, body, content_type)
        except (ConnectionError, http.client.HTTPException):
            self.close()
            # The server closes what is idle for 30 s, which shows only now. Sending twice is safe: ids are our own.
            if not was_open:
                raise
        except OSError:
            self.close()
            raise
        try:
            return self._post(path, body, content_type)
        except (OSError, http.client.HTTPException):
            self.close()
            raise

    def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection:
            connection.close()

    def forget(self) -> None:
        """After a fork: the connection is the parent's."""
        self._connection = None

    def _post(self, path: str, body: bytes, content_type: str) -> Answer:
        connection = self._connection or self._connect()
        self._connection = connection
        connection.request("POST", self._prefix + path, body, {**self._headers, "Content-Type": content_type})
        response = connection.getresponse()
        content = response.read(ANSWER_BYTES_MAX + 1)
        if len(content) > ANSWER_BYTES_MAX:
            raise http.client.HTTPException("the answer is too long")
        if response.will_close:
            self.close()
        try:
            parsed = json.loads(content)
        except (ValueError, RecursionError):
            parsed = None
        return Answer(response.status, parsed, _seconds(response.getheader("Retry-After")))

    def _connect(self) -> http.client.HTTPConnection:
        if self._https:
            context = ssl.create_default_context()
            return http.client.HTTPSConnection(self._host, self._port, timeout=self._timeout, context=context)
        return http.client.HTTPConnection(self._host, self._port, timeout=self._timeout)


def _seconds(text: str | None) -> float | None:
    return min(float(text), RETRY_AFTER_MAX) if text and text.isascii() and text.isdigit() else None
