"""A chat backend that logs what it answers and takes ratings: uvicorn fastapi_app:app

CERBERUS_ENDPOINT and CERBERUS_API_KEY say where the collector is.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import AsyncIterator, Optional

from fastapi import FastAPI
from pydantic import BaseModel, Field

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


@app.post("/rate", status_code=204)
async def rate(rating: Rating) -> None:
    await feedback.submit_feedback(rating.example_id, rating.score, rating.comment)
