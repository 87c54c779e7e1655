"""审核人员: an absence is noted; an adviser is asked on a review, and the answer recorded."""

import re

from mingjing_deploy.demo.acts.scene import Do, Given, Scene
from mingjing_deploy.demo.forms import Form, Page
from mingjing_deploy.demo.office import until

_ADVISER = re.compile(r'<option value="(n_[0-9a-f]+)"')
_ANSWERED_AT = re.compile(r"/engagements/([0-9a-f-]+)$")


async def absent(scene: Scene, who: str, given: Given) -> None:
    """登记不在岗."""
    seat = await scene.office.seat(who)
    typed = {name: given[name] for name in ("since", "until", "reason")}
    await seat.sends(f"/review/reviewers/{given['number']}", "/absences", typed)


async def ask_adviser(scene: Scene, who: str, given: Given) -> None:
    """咨询法律顾问: the first of those whose contract holds."""
    seat = await scene.office.seat(who)
    address = _address(given)

    async def look() -> str | None:
        page = await seat.opens(address)
        found = _ADVISER.search(page.html) if page else None
        return found[1] if found else None

    adviser = await until(look, "there is an adviser to ask")
    typed = {"adviser": adviser, "question": given["question"]}
    await seat.sends(address, "/engagements", typed)


async def record_advice(scene: Scene, who: str, given: Given) -> None:
    """记录答复."""
    seat = await scene.office.seat(who)
    address = _address(given)

    async def look() -> Form | None:
        page = await seat.opens(address)
        return _answering(page) if page else None

    form = await until(look, "an answer is awaited")
    found = _ANSWERED_AT.search(form.action)
    name = found[1] if found else ""
    typed = {f"advice-{name}": given["advice"], f"answer-{name}": given["answer"]}
    await seat.sends(address, f"/engagements/{name}", typed)


def _address(given: Given) -> str:
    return f"/review/cases/{given['decision_id']}/people"


def _answering(page: Page) -> Form | None:
    return next((form for form in page.forms if _ANSWERED_AT.search(form.action)), None)


ACTS: dict[str, Do] = {
    "absent": absent,
    "ask_adviser": ask_adviser,
    "record_advice": record_advice,
}
