"""What the lists of the departments hold after a month: asked as people and programs ask.

A list has rows in three states, or in all the states that it knows; else the month is no good.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from mingjing_deploy.demo.office import Office, Seat
from mingjing_deploy.errors import DeployError

STATES_WANTED = 3
_BUREAU, _OPERATOR, _EDITOR = "bureau_leader", "operator", "disclosure_editor"
_CHARTS = ("publication_on_time", "casefile_in_time", "review_done")
_APIS = (
    ("review", "/review/", "/review/api/reviews"),
    ("recording", "/recording/", "/recording/api/actions"),
    ("recording", "/recording/footage", "/recording/api/footage"),
    ("recording", "/recording/casefiles", "/recording/api/casefiles"),
    ("disclosure", "/disclosure/", "/disclosure/api/items"),
    ("tasks", "/tasks/warnings", "/tasks/api/warnings"),
)


@dataclass(frozen=True)
class Counted:
    """A list: whose, where, how many rows in which state; how many states it must show."""

    department: str
    address: str
    counts: Mapping[str, int]
    wanted: int = STATES_WANTED

    @property
    def rows(self) -> int:
        """All rows."""
        return sum(self.counts.values())

    @property
    def states(self) -> int:
        """How many states have rows."""
        return sum(1 for count in self.counts.values() if count)

    @property
    def is_good(self) -> bool:
        """Whether rows stand in as many states as are wanted."""
        return self.states >= self.wanted


async def tally(office: Office) -> list[Counted]:
    """Every list of every department, as it stands now."""
    leader = await office.seat(_BUREAU)
    found = [
        Counted(department, address, (await leader.client.get(api)).json()["counts"])
        for department, address, api in _APIS
    ]
    found.append(Counted("disclosure", "/disclosure/withheld", await _reasons(leader)))
    found.append(await _feedback(await office.seat(_EDITOR)))
    for who, address in ((_BUREAU, "/tasks/"), (_OPERATOR, "/tasks/letters")):
        page = await (await office.seat(who)).awaits(address)
        tiles = {name: count for name, count in page.tiles.items() if name != "全部"}
        found.append(Counted("tasks", address, tiles))
    found += [await _chart(leader, code) for code in _CHARTS]
    return found


async def _reasons(leader: Seat) -> Mapping[str, int]:
    """What is withheld, by the reason."""
    counts: Counter[str] = Counter()
    after = ""
    while True:
        page = (await leader.client.get(f"/disclosure/api/items?state=withheld{after}")).json()
        counts.update(str(item["reason_code"]) for item in page["items"])
        if not page["next"]:
            return counts
        after = f"&after={page['next']}"


async def _feedback(editor: Seat) -> Counted:
    """What citizens wrote; there are two states."""
    counts = {}
    for state in ("open", "answered"):
        page = await editor.client.get(f"/disclosure/feedback?state={state}")
        counts[state] = page.text.count("data-row")
    return Counted("disclosure", "/disclosure/feedback", counts, wanted=2)


async def _chart(leader: Seat, code: str) -> Counted:
    """An indicator: what was met, and what was not."""
    page = await leader.awaits(f"/tasks/indicators/{code}")
    return Counted("tasks", f"/tasks/indicators/{code}", page.tiles, wanted=1)


def table(lists: list[Counted]) -> str:
    """The lists for reading, one a line."""
    lines = [f"{'department':11} {'list':38} {'rows':>5} {'states':>6}  in which"]
    for one in lists:
        said = ", ".join(f"{name} {count}" for name, count in one.counts.items() if count)
        mark = "" if one.is_good else "   TOO FEW"
        lines.append(
            f"{one.department:11} {one.address:38} {one.rows:>5} {one.states:>6}  {said}{mark}"
        )
    return "\n".join(lines)


def refuse_poor(lists: list[Counted]) -> None:
    """Go on only when every list shows what it should.

    Raises:
        DeployError: names the lists that do not.
    """
    poor = [one for one in lists if not one.is_good]
    if poor:
        said = "; ".join(
            f"{one.address} has rows in {one.states} state(s) of at least {one.wanted}"
            for one in poor
        )
        raise DeployError(f"The month left lists without enough to show: {said}.")
