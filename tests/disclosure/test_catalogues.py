"""审核目录: what review published is listed, for whoever sees anything of disclosure."""

from datetime import datetime, timedelta

from disclosure.people import NOBODY, units

from mingjing_disclosure.handlers import HANDLERS
from mingjing_shared.events.review import CataloguePublished
from support.events import received
from support.officers import CITY
from support.publishing import EDITOR

AT = datetime.fromisoformat("2026-09-21T10:00:00+08:00")


def published(number, **about):
    return received(
        CataloguePublished,
        about={"source": "/mingjing/review", "time": AT + timedelta(hours=number), **about},
        unit=CITY,
        catalogue_version=str(number),
        valid_from="2026-10-01",
        sha256="ab" * 32,
        items=12,
    )


async def told(database, *events):
    async with database.transaction() as tx:
        await HANDLERS[CataloguePublished](events, tx)


async def test_published_catalogues_are_listed_newest_first(face):
    await units(face)
    await told(face.inside.state.database, published(1), published(2))
    page = (await face.get(EDITOR, "/disclosure/catalogues")).text
    assert page.index("第 2 版") < page.index("第 1 版")
    assert f"/review/catalogue/{CITY}" in page
    assert (await face.get(NOBODY, "/disclosure/catalogues")).status_code == 403


async def test_a_long_list_has_pages(face):
    await units(face)
    await told(face.inside.state.database, *(published(number) for number in range(1, 55)))
    page = (await face.get(EDITOR, "/disclosure/catalogues")).text
    assert page.count("data-row") == 50
    mark = page.split("after=", 1)[1].split('"', 1)[0]
    rest = (await face.get(EDITOR, f"/disclosure/catalogues?after={mark}")).text
    assert 0 < rest.count("data-row") < 50
