"""At the front door: a head hands its role over for some days (代行)."""

from mingjing_deploy.demo.acts.scene import Do, Given, Scene


async def delegate(scene: Scene, who: str, given: Given) -> None:
    """授权代行."""
    seat = await scene.office.seat(who)
    address = "/my/delegations"
    page = await seat.client.get(address)
    role = page.text.split('<option value="unit_head@', 1)[1].split('"', 1)[0]
    typed = {name: given[name] for name in ("taker", "from_on", "until_on", "why")}
    await seat.sends(address, address, {**typed, "role": f"unit_head@{role}"})


ACTS: dict[str, Do] = {"delegate": delegate}
