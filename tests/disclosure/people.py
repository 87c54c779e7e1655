"""Officers of these tests, and the tree of units in which their roles reach."""

from support.officers import CITY, COUNTY, ELSEWHERE, STATION, an_officer

NOBODY = an_officer()
HANDLER = an_officer("case_handler", number="034211", unit=STATION)
HEAD = an_officer("unit_head", number="020001", unit=COUNTY)
OTHER_HEAD = an_officer("unit_head", number="020002", unit=ELSEWHERE)
INSPECTOR = an_officer("inspector", number="020003", unit=CITY)
REVIEWER = an_officer("legal_reviewer", number="020004", unit=CITY)
ALL_ROLES = an_officer(
    "disclosure_editor", "disclosure_checker", "bureau_leader", number="050001", unit=CITY
)


async def units(face):
    """The tree of units, as the directory would have told it."""
    async with face.database.transaction() as tx:
        for code, parent, name in (
            (CITY, None, "市公安局"),
            (COUNTY, CITY, "田家庵分局"),
            (STATION, COUNTY, "龙泉派出所"),
            (ELSEWHERE, CITY, "别处分局"),
        ):
            await tx.execute(
                "INSERT INTO directory_units (code, versions, told_at, told_by) VALUES (:code,"
                " jsonb_build_array(jsonb_build_object('valid_from', '2020-01-01', 'name',"
                " CAST(:name AS text), 'level', 'x', 'parent', CAST(:parent AS text))),"
                " now(), 't')",
                code=code,
                parent=parent,
                name=name,
            )
