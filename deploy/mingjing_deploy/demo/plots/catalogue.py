"""The catalogue of a month: the city publishes a version, a county's waits for guidance."""

from collections.abc import Iterator
from datetime import date, timedelta

from mingjing_deploy.demo.happenings import Act
from mingjing_deploy.demo.units import CITY

THREAD, COUNTY_S = "catalogue", "catalogue of a county"
_COUNTY = "340402000000"
# No case of the month comes near it: what else is told stays as it is.
_ITEM = {"confiscated": "1000000"}


def happenings(first: date, month: int) -> Iterator[Act]:
    """Everything, in no order; ``month`` tells the words of one month from another's."""

    def on(day: int) -> str:
        return (first + timedelta(days=day)).isoformat()

    changed = {
        "what": f"demo_law_{month}",
        "holds_from": on(6),
        "law_source": "公安机关办理行政案件程序规定（演示修订）§123",
        "affected": "较大数额罚款",
    }
    yield Act(5, "case_manager", "enter_law_change", "law", changed)
    title = f"特别重大数额没收（第 {month} 月）"
    city = {"unit": CITY, "title": title, "source": "市局集体讨论（演示）"}
    yield Act(10, "legal_reviewer", "draft_catalogue", THREAD, {**city, **_ITEM})
    words = {"words": "省厅法制总队函复：无意见。"}
    yield Act(11, "legal_reviewer", "note_guidance", THREAD, words)
    yield Act(12, "bureau_leader", "approve_catalogue", THREAD)
    yield Act(13, "case_manager", "publish_catalogue", THREAD)
    county = {"unit": _COUNTY, "title": "较大数额没收", "source": "分局集体讨论（演示）"}
    yield Act(20, "case_manager", "draft_catalogue", COUNTY_S, {**county, **_ITEM})
    asked = {"words": "结合辖区实际增加一项，请指导。"}
    yield Act(21, "case_manager", "ask_guidance", COUNTY_S, asked)
    later = {
        "what": f"demo_law_{month}_later",
        "holds_from": on(25),
        "law_source": "治安管理处罚法配套规定（演示）§3",
        "affected": "",
    }
    yield Act(26, "case_manager", "enter_law_change", "law", later)
