"""Citizens at the portal: nobody signs in."""

from mingjing_deploy.demo.acts.scene import Do, Given, Scene
from mingjing_deploy.demo.forms import Page
from mingjing_deploy.demo.office import ActRefused


async def write(scene: Scene, _who: str, given: Given) -> None:
    """Report a mistake, or say something.

    Raises:
        ActRefused: the portal did not take it.
    """
    page = Page((await scene.portal.get("/feedback")).text)
    form = page.form("/feedback")
    assert form is not None
    typed = {"kind": given["kind"], "text": given["text"]}
    answer = await scene.portal.post(form.action, data=form.filled(typed))
    if answer.is_error:
        raise ActRefused(f"The portal: {Page(answer.text).refused}")


async def search(scene: Scene, _who: str, given: Given) -> None:
    """Search the portal, and read what is found first."""
    answer = await scene.portal.post("/search", data={"q": given["words"]})
    links = [link for link in Page(answer.text).links if "/items/" in link]
    for link in links[:1]:
        await scene.portal.get(link)


ACTS: dict[str, Do] = {"write": write, "search": search}
