"""The one family of errors that a reader may see.

    MingjingError
    ├── InvalidInput        400/422  what was sent cannot be taken as it is
    ├── NotAllowed          401/403  who asks may not
    ├── Conflict            409      what is asked does not fit what is there
    ├── TooMuch             413/429  more than is taken at once
    ├── Unavailable         503      a part that is needed does not answer just now
    └── Misconfigured       500      the installation itself is wrong; nothing was done

Every error says, in the reader's language, what is wrong and what to do. Only ``api`` and
``pages`` (and commands) render them.
"""

from __future__ import annotations

from typing import Any, ClassVar

MISCONFIGURED_EXIT = 78  # EX_CONFIG: the supervisor does not restart what cannot get better


class MingjingError(Exception):
    """Something that its reader can understand and act on.

    Attributes:
        status: the HTTP status an API answers with.
        code: short, stable name for machines (``problem+json`` type).
        message: one Chinese sentence: the value, the rule.
        way_out: one Chinese sentence: what to do now.
        details: further members of the problem document.
    """

    status: ClassVar[int] = 500
    code: ClassVar[str] = "internal"

    def __init__(self, message: str, way_out: str = "", **details: Any) -> None:
        super().__init__(message)
        self.message = message
        self.way_out = way_out
        self.details = details


class InvalidInput(MingjingError):
    """What was sent cannot be taken as it is."""

    status = 400
    code = "invalid-input"


class NotAllowed(MingjingError):
    """Who asks may not do this."""

    status = 403
    code = "not-allowed"


class Conflict(MingjingError):
    """What is asked does not fit what is already there."""

    status = 409
    code = "conflict"


class TooMuch(MingjingError):
    """More than is taken at once."""

    status = 413
    code = "too-much"


class Unavailable(MingjingError):
    """A part that is needed does not answer just now; asking again later is right."""

    status = 503
    code = "unavailable"


class Misconfigured(MingjingError):
    """The installation itself is wrong: a key, a file, a setting."""

    status = 500
    code = "misconfigured"
