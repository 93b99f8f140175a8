"""A chat backend that logs what it answers and passes ratings on: uvicorn fastapi_app:app

CERBERUS_ENDPOINT and CERBERUS_API_KEY say where the collector is. Pages of this application need neither.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import AsyncIterator, Optional

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field, ValidationError

from cerberus_collector import AsyncConversationLogger, AsyncFeedbackCollector

logger: AsyncConversationLogger
feedback: AsyncFeedbackCollector


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    global logger, feedback
    logger = AsyncConversationLogger()
    feedback = AsyncFeedbackCollector(logger)
    async with logger:
        yield


app = FastAPI(lifespan=lifespan)


class Question(BaseModel):
    user: str
    session: str
    text: str


class Rating(BaseModel):
    example_id: str
    score: int = Field(ge=1, le=5)
    comment: Optional[str] = None


async def answer(text: str) -> str:
    """In place of a model."""
    return f"You asked: {text} A real assistant would answer here, in more than fifty characters."


@app.post("/chat")
async def chat(question: Question) -> dict[str, str]:
    reply = await answer(question.text)
    example_id = await logger.log_conversation(
        user_id=question.user, session_id=question.session, user_message=question.text, assistant_message=reply)
    return {"reply": reply, "example_id": example_id}


@app.post("/v1/feedback", status_code=202)
async def rate(request: Request) -> dict[str, str]:
    """The stars of a page of this application: <cerberus-feedback example-id="…"> without an endpoint."""
    try:
        # As plain text, for the sake of sendBeacon: that is why FastAPI does not read it.
        rating = Rating.model_validate_json(await request.body())
    except ValidationError as error:
        raise RequestValidationError(error.errors(include_input=False, include_context=False)) from None
    await feedback.submit_feedback(rating.example_id, rating.score, rating.comment)
    return {"status": "pending"}
