"""The independent check of signed heads, of what is served and of the tree; and its command."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import hashlib
import json
import re
import subprocess
import sys

import pytest
import uvicorn
from click.testing import CliRunner
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route
from trust.log_made import ORIGIN, SIZE, says, signed

from mingjing_deploy.local.ports import free_port
from mingjing_deploy.log_check.command import log
from mingjing_deploy.log_check.findings import CannotCheck, Differs
from mingjing_deploy.log_check.heads import read_head, read_keys
from mingjing_deploy.log_check.served import Door
from mingjing_deploy.log_check.tree import Tree, leaf_hash, path_of, root_of
from support.running import until
from support.stack import LOG_KEYS

FOREIGN = LOG_KEYS["review"].log
NEWEST = "size = (SELECT max(size) FROM log_checkpoints)"


async def newest(broken):
    """The newest head as it is kept: its text, and its lines of signatures."""
    note = await broken.value(f"SELECT note FROM log_checkpoints WHERE {NEWEST}")
    return note.decode().split("\n\n")


async def put(broken, note):
    await broken.change(f"UPDATE log_checkpoints SET note = $1 WHERE {NEWEST}", note)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda note: note.replace("\n", "\r\n"), r"holds the control character '\\r'"),
        (lambda note: note.replace(f"\n{SIZE}\n", f"\n0{SIZE}\n"), f"its size is '0{SIZE}'"),
        (lambda note: note.replace(f"\n{SIZE}\n", f"\n+{SIZE}\n"), f"its size is '[+]{SIZE}'"),
        (lambda note: note.replace("=\n\n", "\n\n"), "its root is .* strict base64"),
        (lambda note: note.replace("\n\n", "\nmore\n\n"), "the text has 4 lines"),
        (lambda note: note.replace(f"{ORIGIN}\n", "test/mingjing/tasks\n"), "its origin is"),
        (lambda note: note.removesuffix("\n"), "each ended by LF"),
        (lambda note: note + " \n", "' ' is no line of a signature"),
        (lambda note: note.replace("— ", "- ", 1), "is no line of a signature"),
        (lambda note: note.replace("\n\n", "\n\n\n"), "is no line of a signature|text has"),
    ],
)
async def test_a_head_that_is_no_strict_note_is_refused(broken, change, sentence):
    note = "\n\n".join(await newest(broken))
    assert change(note) != note
    await put(broken, change(note).encode())
    found = await broken.difference()
    assert found.kind == "checkpoint"
    assert says(found, f"^checkpoint of size {SIZE}: ", sentence)


async def test_a_head_signed_by_a_foreign_key_is_refused(broken):
    text, _ = await newest(broken)
    await broken.sign(f"{text}\n", key=FOREIGN)
    assert says(await broken.difference(), f"expected a signature of the log's key {ORIGIN}")
    await broken.sign(f"{text}\n", name="test/mingjing/review", key=FOREIGN)
    assert says(await broken.difference(), f"expected a signature of the log's key {ORIGIN}")


async def test_a_right_signature_over_another_root_is_found(broken):
    """Only the whole tree tells: the head itself is faultless, and the row agrees with it."""
    root = hashlib.sha256(b"another").digest()
    await broken.sign(f"{ORIGIN}\n{SIZE}\n{base64.b64encode(root).decode()}\n")
    assert says(await broken.difference(), "its note says size .* as its columns say")
    await broken.change(f"UPDATE log_checkpoints SET root = $1 WHERE {NEWEST}", root)
    found = await broken.difference()
    assert found.kind == "root"
    assert says(found, f"^checkpoint of size {SIZE}: its root is {root.hex()}, expected ")


async def test_a_head_of_more_than_the_database_holds_is_found(broken):
    text, _ = await newest(broken)
    await broken.sign(text.replace(f"\n{SIZE}\n", f"\n{SIZE + 1}\n") + "\n")
    assert says(await broken.difference(), f"of {SIZE + 1} entries, the database holds {SIZE}")


@pytest.mark.parametrize("line", range(9))
async def test_no_signature_of_a_known_key_may_fail(broken, line):
    """The log's own, and of each of four witnesses the Ed25519 and the ML-DSA-44 one."""
    text, lines = await newest(broken)
    signatures = lines.removesuffix("\n").split("\n")
    assert len(signatures) == 9
    head, raw = signatures[line].rsplit(" ", 1)
    broken_bytes = bytearray(base64.b64decode(raw))
    broken_bytes[-1] ^= 1
    signatures[line] = f"{head} {base64.b64encode(broken_bytes).decode()}"
    await put(broken, f"{text}\n\n{chr(10).join(signatures)}\n".encode())
    assert says(await broken.difference(), "the signature of .* does not hold")


async def test_a_claim_of_more_witnesses_than_signed_is_found(broken):
    text, lines = await newest(broken)
    few = "\n".join(lines.split("\n")[:5])  # the log's, and two witnesses'
    await put(broken, f"{text}\n\n{few}\n".encode())
    assert says(await broken.difference(), "2 witnesses co-signed it, expected 4")
    await broken.change(f"UPDATE log_checkpoints SET witnesses = 2 WHERE {NEWEST}")
    assert says(await broken.difference(), "2 witnesses co-signed it, expected 3")
    await broken.change(f"UPDATE log_checkpoints SET covered_at = NULL WHERE {NEWEST}")
    assert len((await broken.check()).witnesses) == 2


async def test_what_the_witnesses_remember_is_compared_too(broken):
    """A log that was built anew and signed by its own key is told apart by what others saw."""
    root = await broken.value(f"SELECT root FROM log_checkpoints WHERE {NEWEST}")
    assert (await broken.check(witnessed={"review": (SIZE, root)})).size == SIZE
    found = await broken.difference(witnessed={"tasks": (200, bytes(32)), "review": (SIZE, root)})
    assert says(found, "^the head of size 200 that tasks co-signed: its root is 0{64}, expected ")
    found = await broken.difference(witnessed={"review": (SIZE + 1, root)})
    assert says(found, f"^review co-signed a head of {SIZE + 1} entries, .* rolled back")


async def test_signatures_of_unknown_keys_are_passed_over(broken):
    text, lines = await newest(broken)
    await put(broken, f"{text}\n\n{lines}— example.com/other AAAAAAAA\n".encode())
    assert len((await broken.check()).witnesses) == 4


def test_the_example_of_the_specification_is_read():
    """C2SP tlog-checkpoint and tlog-cosignature; the keys are not published, so nothing holds."""
    note = (
        "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
        "— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5"
        "/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
    )
    with pytest.raises(Differs, match="expected a signature of the log's key"):
        read_head(note.encode(), "example.com/behind-the-sofa", {}, where="it")


@pytest.mark.parametrize("line", ["no key", "test/x+00000000+AQ==", "a b+00000000+AQ=="])
def test_a_list_that_holds_something_else_than_keys_cannot_be_used(line):
    with pytest.raises(CannotCheck, match="which is no key"):
        read_keys(line)


def test_a_key_with_the_id_of_another_cannot_be_used():
    line = f"test/x+00000000+{base64.b64encode(bytes([1]) + bytes(32)).decode()}"
    with pytest.raises(CannotCheck, match="has the id 00000000, expected"):
        read_keys(line)


def test_a_tree_of_seventy_thousand_has_the_tiles_of_the_specification():
    tree, full = Tree(), {}
    for number in range(70_000):
        for tile in tree.add(leaf_hash(b"%d" % number)):
            full[tile.level] = full.get(tile.level, 0) + 1
    assert full == {0: 273, 1: 1}
    assert [(tile.path, tile.width) for tile in tree.edge()] == [
        ("tile/0/273.p/112", 112),
        ("tile/1/001.p/17", 17),
        ("tile/2/000.p/1", 1),
    ]
    assert path_of(0, 1_234_067) == "tile/0/x001/x234/067"


@pytest.mark.parametrize("size", [0, 1, 2, 3, 7, 8, 255, 256, 257, 511, 513, 1000])
def test_the_root_is_that_of_the_recursive_definition(size):
    def defined(leaves):
        if len(leaves) < 2:
            return leaves[0] if leaves else hashlib.sha256(b"").digest()
        cut = 1 << ((len(leaves) - 1).bit_length() - 1)
        left, right = defined(leaves[:cut]), defined(leaves[cut:])
        return hashlib.sha256(b"\x01" + left + right).digest()

    leaves = [leaf_hash(b"%d" % number) for number in range(size)]
    tree = Tree()
    for leaf in leaves:
        list(tree.add(leaf))
    assert tree.root() == root_of(leaves) == defined(leaves)


@contextlib.asynccontextmanager
async def serving(broken, changed=None):
    """A stand-in for the services' pages, which answers what the database has, or otherwise."""
    paths = {"checkpoint": await broken.value(f"SELECT note FROM log_checkpoints WHERE {NEWEST}")}
    for row in await broken.connection.fetch("SELECT * FROM log_tiles"):
        paths[path_of(row["level"], row["number"], row["width"])] = row["bytes"]
    paths |= changed or {}

    async def answer(request):
        assert request.headers["authorization"] == "Bearer the key"
        found = paths.get(request.path_params["path"])
        return found if isinstance(found, Response) else _answer(found)

    port = free_port()
    app = Starlette(routes=[Route("/gateway/log/{path:path}", answer)])
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_config=None, lifespan="off"))
    task = asyncio.create_task(server._serve())

    async def is_started():
        return server.started

    await until(is_started)
    try:
        yield Door(f"http://127.0.0.1:{port}", "the key")
    finally:
        server.should_exit = True
        await task


def _answer(found):
    return Response(status_code=404) if found is None else Response(found)


async def test_what_is_served_is_compared_too(broken):
    async with serving(broken) as door:
        assert (await broken.check(door, "gateway")).served == SIZE


@pytest.mark.parametrize(
    ("path", "content", "sentence"),
    [
        ("checkpoint", None, f"^no checkpoint is served, expected one of up to {SIZE}"),
        (
            "checkpoint",
            signed(f"{ORIGIN}\n1\n{'A' * 43}=\n"),
            "^the checkpoint served: its root is",
        ),
        ("checkpoint", b"moved", "^the checkpoint served: expected a text, an empty line"),
        ("tile/0/001.p/40", None, "tile/0/001.p/40 is not served, expected 40 hashes"),
        ("tile/0/001.p/40", b"x" * 1280, "tile/0/001.p/40 is not what the database gives"),
        ("tile/entries/001.p/40", b"", "tile/entries/001.p/40 is not what the database gives"),
    ],
)
async def test_what_is_served_otherwise_is_named(broken, path, content, sentence):
    async with serving(broken, {path: content}) as door:
        assert says(await broken.difference(door, "gateway"), sentence)


async def test_a_service_that_does_not_answer_is_told_and_one_that_refuses_is_no_success(broken):
    gone = Door(f"http://127.0.0.1:{free_port()}", "the key")
    assert (await broken.check(gone, "gateway")).served is None
    async with serving(broken, {"checkpoint": Response(status_code=403)}) as door:
        with pytest.raises(CannotCheck, match="/checkpoint answers 403"):
            await broken.check(door, "gateway")


async def test_a_database_that_cannot_be_read_is_no_success(broken):
    await broken.change("ALTER TABLE log_tiles RENAME TO gone")
    with pytest.raises(CannotCheck, match="cannot be read: relation"):
        await broken.check()


@pytest.mark.parametrize("words", [["check", "gateway"], ["check", "all", "--json"]])
def test_the_command_says_that_it_cannot_be_run_by_its_exit_code(tmp_path, monkeypatch, words):
    monkeypatch.setenv("MINGJING_HOME", str(tmp_path))
    done = CliRunner().invoke(log, words)
    assert done.exit_code == 2
    assert "is not running" in done.stderr


def test_the_checker_loads_nothing_of_what_it_checks():
    asked = (
        "import sys, json, mingjing_deploy.log_check.command;"
        "print(json.dumps([name for name in sys.modules if name.startswith('mingjing_shared')]))"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert [name for name in json.loads(done.stdout) if re.search("trust|messag|audit", name)] == []
