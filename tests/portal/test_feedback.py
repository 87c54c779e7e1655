"""纠错与隐私举报: taken without sign-in, sealed at once, opened only inside."""

import json

import pytest
from nacl.public import PrivateKey, SealedBox
from portal.given import an_item

from mingjing_portal.acts.feedback import PER_MINUTE_MAX
from mingjing_portal.app import build
from mingjing_portal.rules.rate import Bucket
from support.web import browsing, text_of

SAID = "第三段写了我的名字赵小梅"
GIVEN = {"kind": "privacy", "item": "I1", "text": SAID, "contact": "13800550000"}


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"kind": "praise"}, "请选择要反映的情况"),
        ({"text": " "}, "请填写具体内容"),
        ({"text": "字" * 2001}, "最多 2000 字"),
        ({"contact": "1" * 101}, "最多 100 字"),
        ({"item": "../../etc"}, "公示编号不对"),
    ],
)
async def test_a_form_that_is_filled_in_wrongly_says_where_and_keeps_the_rest(
    browse, paths, changes, says
):
    answer = await browse.post("/feedback", data={**GIVEN, **changes})
    assert answer.status_code == 400
    assert says in answer.text
    if "text" not in changes:
        assert SAID in answer.text
    assert not paths.spool.exists()


async def test_a_form_from_another_site_is_refused(browse, paths):
    answer = await browse.post("/feedback", data=GIVEN, headers={"Origin": "http://evil"})
    assert answer.status_code == 403
    assert not paths.spool.exists()


async def test_more_than_a_minute_takes_is_refused_with_when_to_come_again(browse, paths):
    for _ in range(PER_MINUTE_MAX):
        assert (await browse.post("/feedback", data=GIVEN)).status_code == 200
    answer = await browse.post("/feedback", data=GIVEN)
    assert answer.status_code == 429
    assert "秒后再提交" in answer.text
    assert int(answer.headers["retry-after"]) >= 1
    assert SAID in answer.text
    assert len(list(paths.spool.iterdir())) == PER_MINUTE_MAX


async def test_where_no_way_inside_is_set_up_the_form_says_where_to_go(world):
    app = build(await world.settings("portal"))
    try:
        async with browsing(app) as client:
            assert "办事窗口" in (await client.get("/feedback")).text
            answer = await client.post("/feedback", data=GIVEN)
            assert answer.status_code == 503
            assert SAID in answer.text
    finally:
        await app.state.database.close()


async def test_what_is_written_lies_sealed_and_only_the_inside_opens_it(browse, paths):
    answer = await browse.post("/feedback", data=GIVEN)
    assert "回执号" in answer.text
    [file] = paths.spool.iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.stem in answer.text
    raw = file.read_bytes()
    assert SAID.encode() not in raw
    assert b"13800550000" not in raw
    opened = json.loads(SealedBox(paths.sealing).decrypt(raw))
    assert opened == {
        "feedback_id": file.stem, "kind": "privacy", "item_id": "I1", "text": SAID,
        "contact": "13800550000",
    }  # fmt: skip
    with pytest.raises(Exception, match="decrypt"):
        SealedBox(PrivateKey.generate()).decrypt(raw)


async def test_the_form_comes_filled_in_from_an_item_and_takes_nothing_else(browse, inside):
    await inside.tell(an_item())
    text = (await browse.get("/feedback?item=I1&kind=privacy")).text
    assert 'value="I1"' in text
    assert 'value="privacy" required checked' in text
    assert "alert" not in text_of(await browse.get("/feedback?item=<alert>&kind=<alert>"))


def test_a_bucket_refills_evenly():
    bucket = Bucket(2)
    assert [bucket.take(0.0), bucket.take(0.0)] == [0.0, 0.0]
    assert bucket.take(0.0) == 30.0
    assert bucket.take(31.0) == 0.0
