"""What can be wrong in recording: leaves of the family in ``mingjing_shared.errors``.

InvalidInput
├── NotTaken           a file that is empty, of a kind not taken, or not what it should be
└── OutOfRange         416: bytes are asked for that the file does not have
Conflict
├── Incomplete         a case file lacks what it must hold; the message says what
└── NotNow             what is asked does not fit where the case, act or recording stands
NotAllowed
└── OwnRequest         who asked may not decide on it
TooMuch
└── TooLarge           a file beyond what one request may bring
Misconfigured
└── Damaged            kept bytes are not what was kept: nothing of them is given out
"""

from mingjing_shared.errors import Conflict, InvalidInput, Misconfigured, NotAllowed, TooMuch


class NotTaken(InvalidInput):
    """The file cannot be taken as it is."""

    code = "recording-not-taken"


class OutOfRange(InvalidInput):
    """The bytes asked for lie beyond the end of the file."""

    status = 416
    code = "recording-out-of-range"


class Incomplete(Conflict):
    """The case file lacks what it must hold."""

    code = "recording-incomplete"


class NotNow(Conflict):
    """What is asked does not fit where things stand."""

    code = "recording-not-now"


class OwnRequest(NotAllowed):
    """Who asked decides on the own request."""

    code = "recording-own-request"


class TooLarge(TooMuch):
    """More than one request may bring."""

    code = "recording-too-large"


class Damaged(Misconfigured):
    """Kept bytes do not open: they were changed, or belong to another recording."""

    code = "recording-damaged"
