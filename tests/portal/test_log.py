"""The public log on the portal: served as it was signed, only ever growing, receipts out of it."""

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from portal.given import ORIGIN, a_log, a_withdrawal, an_entry, an_item

from mingjing_shared.publicity.bundle import BadBundle
from mingjing_shared.publicity.content import LogHead, LogTile
from mingjing_shared.trust.keys import keys_of
from mingjing_shared.trust.receipt import proved_by, receipt_of

SHA = an_item().text_sha256


def entries(count, item_id="I1"):
    return [an_entry(number, item_id, public_sha256=SHA) for number in range(count)]


async def keys(browse):
    lines = [(await browse.get(f"/log/{name}")).text for name in ("vkey", "witnesses")]
    return keys_of("".join(lines).splitlines())


async def test_what_was_signed_is_served(inside, browse):
    assert (await browse.get("/log/checkpoint")).status_code == 404
    await inside.tell(an_item(), *a_log(entries(3)))
    head = await browse.get("/log/checkpoint")
    assert head.text.splitlines()[:2] == [ORIGIN, "3"]
    assert head.headers["cache-control"] == "no-cache"
    tile = await browse.get("/log/tile/entries/000.p/2")
    assert tile.content == b"".join(len(e).to_bytes(2) + e for _, e in entries(2))
    assert "immutable" in tile.headers["cache-control"]
    for path in ("tile/0/000", "tile/0/000.p/4", "tile/1/000", "tile/0/0", "nothing"):
        assert (await browse.get(f"/log/{path}")).status_code == 404


async def test_a_receipt_proves_what_was_published(inside, browse):
    await inside.tell(an_item(), *a_log(entries(3)))
    answer = await browse.get("/receipts/I1")
    assert 'filename="I1.tlog-proof"' in answer.headers["content-disposition"]
    known = await keys(browse)
    proved = proved_by(receipt_of(answer.content), known.logs, known.witnesses)
    assert (proved.index, proved.said["data"]["public_sha256"]) == (2, SHA)
    assert len(proved.witnesses) == 4
    assert (await browse.get("/receipts/nobody")).status_code == 404


async def test_a_receipt_of_a_head_that_is_signed_by_sm2_too_proves_the_same(inside, browse):
    await inside.tell(an_item(), *a_log(entries(3), sm2="{}"))
    receipt = receipt_of((await browse.get("/receipts/I1")).content)
    known = await keys(browse)
    sm2 = keys_of((await browse.get("/log/vkey-sm2")).text.splitlines())
    for logs, algorithms in (
        (known.logs, ["Ed25519"]),
        (sm2.logs, ["国密 SM2"]),
        ((*known.logs, *sm2.logs), ["Ed25519", "国密 SM2"]),
    ):
        proved = proved_by(receipt, logs, known.witnesses)
        assert [key.algorithm for key in proved.keys] == algorithms
        assert (proved.index, len(proved.witnesses)) == (2, 4)


async def test_each_version_has_its_receipt(inside, browse):
    both = [an_entry(0, public_sha256="a" * 64), an_entry(1, version=2, public_sha256="b" * 64)]
    await inside.tell(*a_log(both))
    for query, index in (("", 1), ("?version=1", 0), ("?version=2", 1)):
        answer = await browse.get(f"/receipts/I1{query}")
        assert receipt_of(answer.content).index == index
    assert (await browse.get("/receipts/I1?version=3")).status_code == 404


async def test_the_page_says_how_it_stands(inside, browse):
    await inside.tell(an_item())
    assert "待存证" in (await browse.get("/items/I1")).text
    await inside.tell(*a_log(entries(2)))
    page = (await browse.get("/items/I1")).text
    assert "公开日志第 1 项，4 个部门见证" in page
    assert 'href="/receipts/I1"' in page
    assert (await browse.get("/elder/verify")).status_code == 200


async def test_the_log_grows(inside, browse):
    await inside.tell(*a_log(entries(2)))
    await inside.tell(*a_log(entries(5), from_index=2))
    assert (await browse.get("/log/checkpoint")).text.splitlines()[1] == "5"
    assert receipt_of((await browse.get("/receipts/I1")).content).index == 4


@pytest.mark.parametrize(
    "damage",
    [
        lambda: a_log([*entries(1), an_entry(1, "I9")]),  # what was there is written over
        lambda: a_log(entries(3), witnesses=2),
        lambda: a_log(entries(3), sm2="{}more\n"),  # the line of its SM2 key signs another text
        lambda: a_log(entries(3), key=Ed25519PrivateKey.generate()),
        lambda: [part for part in a_log(entries(3)) if not isinstance(part, LogTile)],
        lambda: [LogHead(note="no note")],
        lambda: [LogTile(level=0, number=0, width=1, body="?")],
        lambda: [LogTile(level=0, number=0, width=3, body=base64.b64encode(b"x" * 96).decode())],
    ],
)
async def test_a_log_that_does_not_go_on_is_refused_and_what_is_shown_stays(
    inside, browse, app, damage
):
    await inside.tell(*a_log(entries(2)))
    before = (await browse.get("/log/checkpoint")).text
    inside.hand_over(inside.make(*damage())[0])
    with pytest.raises(BadBundle):
        await app.state.importer.take_all()
    assert (await browse.get("/log/checkpoint")).text == before


async def test_an_older_head_is_passed_over(inside, browse):
    await inside.tell(*a_log(entries(3)))
    await inside.tell(*a_log(entries(2)))
    assert (await browse.get("/log/checkpoint")).text.splitlines()[1] == "3"


async def test_of_what_is_sealed_the_portal_keeps_nothing_to_confirm_it_with(inside, browse, app):
    await inside.tell(an_item(), *a_log(entries(2)))
    await inside.tell(a_withdrawal(generic=True))
    assert (await browse.get("/receipts/I1")).status_code == 404
    assert await app.state.database.all("SELECT 1 FROM public_log_entries") == []
    assert (await browse.get("/log/tile/entries/000.p/2")).status_code == 200


async def test_the_start_of_the_digest_on_paper_leads_to_the_page(inside, browse):
    await inside.tell(an_item())
    answer = await browse.get(f"/r/{SHA[:16]}")
    assert (answer.status_code, answer.headers["location"]) == (302, "/items/I1")
    for start in (SHA[:15], SHA[:16].upper(), "0" * 16, SHA, "%" * 16):
        assert (await browse.get(f"/r/{start}")).status_code == 404
