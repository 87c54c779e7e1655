"""What review refuses, each with its rule and its way out.

MingjingError
├── NotAllowed
│   ├── ConflictOfInterest  403  who handles the case does not review it
│   ├── MayNotBegin         403  who never reviewed such decisions lacks what the law asks for
│   ├── NotForThisDesk      403  the role reaches that far, the office does not
│   └── OwnDraft            403  who drafted a catalogue neither guides nor approves it
├── Conflict
│   ├── Overtaken           409  somebody acted since the page was read
│   ├── NotNow              409  the state does not allow it
│   ├── ChecksOpen          409  the opinion does not fit the eight checks
│   ├── Unsuitable          409  who is named can not take it on
│   └── NotCleared          409  the gate: this text may not be decided (yet)
├── Unknown                 404  no such decision here
└── NoCatalogue             404  no such version of a catalogue here
"""

from __future__ import annotations

from mingjing_shared.errors import Conflict, MingjingError, NotAllowed


class ConflictOfInterest(NotAllowed):
    """Who handles a case does not review it."""

    code = "conflict-of-interest"


class MayNotBegin(NotAllowed):
    """Who reviews such decisions for the first time must hold the legal qualification."""

    code = "may-not-begin"


class NotForThisDesk(NotAllowed):
    """The act belongs to a leader of the legal department, or to oneself."""

    code = "not-for-this-desk"


class OwnDraft(NotAllowed):
    """Who drafted a catalogue neither guides nor approves it."""

    code = "own-draft"


class Overtaken(Conflict):
    """Somebody acted on the review since its page was read."""

    code = "overtaken"


class NotNow(Conflict):
    """The state of the review does not allow this step."""

    code = "not-now"


class ChecksOpen(Conflict):
    """The opinion does not fit what was found in the eight checks."""

    code = "checks-open"


class Unsuitable(Conflict):
    """Who is named must not take this on: a reason of the rules stands against it."""

    code = "unsuitable"


class NotCleared(Conflict):
    """No clearance fits this text: it may not be decided."""

    code = "not-cleared"


class Unknown(MingjingError):
    """We know no such decision."""

    status = 404
    code = "decision-unknown"


class NoCatalogue(MingjingError):
    """We know no such version of a catalogue, or no such change of law."""

    status = 404
    code = "catalogue-unknown"
