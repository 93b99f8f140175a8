"""What a strict logger raises. None of them holds a text or an id that the application sent."""


class CerberusError(Exception):
    """The parent of all errors of this package."""


class InvalidRecord(CerberusError, ValueError):
    """An argument breaks a rule; the message names the argument and the rule."""


class QueueFull(CerberusError):
    """The record was not taken: the collector has been out of reach, or slower than the application, for too long."""


class DeliveryError(CerberusError):
    """The collector refused records for good since the last flush; the message has their number and the first reason."""
