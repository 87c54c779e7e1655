"""Reasons that travel as codes, in Chinese: why a gap, why not public, why taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingjing_shared.web.lists import Word

if TYPE_CHECKING:
    from collections.abc import Mapping

REASON_CODES: Mapping[str, Word] = {
    # a gap in the record
    "device_fault": Word("设备故障"),
    "battery": Word("电量耗尽"),
    "storage_full": Word("存储空间已满"),
    "weather": Word("天气等客观条件所限"),
    "emergency": Word("情况紧急，来不及开启"),
    "place_forbids": Word("场所依法不宜录制"),
    "file_lost": Word("文件损坏或者丢失"),
    "told_time_wrong": Word("起止时间填报有误"),
    "other": Word("其他"),
    # not public
    "minor": Word("当事人为未成年人"),
    "sealed_public_security": Word("治安违法记录依法封存"),
    "age_unknown": Word("当事人年龄不明，由人核定"),
    "narcotics": Word("涉毒案件，由人核定"),
    "sensitive": Word("敏感案件，由人核定"),
    "undone": Word("决定已被撤销、变更或确认违法"),
    "state_secret": Word("国家秘密或者警务工作秘密"),
    "harms_security": Word("可能危及安全稳定"),
    "third_party": Word("商业秘密、个人隐私"),
    "no_social_impact": Word("不具有一定社会影响"),
    "simple_procedure": Word("适用简易程序"),
    "head_approved": Word("经负责人批准的其他情形"),
    # taken back
    "decision_revoked": Word("决定已被撤销"),
    "decision_changed": Word("决定已被变更"),
    "decision_found_illegal": Word("决定已被确认违法或者无效"),
    "wrongly_published": Word("不应公开或者无法更正"),
    "privacy": Word("泄露个人信息"),
}
