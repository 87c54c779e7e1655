"""A hearing (听证), from telling the party of its right to the report: one function of the steps.

行政处罚法 §63–§65, 公安机关办理行政案件程序规定 §123–§153: the handling unit tells the party; the
party asks, or renounces, or lets the days pass; the legal department accepts or refuses within two
days (silence accepts); the notice is served seven days before; a chair who did not investigate
the case holds it and reports to the head. Who renounced or withdrew may ask again within the days
for asking (§134). Who does not come without a reason has given it up (§149).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from mingjing_review.rules.opinion import RULES as REQUEST_RULES
from mingjing_shared.law.calendar import ONE_DAY
from mingjing_shared.law.deadline import deadline
from mingjing_shared.law.rules import load_rules

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from mingjing_shared.law.calendar import WorkingCalendar
    from mingjing_shared.law.deadline import Deadline

PERIODS = load_rules("mingjing_review", "hearing_periods")
REQUEST = REQUEST_RULES["hearing.request"]

STATE_NAMES = {
    "to_tell": "待告知",
    "told": "待申请",
    "requested": "待受理",
    "accepted": "待通知",
    "noticed": "待举行",
    "held": "待报告",
    "reported": "已报告",
    "refused": "不予受理",
    "waived": "已放弃",
    "lapsed": "逾期未申请",
    "withdrawn": "已撤回",
    "no_show": "未到视为放弃",
}
"""Every state of a hearing in words."""

STEP_NAMES = {
    "told": "告知听证权利",
    "requested": "登记听证申请",
    "waived": "登记放弃听证",
    "withdrawn": "登记撤回申请",
    "lapsed": "申请期限届满",
    "accepted": "受理听证",
    "deemed": "逾期未通知，视为受理",
    "refused": "不予受理听证",
    "noticed": "送达举行听证通知书",
    "held": "举行听证",
    "no_show": "登记无正当理由不到",
    "reported": "提出听证报告书",
}
"""Every step in words; ``lapsed`` and ``deemed`` are the clock's."""

_ENDED = frozenset({"waived", "lapsed", "refused", "withdrawn", "no_show"})
MAY_FOLLOW = {
    "told": frozenset({"to_tell"}) | _ENDED,
    "requested": frozenset({"told", "lapsed", "waived", "withdrawn"}),
    "waived": frozenset({"told"}),
    "lapsed": frozenset({"told"}),
    "accepted": frozenset({"requested"}),
    "deemed": frozenset({"requested"}),
    "refused": frozenset({"requested"}),
    "noticed": frozenset({"accepted", "noticed"}),
    "withdrawn": frozenset({"requested", "accepted", "noticed"}),
    "held": frozenset({"noticed"}),
    "no_show": frozenset({"noticed"}),
    "reported": frozenset({"held"}),
}
"""In which states a step may be taken."""

_AFTER = {"deemed": "accepted"}
BY_LEGAL = frozenset({"accepted", "refused", "noticed", "held", "no_show", "reported"})
"""What the legal department does: nobody who handled the case."""
OWED = frozenset({"requested", "accepted", "noticed"})
"""States in which a hearing that was asked for has not been held."""
HELD = frozenset({"held", "reported"})
CLOSED_BECAUSE = {
    "state_secret": "涉及国家秘密",
    "business_secret": "涉及商业秘密",
    "privacy": "涉及个人隐私",
    "minor": "涉及未成年人",
}
"""Why a hearing may be closed (行政处罚法 §64, 治安管理处罚法 §117)."""


@dataclass(frozen=True, slots=True)
class Deed:
    """One step of a hearing: what, on which day, by whom.

    Attributes:
        planned_on: the day of the hearing, of a notice.
        postponed: a reason is given why it is held later than the law's days (延期).
        closed: why it is not public; none: public.
    """

    kind: str
    on: date
    officer: str | None = None
    planned_on: date | None = None
    chair: str | None = None
    recorder: str | None = None
    postponed: bool = False
    closed: str | None = None


@dataclass(frozen=True, slots=True)
class Hearing:
    """Where a hearing stands, and the days that made it so.

    Attributes:
        last_on: the day of the last step.
        told_on: when the party was told, of the last telling.
        begun_on: the acceptance: from then on the time is the hearing's.
        ended_on: when it was held, or ended without.
    """

    state: str = "to_tell"
    last_on: date | None = None
    told_on: date | None = None
    requested_on: date | None = None
    begun_on: date | None = None
    noticed_on: date | None = None
    planned_on: date | None = None
    held_on: date | None = None
    ended_on: date | None = None
    chair: str | None = None
    recorder: str | None = None
    closed: str | None = None

    @property
    def was_held(self) -> bool:
        """Whether it took place."""
        return self.state in HELD


def hearing_of(
    deeds: Sequence[Deed], *, told_on: date | None = None, held_on: date | None = None
) -> Hearing:
    """Where the steps lead to, in their order; what does not fit the state changes nothing.

    Nor does the clock's step of a day before the last one: the party was told again meanwhile.
    ``told_on`` and ``held_on`` are what casework told of notice and hearing, the last of each:
    they count where no officer recorded the same here. A party that is told anew may ask anew,
    whatever came of the telling before; what is under way goes on.
    """
    now = Hearing()
    if told_on is not None and not any(deed.kind == "told" for deed in deeds):
        first = min(told_on, deeds[0].on) if deeds else told_on
        now = _after(now, Deed("told", first))
    now = _taken(now, deeds)
    if held_on is not None and now.state in {"to_tell", "told", "lapsed", *OWED}:
        now = _held_by_then(now, held_on)
    if told_on is not None and _is_told_anew(now, told_on):
        later = [deed for deed in deeds if deed.on >= told_on and deed.kind != "told"]
        now = _taken(_after(Hearing(), Deed("told", told_on)), later)
        if held_on is not None and now.state in {"told", "lapsed", *OWED}:
            now = _held_by_then(now, held_on)
    return now


def _taken(now: Hearing, deeds: Sequence[Deed]) -> Hearing:
    for deed in deeds:
        stale = deed.officer is None and now.last_on is not None and deed.on < now.last_on
        if now.state in MAY_FOLLOW[deed.kind] and not stale:
            now = _after(now, deed)
    return now


def _held_by_then(now: Hearing, held_on: date) -> Hearing:
    """A hearing that casework told of; one before the party was told was of another telling."""
    if now.told_on is not None and held_on < now.told_on:
        return now
    return replace(now, state="held", held_on=held_on, ended_on=held_on, last_on=held_on)


def _is_told_anew(now: Hearing, told_on: date) -> bool:
    """Whether the party was told again after what came of the telling before."""
    if now.told_on is None or told_on <= now.told_on:
        return False
    is_over = now.state == "told" or now.state in _ENDED | HELD
    return is_over and now.last_on is not None and now.last_on < told_on


_NO_DAYS = {"begun_on": None, "noticed_on": None, "planned_on": None, "ended_on": None}
"""What a new request begins without."""


def _after(now: Hearing, deed: Deed) -> Hearing:
    state = _AFTER.get(deed.kind, deed.kind)
    changes: dict[str, Any] = {}
    match deed.kind:
        case "told":
            now, changes = Hearing(), {"told_on": deed.on}
        case "requested":
            changes = {"requested_on": deed.on, **_NO_DAYS}
        case "accepted" | "deemed":
            changes = {"begun_on": deed.on}
        case "noticed":
            changes = {
                "noticed_on": deed.on,
                "planned_on": deed.planned_on,
                "chair": deed.chair,
                "recorder": deed.recorder,
                "closed": deed.closed,
            }
        case "held":
            changes = {"held_on": deed.on, "ended_on": deed.on}
        case "refused" | "withdrawn" | "no_show":
            changes = {"ended_on": deed.on}
    return replace(now, state=state, last_on=deed.on, **changes)


def own_times(
    deeds: Sequence[Deed], *, told_on: date | None = None, held_on: date | None = None
) -> list[tuple[date, date | None]]:
    """Every time that was a hearing's own: from an acceptance to its end; none: it still lasts."""
    found: list[tuple[date, date | None]] = []
    now = Hearing()
    for place, _ in enumerate(deeds, 1):
        then = hearing_of(deeds[:place], told_on=told_on)
        if then.state == "accepted" and now.state != "accepted" and then.begun_on is not None:
            found.append((then.begun_on, None))
        if then.ended_on is not None and found and found[-1][1] is None:
            found[-1] = (found[-1][0], then.ended_on)
        now = then
    if held_on is not None and found and found[-1][1] is None and held_on >= found[-1][0]:
        found[-1] = (found[-1][0], held_on)
    return found


def heard(
    state: str | None, *, requested: bool | None, held: bool | None
) -> tuple[bool | None, bool | None]:
    """Whether a hearing is asked for and whether it was held: as noted here, else as proposed.

    One that was refused, withdrawn or given up is not owed, whatever the proposal says; nothing
    noted here yet changes nothing.
    """
    if state in HELD:
        return True, True
    if state in OWED:
        return True, False
    if state in {"refused", "withdrawn", "no_show", "waived"}:
        return False, held
    return requested, held


def request_by(told_on: date, calendar: WorkingCalendar) -> Deadline:
    """The last day on which the party may ask for a hearing."""
    return deadline(REQUEST, told_on, calendar)


def accept_by(requested_on: date, calendar: WorkingCalendar) -> Deadline:
    """The last day on which the request may still be refused; after it, it is accepted."""
    return deadline(PERIODS["accept"], requested_on, calendar)


def earliest_after(noticed_on: date, calendar: WorkingCalendar) -> date:
    """The first day on which a hearing may be held whose notice was served on a day."""
    return deadline(PERIODS["notice"], noticed_on, calendar).due_on


def hold_by(requested_on: date, calendar: WorkingCalendar) -> tuple[Deadline, date]:
    """The law's own last day for the hearing, and the day that can really be kept.

    Ten days after the request and a notice seven working days before do not always fit beside
    each other. The law's notice outranks the rule's ten days: the last day is never earlier than
    the notice allows whose request was accepted by silence.
    """
    own = deadline(PERIODS["hold"], requested_on, calendar)
    after_silence = accept_by(requested_on, calendar).due_on + ONE_DAY
    return own, max(own.due_on, earliest_after(after_silence, calendar))


def notice_by(requested_on: date, calendar: WorkingCalendar) -> date:
    """The last day on which the notice can be served, so that the hearing is in time."""
    _, last = hold_by(requested_on, calendar)
    day = last
    while earliest_after(day, calendar) > last:
        day -= ONE_DAY
    return day


def interest_in(deed: Deed, acting: Collection[str], involved: Collection[str]) -> str | None:
    """Why these people must not have to do with this hearing, in Chinese; nothing if they may.

    ``acting`` are who acts and whom they stand in for; ``involved`` who handled or investigated
    the case or proposed the decision.
    """
    for number in sorted(set(acting) & set(involved)) if deed.kind in BY_LEGAL else ():
        return f"{number} 是本案办案人员，不能办理本案听证"
    if deed.kind == "noticed":
        for named, name in ((deed.chair, "听证主持人"), (deed.recorder, "记录员")):
            if named in involved:
                return f"{named} 是本案调查人员，不得担任{name}（程序规定§127）"
    return None


def hindrance(now: Hearing, deed: Deed, today: date, calendar: WorkingCalendar) -> str | None:
    """Why a step may not be taken, in Chinese; nothing when it may."""
    if now.state not in MAY_FOLLOW[deed.kind]:
        return f"听证现在的状态是“{STATE_NAMES[now.state]}”，不能{STEP_NAMES[deed.kind]}。"
    if deed.on > today:
        return f"{deed.on} 还没有到，只能登记已经发生的事。"
    # A request in time may be noted after the days for it are over: the clock's step is none.
    before = now.told_on if now.state == "lapsed" else now.last_on
    if before is not None and deed.on < before:
        return f"{deed.on} 早于上一步的日期 {before}。"
    asked = {
        "requested": _late_again,
        "refused": _silent,
        "noticed": _unlawful_notice,
        "held": _other_day,
        "no_show": _other_day,
        "reported": _other_chair,
    }.get(deed.kind)
    return asked(now, deed, calendar) if asked else None


def _other_day(now: Hearing, deed: Deed, _calendar: WorkingCalendar) -> str | None:
    if deed.on == now.planned_on:
        return None
    return f"通知的听证日期是 {now.planned_on}，改期应当重新送达通知书。"


def _other_chair(now: Hearing, deed: Deed, _calendar: WorkingCalendar) -> str | None:
    if now.chair is None or deed.officer == now.chair:
        return None
    return f"听证报告书由听证主持人（{now.chair}）提出（程序规定§153）。"


def _late_again(now: Hearing, deed: Deed, calendar: WorkingCalendar) -> str | None:
    if now.state not in {"waived", "withdrawn", "lapsed"} or now.told_on is None:
        return None
    last = request_by(now.told_on, calendar).due_on
    if deed.on <= last:
        return None
    if now.state == "lapsed":
        return (
            f"要求听证的期限至 {last}，{deed.on} 提出的已经逾期；"
            "期限内提出的，请登记实际提出的日期。"
        )
    return f"放弃或者撤回后再次要求听证，应当在申请期限内（至 {last}）提出（程序规定§134）。"


def _silent(now: Hearing, deed: Deed, calendar: WorkingCalendar) -> str | None:
    if now.requested_on is None:
        return None
    last = accept_by(now.requested_on, calendar).due_on
    if deed.on <= last:
        return None
    return f"决定是否受理的期限至 {last}，逾期未通知的视为受理，不能再不予受理（程序规定§135）。"


def _unlawful_notice(now: Hearing, deed: Deed, calendar: WorkingCalendar) -> str | None:
    if deed.planned_on is None or not deed.chair or not deed.recorder:
        return "听证通知应当写明听证日期、主持人和记录员。"
    if deed.chair == deed.recorder:
        return "听证主持人和记录员应当是两个人（程序规定§127）。"
    first = earliest_after(deed.on, calendar)
    if deed.planned_on < first:
        return f"通知应当在举行听证的七日前送达：{deed.on} 送达的，最早 {first} 举行。"
    if now.requested_on is None or deed.postponed:
        return None
    _, last = hold_by(now.requested_on, calendar)
    if deed.planned_on > last:
        return f"听证应当在 {last} 以前举行；当事人申请延期的，请写明延期的理由（程序规定§138）。"
    return None
