"""任务与预警: take, explain and close warnings; accept, report and verify tasks."""

from mingjing_deploy.demo.acts.scene import Do, Given, Scene
from mingjing_deploy.demo.office import Seat, until


async def _warning(seat: Seat, given: Given) -> str:
    """The address of the raised warning of a kind about a case; waits for it."""

    async def look() -> str | None:
        after = ""
        while True:
            address = f"/tasks/api/warnings?state=raised{after}"
            found = (await seat.client.get(address)).json()
            for row in found.get("warnings", ()):
                if row["kind"] == given["kind"] and row["case_number"] == given["case_number"]:
                    return f"/tasks/warnings/{row['warning_id']}"
            if not found.get("next"):
                return None
            after = f"&after={found['next']}"

    return str(await until(look, f"{given['kind']} of {given['case_number']} is raised"))


async def take_warning(scene: Scene, who: str, given: Given) -> None:
    """签收."""
    seat = await scene.office.seat(who)
    await seat.sends(await _warning(seat, given), "/take")


async def explain_warning(scene: Scene, who: str, given: Given) -> None:
    """情况说明."""
    seat = await scene.office.seat(who)
    typed = {"reason": given["reason"], "words": given["words"]}
    await seat.sends(await _warning(seat, given), "/explain", typed)


async def close_warning(scene: Scene, who: str, given: Given) -> None:
    """核销."""
    seat = await scene.office.seat(who)
    await seat.sends(await _warning(seat, given), "/close", {"closing": given["words"]})


async def accept_task(scene: Scene, who: str, given: Given) -> None:
    """签收任务, unless the unit did so in an earlier month."""
    seat = await scene.office.seat(who)
    page = await seat.opens(f"/tasks/task/{given['number']}")
    if page is not None and page.form("/accept"):
        await seat.sends(f"/tasks/task/{given['number']}", "/accept")


async def report_task(scene: Scene, who: str, given: Given) -> None:
    """上报进展."""
    seat = await scene.office.seat(who)
    typed = {name: given[name] for name in ("words", "share", "evidence")}
    typed["done"] = "yes" if given["done"] else None
    await seat.sends(f"/tasks/task/{given['number']}", "/report", typed)


async def verify_task(scene: Scene, who: str, given: Given) -> None:
    """核验."""
    seat = await scene.office.seat(who)
    typed = {"passed": given["passed"], "finding": given["finding"]}
    await seat.sends(f"/tasks/task/{given['number']}", "/verify", typed)


ACTS: dict[str, Do] = {
    "take_warning": take_warning,
    "explain_warning": explain_warning,
    "close_warning": close_warning,
    "accept_task": accept_task,
    "report_task": report_task,
    "verify_task": verify_task,
}
