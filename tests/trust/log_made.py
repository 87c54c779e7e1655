"""A sound log of the gateway, made once for many tests, each of which breaks a copy of its own."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass

import asyncpg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from trust.neighbourhood import neighbourhood

from mingjing_deploy.log_check.database import Access
from mingjing_deploy.log_check.findings import Differs
from mingjing_deploy.log_check.heads import read_keys
from mingjing_deploy.log_check.reporting import checked
from mingjing_shared.audit.note import Entry, Subject, note
from support.stack import LOG_KEYS

ORIGIN = "test/mingjing/gateway"
EVENTS, AUDITED = 290, 6
SIZE = EVENTS + AUDITED  # a full bundle and a partial one; tiles of two levels


def access_of(settings, database=None):
    """By which role and where the gateway's log is read."""
    return Access(
        settings.database_host,
        settings.database_port,
        settings.database_user,
        settings.database_password_file.read_text(),
        database or settings.database_name,
    )


@dataclass
class Broken:
    """A copy of the log in which one may change anything, as the database's superuser."""

    access: Access
    keys: dict
    connection: asyncpg.Connection

    async def change(self, statement, *values):
        """Run one statement; it must touch something."""
        touched = await self.connection.execute(statement, *values)
        assert not touched.endswith(" 0"), statement

    async def value(self, statement, *values):
        return await self.connection.fetchval(statement, *values)

    async def check(self, door=None, service="", witnessed=None):
        return await checked(
            self.access, ORIGIN, self.keys, door=door, service=service, witnessed=witnessed
        )

    async def difference(self, door=None, service="", witnessed=None):
        """What the check names; it must name something."""
        try:
            found = await self.check(door, service, witnessed)
        except Differs as difference:
            return difference
        raise AssertionError(f"nothing was found: {found}")

    async def sign(self, text, *, name=ORIGIN, key=LOG_KEYS["gateway"].log):
        """Put a head in place of the newest one: this text, signed by this key."""
        newest = "(SELECT max(size) FROM log_checkpoints)"
        await self.change(
            "UPDATE log_checkpoints SET note = $1, witnesses = 0, covered_at = NULL"
            f" WHERE size = {newest}",
            signed(text, name, key),
        )


def signed(text, name=ORIGIN, key=LOG_KEYS["gateway"].log):
    """A note of this text with one signature, made here from the specification."""
    private = Ed25519PrivateKey.from_private_bytes(key)
    public = b"\x01" + private.public_key().public_bytes_raw()
    key_id = hashlib.sha256(name.encode() + b"\n" + public).digest()[:4]
    signature = base64.b64encode(key_id + private.sign(text.encode())).decode()
    return f"{text}\n— {name} {signature}\n".encode()


@dataclass
class Made:
    """The sound log, closed, so that it can be copied."""

    stack: object
    settings: object
    copies: int = 0

    async def copy(self):
        """A copy of its database."""
        self.copies += 1
        name = f"{self.settings.database_name}_{self.copies}"
        server = self.stack.started_postgres()
        connection = await asyncpg.connect(server.dsn())
        source = self.settings.database_name
        await connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}" STRATEGY FILE_COPY')
        await connection.execute(f'GRANT CONNECT, TEMPORARY ON DATABASE "{name}" TO PUBLIC')
        await connection.close()
        keys = read_keys(self.settings.log_keys_file.read_text())
        own = await asyncpg.connect(server.dsn(name))
        return Broken(access_of(self.settings, name), keys, own)

    async def drop(self, broken):
        await broken.connection.close()
        await self.stack.drop([broken.access.database])


async def grown(place, log, count, first=0):
    """More is emitted, and signed at once: the last head is made old enough."""
    async with place.databases["gateway"].transaction() as tx:
        await tx.execute("UPDATE log_checkpoints SET signed_at = signed_at - interval '1 min'")
    await place.grow(log, count, first)


async def made_log(stack):
    """Make it: events, rows of the audit among them, three kinds of tiles, four witnesses."""
    world = await stack.world()
    async with neighbourhood(world) as place:
        log = await place.log()
        await grown(place, log, 250)
        await audit_some(place.databases["gateway"], AUDITED)
        await grown(place, log, 0)
        await grown(place, log, EVENTS - 250, 250)
    for database in world._databases:
        await database.close()
    return world, Made(stack, await world.settings("gateway"))


async def audit_some(database, count):
    """So many acts stand in the audit; every other one has all that a row can hold."""
    subject = Subject("account", "034101")
    bare = Entry("034101", "gateway.sign_in", "done", subject)
    full = Entry(
        "034102", "gateway.account_change", "refused", subject, "chief", "340400", "034103",
        "no_role", "034104", "r-1",
    )  # fmt: skip
    for number in range(count):
        async with database.transaction() as tx:
            await note(tx, [full if number % 2 else bare])


def says(difference, *patterns):
    """Whether its one sentence says all this."""
    sentence = str(difference)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    for pattern in patterns:
        assert re.search(pattern, sentence), sentence
    return True
