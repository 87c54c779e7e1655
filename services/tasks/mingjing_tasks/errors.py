"""What can be wrong in tasks: leaves of the family in ``mingjing_shared.errors``.

InvalidInput
└── CannotBackfill     what is asked cannot be fed from the archive; the message says why
Misconfigured
└── ArchiveChanged     an archived event is not what was taken in: nothing is fed from it
"""

from mingjing_shared.errors import InvalidInput, Misconfigured


class CannotBackfill(InvalidInput):
    """No such service or type, or one that this service does not take."""

    code = "tasks-cannot-backfill"


class ArchiveChanged(Misconfigured):
    """An archived event does not match the digest under which it was taken in."""

    code = "tasks-archive-changed"
