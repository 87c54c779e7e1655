"""The operator at the keyboard: `mingjing letters`, as the runbook says."""

import asyncio
import json
import tempfile
from pathlib import Path

from mingjing_deploy.demo.acts.scene import Do, Given, Scene
from mingjing_deploy.demo.office import ActRefused, until


async def mend_letters(scene: Scene, who: str, given: Given) -> None:
    """Put a mended body in the place of one that could not be taken."""
    place = await _place(scene, given["case_number"], who)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "mended.json"
        file.write_text(json.dumps(given["data"], ensure_ascii=False), encoding="utf-8")
        await _run(
            scene, "mend", place, str(file), "--by", scene.office.number_of(who),
            "--why", "来源单位已书面更正日期",
        )  # fmt: skip


async def discard_letters(scene: Scene, who: str, given: Given) -> None:
    """Put aside for good what nobody can mend."""
    place = await _place(scene, given["case_number"], who)
    await _run(
        scene, "discard", place, "--by", scene.office.number_of(who), "--why", "来源单位确认作废"
    )


async def _place(scene: Scene, case_number: str, who: str) -> str:
    """Where the letter about a case lies; who opens it to see says who and why, and is noted."""

    async def look() -> str | None:
        listed = json.loads(await _run(scene, "list", "--json", "--service", "tasks"))
        places = [str(row["place"]) for row in listed]
        if not places:
            return None
        shown = await _run(
            scene, "show", *places, "--service", "tasks", "--open",
            "--by", scene.office.number_of(who), "--why", "核对隔离消息",
        )  # fmt: skip
        parts = shown.split('"place": "')[1:]
        return next((part.split('"', 1)[0] for part in parts if case_number in part), None)

    return str(await until(look, f"the record about {case_number} is put aside"))


async def _run(scene: Scene, *words: str) -> str:
    running = await asyncio.create_subprocess_exec(
        str(scene.command), "letters", *words,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    said, wrong = await running.communicate()
    if running.returncode:
        raise ActRefused(f"mingjing letters {words[0]}: {wrong.decode()[-500:]}")
    return said.decode()


ACTS: dict[str, Do] = {"mend_letters": mend_letters, "discard_letters": discard_letters}
