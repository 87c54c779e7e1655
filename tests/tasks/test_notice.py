"""A notice is read word for word, or refused by line and reason."""

import asyncio
import json
import os
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from tasks.given import said

from mingjing_tasks.acts.notice import import_notice
from mingjing_tasks.errors import DamagedNotice
from mingjing_tasks.rules.catalogue import TASKS, differences, tasks_on
from mingjing_tasks.rules.due import read_due
from mingjing_tasks.rules.notice import read_notice
from mingjing_tasks.rules.unit_names import COUNTIES, units_in
from mingjing_tasks.store.notice import notice_in_force, wordings

TEXT = Path(__file__).with_name("notice.txt").read_text("utf-8")
LINES = TEXT.split("\n")
THE_DAY = date(2026, 11, 26)
GIVEN = os.environ.get("MINGJING_NOTICE", "")
COMMAND = Path(sys.executable).with_name("mingjing")


def without_line(start):
    place = next(n for n, line in enumerate(LINES) if line.startswith(start))
    return "\n".join([*LINES[:place], *LINES[place + 1 :]]), place + 1


def changed(old, new):
    assert TEXT.count(old) == 1, old
    line = TEXT[: TEXT.index(old)].count("\n") + 1
    return TEXT.replace(old, new), line


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (changed("\t2.灯坏了", "\t3.灯坏了"), "序号是 3，按顺序应为 2"),
        (changed("\t2.灯坏了", "\t灯坏了"), "应以序号开头，如“2.……”"),
        (changed("\t2030年1月底前", "\t2030年13月底前"), "“2030年13月底前”无法识别"),
        (changed("\t2030年3月18日前", "\t2030年2月30日前"), "“2030年2月30日前”无法识别"),
        (changed("\t市局后勤处、看门室\n", "\t \n"), "没有写牵头单位"),
        (changed("来访的人先登记", "来访\x00的人先登记"), "控制字符或无法辨认的字符"),
        (changed("来访的人先登记", "来访\ufffd先登记"), "控制字符或无法辨认的字符"),
        (changed("2030年2月1日", "二月一日"), "没有找到落款的单位和日期"),
        (changed("\t工作任务", "\t工作"), "没有找到任务分解表的表头"),
        (changed("灯塔通〔2030〕7号", "灯塔通七号"), "没有找到单独成行的发文字号"),
        (without_line("\t看门室、各楼层值班室、各分县局"), "这一行有"),
        (changed("\t一、把灯点亮", "\t"), "没有写明制度和重点项目"),
    ],
)
async def test_a_damaged_notice_is_named_by_line_and_reason_and_changes_nothing(
    tasks, damage, reason
):
    text, line = damage
    async with tasks.transaction() as tx:
        await import_notice(tx, TEXT, "034017")
    before = await wordings(tasks)
    with pytest.raises(DamagedNotice) as refused:
        async with tasks.transaction() as tx:
            await import_notice(tx, text, "034017")
    reasons = {at: why for at, why in refused.value.problems if reason in why}
    assert reasons, refused.value.problems
    anywhere = "没有找到" in reason or "这一行有" in reason
    assert anywhere or min(abs(at - line) for at in reasons) <= 3
    assert f"第 {min(reasons)} 行" in refused.value.message
    assert await wordings(tasks) == before


def test_every_wrong_line_is_named_at_once():
    text = TEXT.replace("\t2.灯", "\t灯").replace("\t5.来", "\t来")
    with pytest.raises(DamagedNotice) as refused:
        read_notice(text)
    assert len(refused.value.problems) >= 2


def test_something_else_altogether_is_no_notice():
    for text in ("", "\t\t\t", "hello", '{"a": 1}', "\n" * 500):
        with pytest.raises(DamagedNotice):
            read_notice(text)


def test_a_notice_is_read_word_for_word():
    notice = read_notice(TEXT)
    assert notice.title == "某市灯塔局关于把灯点亮、把门看好有关工作的通知"
    assert (notice.document_number, notice.issuer) == ("灯塔通〔2030〕7号", "某市灯塔局")
    assert notice.issued_on == date(2030, 2, 1)
    assert [task.number for task in notice.tasks] == [1, 2, 3, 4, 5, 6]
    assert all(f"{t.number}.{t.text}" in TEXT for t in notice.tasks)
    third = notice.tasks[2]
    assert third.text == "楼道的灯人来则亮，人走则灭。\n试行期间留一盏长明。"
    assert (third.part, third.project) == ("一、把灯点亮", "（二）楼道")
    assert third.lead == ("市局后勤处", "看门室")
    assert third.responsible == ("各楼层值班室", COUNTIES)
    assert notice.tasks[4].project == "（一）登记与通行"


def test_days_standing_tasks_and_tasks_without_a_day_are_told_apart():
    dues = [(task.due.text, task.due.on, task.due.standing) for task in read_notice(TEXT).tasks]
    assert dues == [
        ("2030年1月底前", date(2030, 1, 31), False),
        ("2030年3月18日前", date(2030, 3, 18), False),
        ("长期", None, True),
        ("2029年12月底", date(2029, 12, 31), False),  # over before the notice was issued
        ("长期", None, True),
        ("", None, False),
    ]


@pytest.mark.parametrize("text", ["尽快", "2019年", "2019年8月", "2019-08-31", "2019年0月底前"])
def test_a_due_text_that_nobody_can_read_is_no_day(text):
    assert read_due(text) is None


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("督察支队各行政执法警种，各县分局", ("督察支队", "各行政执法警种", COUNTIES)),
        ("科技处、法制支队、各县分局， ", ("科技处", "法制支队", COUNTIES)),
        ("各行政执法警种，各县、分局", ("各行政执法警种", COUNTIES)),
        ("行政审批处", ("市局行政审批处",)),
        ("教育训练科", ("教育训练处",)),
        ("某某处，某某处", ("某某处",)),
        ("", ()),
    ],
)
def test_units_are_found_however_they_are_written(text, units):
    assert units_in(text) == units


async def test_the_same_notice_once_more_changes_nothing(tasks):
    for expected in (True, False):
        async with tasks.transaction() as tx:
            assert (await import_notice(tx, TEXT, "034017")).is_new is expected
    assert len(await said(tasks)) == 6
    assert len(await tasks.all("SELECT 1 FROM notices")) == 1


async def test_another_notice_replaces_the_one_in_force_and_the_earlier_wording_stays(tasks):
    later = TEXT.replace("灯塔通〔2030〕7号", "灯塔通〔2031〕1号").replace("贴在一楼", "贴在门口")
    for text in (TEXT, later):
        async with tasks.transaction() as tx:
            await import_notice(tx, text, "034017")
    assert (await notice_in_force(tasks)).document_number == "灯塔通〔2031〕1号"
    assert "贴在门口" in (await wordings(tasks))[4].text
    assert len(await tasks.all("SELECT 1 FROM notice_tasks")) == 12


async def test_tasks_are_given_when_a_notice_comes_and_their_days_run(tasks):
    async with tasks.transaction() as tx:
        await import_notice(tx, TEXT, "034017")
    events = await said(tasks)
    assert [type_ for type_, _ in events] == ["task.assigned"] * 6
    assert events[0][1] == {"task_id": "task.1", "task": 1, "due_on": "2030-01-31"}
    clocks = await tasks.all("SELECT subject FROM clocks WHERE kind = 'task_due' ORDER BY 1")
    assert [row.subject for row in clocks] == ["task.1", "task.2", "task.4"]


async def test_the_official_wording_cannot_be_changed_afterwards(tasks):
    async with tasks.transaction() as tx:
        await import_notice(tx, TEXT, "034017")
    with pytest.raises(Exception, match="permission denied"):
        async with tasks.transaction() as tx:
            await tx.execute("UPDATE notice_tasks SET text = 'x'")


async def imported(world, tasks, file, *options):
    done = await asyncio.to_thread(
        subprocess.run,
        [COMMAND, "tasks", "import", file, *options],
        env=world.environment("tasks", 0),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return done.returncode, done.stdout, done.stderr


async def test_the_command_names_the_damaged_line_and_fails(world, tasks, tmp_path):
    file = tmp_path / "notice.txt"
    file.write_text(TEXT.replace("\t2030年1月底前", "\t马上"))
    code, out, err = await imported(world, tasks, file)
    assert (code, out) == (1, "")
    assert "行：进度要求“马上”无法识别" in err
    assert "没有导入" in err
    file.write_bytes(b"\xff\xfe\x00")
    code, out, _ = await imported(world, tasks, file, "--json")
    assert code == 1
    assert json.loads(out)["problems"] == [{"line": 1, "reason": "不是 UTF-8 编码的文本"}]
    assert await notice_in_force(tasks) is None


async def test_the_command_imports_and_says_where_the_notice_differs(world, tasks, tmp_path):
    file = tmp_path / "notice.txt"
    file.write_text(TEXT)
    code, out, err = await imported(world, tasks, file, "--by", "034017", "--json")
    assert (code, err) == (0, "")
    told = json.loads(out)
    assert (told["imported"], told["tasks"]) == (True, 6)
    assert sorted(map(int, told["differing"])) == [1, 2, 3, 4, 5, 6]
    assert told["missing"] == list(range(7, 44))
    assert (await notice_in_force(tasks)).imported_by == "034017"


def test_the_catalogue_holds_the_tasks_of_the_notice_with_its_oddities():
    tasks = tasks_on(THE_DAY)
    assert list(tasks) == list(range(1, 44))
    joint = {number for number, task in tasks.items() if len(task.lead) > 1}
    assert joint == {6, 35}
    assert Counter(task.lead[0] for n, task in tasks.items() if n not in joint) == {
        "法制支队": 19,
        "市局办公室": 7,
        "科技处": 6,
        "警务保障处": 4,
        "市局行政审批处": 2,
        "教育训练处": 2,
        "人事处": 1,
    }
    assert len(tasks[35].lead) == 3
    assert tasks[40].due.text == ""
    overdue = [n for n, t in tasks.items() if t.due.on and t.due.on < date(2019, 9, 3)]
    assert overdue == [1, 5]
    assert not TASKS["1"].is_in_force_on(date(2019, 9, 2))


@pytest.mark.parametrize(
    "notice", [GIVEN], ids=["given" if GIVEN else "not run: MINGJING_NOTICE is not set"]
)
def test_the_bureau_s_notice_is_the_catalogue_word_for_word(notice, not_run):
    """Without the file the terminal says so at the end: it is no part of the repository."""
    if not notice:
        not_run("MINGJING_NOTICE is not set: the bureau's notice was not compared")
        return
    text = Path(notice).read_text("utf-8-sig")
    read, catalogue = read_notice(text), tasks_on(THE_DAY)
    assert [task.number for task in read.tasks] == list(range(1, 44))
    assert {t.number: differences(catalogue[t.number], t) for t in read.tasks} == {
        number: [] for number in range(1, 44)
    }
    assert (read.document_number, read.issued_on) == ("淮公通〔2019〕395号", date(2019, 9, 3))
    for task in read.tasks:
        line = text.split("\n")[task.line - 1].removeprefix("\t")
        assert line.strip() == f"{task.number}.{task.text}"
