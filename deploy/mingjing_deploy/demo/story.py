"""A month from a seed: the same seed tells the same month, whoever asks and whenever."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from mingjing_deploy.demo.case import CASES_A_MONTH_MAX, SERIAL_FIRST, Case, Pace, make_case
from mingjing_deploy.demo.happenings import Act, Damaged, Happening, Told
from mingjing_deploy.demo.plots import DAYS, GRAVE, IN_A_DAY, PLOTS, kinds_of, roster
from mingjing_deploy.demo.thread import Thread
from mingjing_deploy.demo.world import World

CASES = 72
CASES_MIN = 12
_STARTS = (3, 20)  # the plots that may begin any day, begin between these
_DAYS_IN_A_DAY = 8  # the longest of the plots that are played in one day
_BY_KAFKA = 4  # every so many cases come from the second casework system


@dataclass(frozen=True)
class Day:
    """One day: what is told, in order, and then what is done, thread by thread."""

    number: int
    told: tuple[Told | Damaged, ...]
    threads: tuple[tuple[Act, ...], ...]


@dataclass(frozen=True)
class Month:
    """A made-up month."""

    seed: int
    number: int
    first: date
    cases: tuple[Case, ...]
    plots: tuple[str, ...]
    days: tuple[Day, ...]

    @property
    def acting(self) -> frozenset[str]:
        """Who does something: police numbers, roles, publishers."""
        return frozenset(act.who for day in self.days for acts in day.threads for act in acts)

    @property
    def counts(self) -> Mapping[str, int]:
        """How many events and acts."""
        return {
            "events": sum(len(day.told) for day in self.days),
            "acts": sum(len(thread) for day in self.days for thread in day.threads),
        }


@dataclass(frozen=True)
class Paced:
    """A case that is played within one day: when, what is told then, what is done then."""

    plot: str
    number: str
    steps: tuple[tuple[datetime, tuple[Told | Damaged, ...], tuple[Act, ...]], ...]

    @property
    def acting(self) -> frozenset[str]:
        """Who does something: police numbers, roles, publishers."""
        return frozenset(act.who for _when, _told, acts in self.steps for act in acts)


def month(seed: int, number: int, first: date, count: int = CASES) -> Month:
    """Make up a month of so many cases, the ``number``-th of its platform.

    Nothing of two months has the same number.

    Raises:
        ValueError: more or fewer cases than a month may have.
    """
    if not CASES_MIN <= count <= CASES_A_MONTH_MAX:
        raise ValueError(f"{count} cases: a month has {CASES_MIN} to {CASES_A_MONTH_MAX}.")
    rng = Random(f"{seed}/{number}")  # noqa: S311 - a made-up world, not a secret
    plots = roster(count)
    threads = [_thread(rng, number, first, place, plot) for place, plot in enumerate(plots)]
    happened = [one for thread in threads for one in thread.happened]
    happened += World(rng, first, number, threads[0].case.record_sha256).happenings()
    return Month(
        seed=seed,
        number=number,
        first=first,
        cases=tuple(thread.case for thread in threads),
        plots=tuple(plots),
        days=_days(happened),
    )


def workday(
    seed: int, number: int, began: datetime, length: timedelta, count: int
) -> tuple[Paced, ...]:
    """Make up one day of so many cases, each of them from beginning to end.

    They begin one after the other in the first half and have the other half to end.
    """
    rng = Random(f"{seed}/{number}/day")  # noqa: S311 - a made-up world, not a secret
    found = []
    for place in range(count):
        plot = IN_A_DAY[place % len(IN_A_DAY)]
        pace = Pace(began + length / 2 * place / count, length / (2 * _DAYS_IN_A_DAY))
        thread = _thread(rng, number, began.date(), place, plot, pace=pace)
        days = sorted({one.day for one in thread.happened})
        steps = tuple(
            (
                pace.ends(day),
                tuple(o for o in thread.happened if o.day == day and not isinstance(o, Act)),
                tuple(o for o in thread.happened if o.day == day and isinstance(o, Act)),
            )
            for day in days
        )
        found.append(Paced(plot, thread.case.number, steps))
    return tuple(found)


def _thread(
    rng: Random, number: int, first: date, place: int, plot: str, *, pace: Pace | None = None
) -> Thread:
    serial = SERIAL_FIRST + number * CASES_A_MONTH_MAX + place
    kinds = kinds_of(plot)
    case = make_case(rng, serial, first, kinds[place % len(kinds)], grave=plot in GRAVE)
    if place % _BY_KAFKA == _BY_KAFKA - 1 and plot != "contradicted":
        case.publisher = "casework-direct"
    case.pace = pace
    thread = Thread(case, rng)
    PLOTS[plot](thread, rng.randint(*_STARTS) if pace is None else 0)
    return thread


def _days(happened: Iterable[Happening]) -> tuple[Day, ...]:
    told: dict[int, list[Told | Damaged]] = {day: [] for day in range(DAYS)}
    acts: dict[int, dict[str, list[Act]]] = {day: {} for day in range(DAYS)}
    for one in happened:
        if isinstance(one, Act):
            acts[one.day].setdefault(one.about, []).append(one)
        else:
            told[one.day].append(one)
    return tuple(
        Day(
            number=day,
            told=tuple(sorted(told[day], key=_clock)),
            threads=tuple(tuple(thread) for thread in acts[day].values()),
        )
        for day in range(DAYS)
    )


def _clock(one: Told | Damaged) -> str:
    return str(one.event["time"]) if isinstance(one, Told) else ""


def kinds_told(told: Month) -> Counter[str]:
    """How many cases of each kind a month has."""
    return Counter(case.matter.kind for case in told.cases)
