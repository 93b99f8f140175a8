"""What most would write instead of the collector: FastAPI, pydantic, hashlib, `re`, json, one fsync a record.

Written as well as such a thing is: compiled patterns, one pass each, an append in one system call, and an answer only
once the record is on the disk. It keeps no index, so no statistics, ratings of unknown examples or erasure.
Run by two workers: uvicorn --workers 2 --no-access-log fastapi_reference:app, with DATA_DIR set.
"""

import hashlib
import hmac
import json
import os
import re
import uuid
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from pydantic import BaseModel, Field

PEPPER = os.environ.get("PEPPER", "a pepper of this benchmark").encode()
FOLDER = Path(os.environ["DATA_DIR"]) / "training_logs"
FOLDER.mkdir(parents=True, exist_ok=True)

PATTERNS = [
    (re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?-----END [A-Z ]*PRIVATE KEY-----"), "[PRIVATE_KEY]"),
    (re.compile(r"\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]+"), "[JWT]"),
    (re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"), "[AWS_KEY]"),
    (re.compile(r"\bgh[pousr]_[A-Za-z0-9]{36,}\b"), "[GITHUB_TOKEN]"),
    (re.compile(r"\bsk-[A-Za-z0-9_-]{20,}"), "[API_KEY]"),
    (re.compile(r"(?i)\bbearer\s+[\w.~+/-]{16,}=*"), "[TOKEN]"),
    (re.compile(r"\b([a-z][a-z0-9+.-]*://)[^\s/:@]+:[^\s/@]+@"), r"\1[CREDENTIALS]@"),
    (re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b"), "[EMAIL]"),
    (re.compile(r"\b(?:\d{1,3}\.){3}\d{1,3}\b"), "[IP]"),
    (re.compile(r"\b(?:\d[ -]?){13,19}\b"), "[CARD]"),
    (re.compile(r"\+\d{1,3}[ .-]?\(?\d{1,4}\)?(?:[ .-]?\d{2,4}){2,4}\b"), "[PHONE]"),
]

app = FastAPI()


class Conversation(BaseModel):
    user_id: str = Field(min_length=1, max_length=256)
    session_id: str = Field(min_length=1, max_length=256)
    user_message: str = Field(min_length=1)
    assistant_message: str = Field(min_length=1)
    context: Any = None
    language: str = ""
    framework: str = ""
    complexity: str = ""


def pseudonym(value: str) -> str:
    return hmac.new(PEPPER, value.encode(), hashlib.sha256).hexdigest()[:16]


def scrub(text: str) -> str:
    for pattern, placeholder in PATTERNS:
        text = pattern.sub(placeholder, text)
    return text


# Not `async`: the work and the sync block, so FastAPI runs it on its threads.
@app.post("/v1/log", status_code=201)
def log(conversation: Conversation):
    now = datetime.now(timezone.utc)
    record = conversation.model_dump() | {
        "example_id": str(uuid.uuid4()),
        "timestamp": now.isoformat(),
        "user_id": pseudonym("user:" + conversation.user_id),
        "session_id": pseudonym("session:" + conversation.session_id),
        "user_message": scrub(conversation.user_message),
        "assistant_message": scrub(conversation.assistant_message),
    }
    line = json.dumps(record, ensure_ascii=False).encode() + b"\n"
    file = os.open(FOLDER / f"conversations_{now:%Y-%m-%d}.jsonl", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(file, line)
        os.fsync(file)
    finally:
        os.close(file)
    return {"status": "success", "example_id": record["example_id"]}


@app.get("/livez")
def livez():
    return {"status": "ok"}
