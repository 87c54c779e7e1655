"""`mingjing privacy check` at the keyboard: refusals first."""

import json

import pytest
from click.testing import CliRunner

from mingjing_deploy.privacy import privacy

TOLD = {"parties": [{"kind": "person", "name": "张建伟"}], "keep": [], "document_number": "x"}


def run(*arguments):
    return CliRunner().invoke(privacy, ["check", *map(str, arguments)])


@pytest.fixture
def about(tmp_path):
    file = tmp_path / "case.json"
    file.write_text(json.dumps(TOLD), encoding="utf-8")
    return file


@pytest.fixture
def item(tmp_path):
    def write(text, name="item.html"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    return write


def test_without_artefact_or_case_the_usage_is_said(about, item):
    for arguments in ([], [item("x")], ["--about", about]):
        result = run(*arguments)
        assert (result.exit_code, result.stdout) == (2, "")
        assert "用法：mingjing privacy check 待公开文件… --about" in result.stderr


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ("{", "不是 UTF-8 编码的 JSON"),
        ("[]", "应为一个 JSON 对象"),
        ('{"parties": 1}', "parties 应为对象的列表"),
        ('{"parties": [{"kind": "person", "name": ""}]}', "parties[0].name 应为非空文字"),
    ],
)
def test_a_case_that_cannot_be_used_is_refused_in_one_sentence(tmp_path, item, told, says):
    file = tmp_path / "bad.json"
    file.write_text(told, encoding="utf-8")
    result = run(item("x"), "--about", file)
    assert (result.exit_code, result.stdout) == (2, "")
    assert says in result.stderr
    assert result.stderr.count("\n") == 1


def test_what_cannot_be_read_is_refused_and_never_called_clean(about, item, tmp_path):
    for file in (tmp_path / "missing.html", item("{", "broken.json"), item("x", "broken.pdf")):
        result = run(file, "--about", about)
        assert result.exit_code == 2
        assert "不能判断是否泄露" in result.stderr
    assert run(item("x"), "--about", tmp_path / "none.json").exit_code == 2


def test_clean_files_end_with_zero(about, item):
    result = run(item("<p>张某</p>"), "--about", about)
    assert (result.exit_code, result.stdout) == (0, "检查 1 个文件，没有发现泄露。\n")


def test_a_leak_ends_with_one_and_its_place(about, item):
    result = run(item("<p>x</p>\n<p>张<b>建</b>伟</p>"), "--about", about)
    assert result.exit_code == 1
    assert "item.html：正文，第 2 行第 4 字：姓名“张建伟”（张建伟）" in result.stdout
    assert "发现 1 处可能泄露，不得公开" in result.stdout


def test_a_program_reads_the_places_as_json(about, item):
    result = run(item('{"a": "张建伟"}', "a.json"), item("x"), "--about", about, "--json")
    told = json.loads(result.stdout)
    assert (result.exit_code, told["clean"], told["checked"]) == (
        1, False, ["a.json", "item.html"],
    )  # fmt: skip
    [hit] = told["hits"]
    assert (hit["artefact"], hit["pointer"], hit["rule"]) == ("a.json", "/a", "name")


def test_a_folder_is_read_whole_with_the_names_in_it_and_an_address_as_it_is(about, item):
    folder = item("<p>张某</p>", "out/张建伟.html").parent
    result = run(folder, "--about", about)
    assert (result.exit_code, "文件名" in result.stdout) == (1, True)
    result = run("https://example.com/%E5%BC%A0%E5%BB%BA%E4%BC%9F", "--about", about)
    assert (result.exit_code, "网址" in result.stdout) == (1, True)


def test_earlier_publications_are_laid_beside_and_not_checked_themselves(about, item):
    now, old = item("<p>x 张某</p>", "now.html"), item("<p>x 张建伟</p>", "old.html")
    other = item("<p>y</p>", "other.html")
    result = run(now, "--about", about, "--earlier", other, old)
    assert result.exit_code == 1
    assert "now.html" in result.stdout.splitlines()[0]
    assert "old.html 就同一文书写有全名" in result.stdout
    assert run(now, "--about", about, "--earlier", other).exit_code == 0
