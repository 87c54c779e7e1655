"""What can be wrong in tasks: leaves of the family in ``mingjing_shared.errors``.

InvalidInput
├── CannotBackfill     what is asked cannot be fed from the archive; the message says why
└── DamagedNotice      the text is no whole notice; says which lines are wrong and why
Conflict
├── CannotSeal         the month is not over, is empty, or is not sealed; the message says which
└── SealedOtherwise    the month is sealed, or was, with other content; the message says where
Misconfigured
└── ArchiveChanged     an archived event is not what was taken in: nothing is fed from it
"""

from collections.abc import Sequence

from mingjing_shared.errors import Conflict, InvalidInput, Misconfigured

PROBLEMS_SAID_MAX = 8


class CannotBackfill(InvalidInput):
    """No such service or type, or one that this service does not take."""

    code = "tasks-cannot-backfill"


class DamagedNotice(InvalidInput):
    """The text is no notice, or is damaged; nothing of it was taken."""

    code = "tasks-damaged-notice"

    def __init__(self, problems: Sequence[tuple[int, str]]) -> None:
        named = "；".join(
            f"第 {line} 行：{reason}" for line, reason in problems[:PROBLEMS_SAID_MAX]
        )
        more = f"……共 {len(problems)} 处" if len(problems) > PROBLEMS_SAID_MAX else ""
        super().__init__(
            f"通知文本有误，没有导入。{named}{more}。",
            "按行改正后重新导入；原有任务和文本没有改变。",
            problems=[{"line": line, "reason": reason} for line, reason in problems],
        )
        self.problems = tuple(problems)


class ArchiveChanged(Misconfigured):
    """An archived event does not match the digest under which it was taken in."""

    code = "tasks-archive-changed"


class CannotSeal(Conflict):
    """There is nothing to seal, or to compare, in this month."""

    code = "tasks-cannot-seal"


class SealedOtherwise(Conflict):
    """What is sealed and what the database holds are not the same."""

    code = "tasks-sealed-otherwise"
