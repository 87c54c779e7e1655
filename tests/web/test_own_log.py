"""我的操作记录: one block of the same make from every department, all in words."""

from importlib import import_module
from inspect import getmembers, isclass

import pytest

from mingjing_gateway.pages.my import LOG as OF_GATEWAY
from mingjing_shared.audit.note import Entry, Subject, note
from mingjing_shared.errors import MingjingError
from mingjing_shared.web.own_log import REFUSALS
from support.officers import an_officer, signed_in

SERVICES = ("disclosure", "recording", "review", "tasks")
EVERYWHERE = ("gateway", *SERVICES)
ME = an_officer("inspector", number="034995")


def words_of(service):
    if service == "gateway":
        return OF_GATEWAY
    return import_module(f"mingjing_{service}.pages.words").LOG


@pytest.mark.parametrize("service", SERVICES)
def test_whatever_a_department_refuses_is_told_in_words(service):
    module = import_module(f"mingjing_{service}.errors")
    own = [error for _, error in getmembers(module, isclass) if issubclass(error, MingjingError)]
    codes = {error.code for error in own} - {MingjingError.code}
    assert codes
    reason = words_of(service).reason
    assert [code for code in codes if not (reason(code) or REFUSALS.get(code))] == []


@pytest.mark.parametrize(
    ("noted", "said"),
    [
        ("password changed", "更改密码"),
        ("signed out", "退出登录"),
        ("signed out everywhere", "退出全部会话"),
        ("link made by 034001", "用管理员 034001 生成的链接设置密码"),
        ("of another time", None),
    ],
)
def test_what_one_did_with_the_own_account_is_told_in_words(noted, said):
    assert OF_GATEWAY.reason(noted) == said


@pytest.mark.parametrize("service", EVERYWHERE)
async def test_every_department_gives_a_block_with_its_heading_and_a_table(browser, world, service):
    client = await browser(service)
    empty = await client.get(f"/{service}/fragments/log", headers=signed_in(ME))
    assert empty.status_code == 200
    words = words_of(service)
    assert empty.text.startswith(f"<h2>{words.heading} <small>{words.hint}</small></h2>")
    assert "还没有记录" in empty.text
    database = await world.database(service)
    async with database.transaction() as tx:
        await note(
            tx,
            [
                Entry(ME.number, "review.see", "seen", Subject(kind, "X/1", "田公（网）2026-01183"))
                for kind in words.subjects
            ]
            + [Entry(ME.number, "review.see", "refused", Subject("?", "1"), reason="not-allowed")],
        )
    text = (await client.get(f"/{service}/fragments/log", headers=signed_in(ME))).text
    assert text.count("<tr data-row") == len(words.subjects) + 1
    for said in (
        "<thead>",
        "已查看",
        "被拒绝",
        "不在权限之内",
        *(k.name for k in words.subjects.values()),
    ):
        assert said in text
    other = an_officer("inspector", number="034994")
    text = (await client.get(f"/{service}/fragments/log", headers=signed_in(other))).text
    assert "还没有记录" in text
