"""Rules of the departments that travel with their events, in Chinese."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

RULES: Mapping[str, str] = {
    # by when a decision must be public
    "disclosure.penalty": "行政处罚决定公开期限",
    "disclosure.permit": "行政许可决定公开期限",
    "disclosure.other": "其他执法决定公开期限",
    # what must be recorded
    "required_recording.on_site_police": "现场执法视音频记录的六类情形",
    "required_recording.on_site_rights": "直接涉及人身、财产权益的现场执法",
    "required_recording.forced_test": "强制检测",
    "required_recording.case_area": "执法办案场所的执法活动",
    "required_recording.disputed": "容易发生争议的过程",
    "required_recording.case_area_questioning": "在执法办案场所询问（治安案件）",
    "required_recording.remote_questioning": "远程视频询问（治安案件）",
    "required_recording.on_spot_place_check": "当场检查场所（治安案件）",
    "required_recording.on_spot_seizure": "当场扣押（治安案件）",
    # by when it must be archived, and reviewed
    "recording.casefile_warn": "案卷立卷期限",
    "recording.casefile_breach": "执法案卷归档期限",
    "review.opinion": "重大执法决定法制审核期限",
}
