"""Sends conversations and ratings to a Cerberus Collector in the background.

    logger = ConversationLogger("http://127.0.0.1:8080")
    example_id = logger.log_conversation(
        user_id="ada", session_id="s1", user_message="How do I …?", assistant_message="Use …")
    FeedbackCollector(logger).submit_feedback(example_id, 5, "Just what I needed")
"""

from ._sender import Counters
from .aio import AsyncConversationLogger, AsyncFeedbackCollector
from .errors import CerberusError, DeliveryError, InvalidRecord, QueueFull
from .logger import ConversationLogger, FeedbackCollector

__all__ = [
    "AsyncConversationLogger",
    "AsyncFeedbackCollector",
    "CerberusError",
    "ConversationLogger",
    "Counters",
    "DeliveryError",
    "FeedbackCollector",
    "InvalidRecord",
    "QueueFull",
]
__version__ = "0.1.0"
