"""Every row of the audit is in the log, and nobody can write over it."""

import pytest
from sqlalchemy.exc import ProgrammingError
from trust.conftest import emit
from trust.test_writing import entries_of, write

from mingjing_shared.audit.note import Entry, Subject, canonical_row, note
from mingjing_shared.messaging.commitment import commitment
from mingjing_shared.messaging.relay import sequence


async def test_a_row_of_the_audit_is_logged_between_the_events(gateway):
    await emit(gateway, 2)
    async with gateway.transaction() as tx:
        await note(
            tx,
            [
                Entry("034101", "gateway.sign_in", outcome, Subject("account", "034101", number))
                for outcome, number in (("done", None), ("seen", "田公（交）2026-00001"))
            ],
        )
    async with gateway.transaction() as tx:
        assert await sequence(tx) == 2
    await emit(gateway, 1, 2)
    assert await write(gateway) == 5
    lines = [entry.decode().splitlines() for entry in await entries_of(gateway, 5)]
    assert [line[1] for line in lines[2:4]] == ["audit.done", "audit.seen"]
    rows = await gateway.all(
        "SELECT a.*, n.log_salt, n.log_digest FROM audit a JOIN log_notes n ON n.id = a.id"
        " ORDER BY number"
    )
    for line, row in zip(lines[2:4], rows, strict=True):
        told = dict(row._mapping)
        digest = commitment(bytes(row.log_salt), canonical_row(told))
        assert line == [str(row.id), f"audit.{row.outcome}", told["at"].strftime(
            "%Y-%m-%dT%H:%M:%S.%fZ"), digest.hex()]  # fmt: skip


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET officer = 'x'",
        "DELETE FROM audit",
        "TRUNCATE audit",
        "UPDATE log_notes SET log_digest = 'x'",
        "UPDATE log_notes SET time = now()",
        "DELETE FROM log_notes",
        "ALTER TABLE audit ADD COLUMN more text",
        "DROP TABLE audit",
    ],
)
@pytest.mark.parametrize("service", ["gateway", "disclosure", "recording", "review", "tasks"])
async def test_the_services_own_role_cannot_change_what_is_noted(world, service, statement):
    database = await world.database(service)
    async with database.transaction() as tx:
        await note(tx, [Entry("034101", "sign_in", "done", Subject("account", "034101"))])
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"):
        async with database.transaction() as tx:
            await tx.execute(statement)
