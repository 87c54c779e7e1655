"""Accounts and names on the net, and days of birth."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mingjing_shared.privacy.masking_form import INSTEAD, Mark
from mingjing_shared.privacy.masking_numbers import (
    BY_CUE,
    BY_FORM,
    BY_PARTY,
    births_of,
)
from mingjing_shared.privacy.masking_roles import alternatives

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mingjing_shared.events.values import Party

_SERVICE = alternatives(
    "微信 支付宝 QQ 抖音 快手 微博 陌陌 探探 淘宝 闲鱼 小红书 贴吧 钉钉 TELEGRAM WHATSAPP "
    "飞机 视频号 公众号 西瓜视频 今日头条 头条 百度 BIGO YY 斗鱼 虎牙 米聊 易信 旺旺 美团 饿了么 滴"
    "滴 携程 SNAPCHAT INSTAGRAM FACEBOOK TWITTER DISCORD SIGNAL VK KAKAOTALK KAKAO VIBER ZALO 知乎 "
    "哔哩哔哩 B站 网站后台 后台 游戏 交友软件 网银 京东 拼多多 LINE SKYPE WECHAT"
)
_KIND = r"(?:小号|账号|账户|帐号|帐户|号码|号|ID|用户名|登录名|名)"
_TO = r"(?:(?:分别)?(?:为|是|系)|即|[:：])?[ \n]*[(“\"「『]{0,2}@?"
_HANDLE = r"[A-Z0-9_*][A-Z0-9_\-.*@]{3,40}"
_ACCOUNT = re.compile(
    rf"(?:{_SERVICE}|用户名|登录名|账号|网名|昵称|用户ID)(?:[\u4e00-\u9fff]{{0,3}}?{_KIND})?"
    rf"[ \n|]*{_TO}({_HANDLE})"
)
_MORE = re.compile(rf"[、,和及或/](?:(?:{_SERVICE}){_KIND}?)?{_TO}({_HANDLE})")
_SHOWN = (
    "(?:"
    + alternatives(
        "网名 昵称 收款名 付款名 群昵称 微信名 QQ名 户名 账户名 用户名 ID名 抖音名 快手名 微信昵称 "
        "主播名 名片名 店铺名 备注名 抖音昵称 快手昵称 QQ昵称 微博昵称 游戏昵称 游戏名 角色名 论坛"
        "名 微博名 笔名 直播名 "
        "网络昵称 注册名 会员名 闲鱼昵称 淘宝昵称"
    )
    + ")"
)
_SCREEN_NAME = re.compile(
    rf"{_SHOWN}(?:分别)?(?:为|是|系|叫|显示为|:)?[ ]?(?:[“\"「『]([^”\"」』\n]{{1,24}})[”\"」』]"
    r"|[:为]?((?!以)[\u4e00-\u9fffA-Z0-9_]{2,12})(?=[,。;)、\n]))"
    r"|(?<=[(])账号:?()([^以为由被,。;)\n“]{2,12})(?=[,)])"
)
_NAMED_ACCOUNT = re.compile(
    rf"(?:{_SERVICE})(?:账号|账户|好友|号|用户|群昵称|昵称|主播|群主|名)?[:为是]?[“\"「『]([^”\""
    rf"」』\n]{{1,24}})[”\"」』]"
    r"(?!(?:群|内|上|里|转账|支付|平台|发布|聊天))"
)
_QUOTES = frozenset('“"「『@I')
_CALLED_SO = re.compile(
    r"(?:主播|博主|UP主|群主|群友|网友|粉丝|玩家|角色|马甲|小号|大号|好友|备注|群名片|群昵称)(?:名"
    r"为|名|为|是|叫)?[:]?"
    r"[“\"「『]([^”\"」』\n]{2,24})[”\"」』]"
    r"|(?<![A-Z])ID(?:号|名)?[:为是 ]{1,2}([A-Z0-9_\-.]{5,24})"
    r"|(?<![A-Z0-9._])@([\u4e00-\u9fffA-Z0-9_\-]{2,16})(?![A-Z0-9\-]*\.[A-Z])"
)
_QUOTED_ACCOUNT = re.compile(
    r"(?:账号|帐号|号|主页|频道|直播间|朋友圈|头像|昵称|用户|ID)(?:名称?|名为|为|是|系|叫)?[:]?[“\""
    r"「『]([^”\"」』\n]{2,24})[”\"」』]"
    r"(?!(?:许可|文件|决定|的?通知))"
)
_WXID = re.compile(r"(?<![A-Z0-9])WXID_[A-Z0-9]{4,24}")

_NUMBER = "[0-9一二三四五六七八九十\u3007零]"
_YEAR = r"(?:(?:19|20)[0-9]{2}|[一二][九\u3007零][0-9一二三四五六七八九\u3007零]{2})"
_REST = (
    rf"[ \n]?[年./\-][ \n]?{_NUMBER}{{1,3}}[ \n]?[月./\-][ \n]?{_NUMBER}{{1,3}}[ \n]?[日号]?"
    rf"|[ \n]?[年./\-][ \n]?{_NUMBER}{{1,3}}[ \n]?月?(?![0-9日.])"
)
_DAY = rf"(?P<year>{_YEAR})(?P<rest>{_REST})"
_BORN = (
    re.compile(_DAY + r"(?=[ \n]?(?:[(][^)]{1,4}[)])?[)]?[ \n]?出?生(?!效|产|活|意|前|日聚))"),
    re.compile(
        r"(?:出生(?:日期|年月日?|时间|于)?|生于|生日|生辰)(?:为|是|于|[:：|])?[ \n|]{0,4}" + _DAY
    ),
)
_AMONG = re.compile(
    rf"(?:[男女]|族|籍)[,、 ]{{1,2}}{_DAY}(?=[,、) 。])"
    rf"|(?<=[,(、 ]){_DAY.replace('year', 'year2').replace('rest', 'rest2')}"
    r"(?=[,、 ]{1,2}(?:[男女][,、 )]|[\u4e00-\u9fff]{1,4}族))"
)
_DAY_ALONE = re.compile(
    rf"(?<![年0-9])(?P<rest>{_NUMBER}{{1,3}}月{_NUMBER}{{1,3}}[日号])"
    rf"(?=出?生(?!效|产|活|意)|(?:才|刚|将)?(?:年)?满{_NUMBER}{{1,3}}(?:周?岁)|(?:过|的)?生日)"
    rf"|(?:出生于|生于|生日[为是:]?)(?P<later>{_NUMBER}{{1,3}}月{_NUMBER}{{1,3}}[日号])"
)
_DIGITS = re.compile(r"[0-9]+")
_ANY_DAY = re.compile(
    r"(?P<year>(?:19|20)[0-9]{2}) ?(?P<rest>[年./\-] ?[0-9]{1,2} ?[月./\-] ?[0-9]{1,2} ?日?)"
)


def marks_of_accounts(flat: str) -> Iterator[Mark]:
    """Accounts after the name of their service, screen names after the word that says so."""
    for found in _ACCOUNT.finditer(flat):
        start, end = found.span(1)
        if found.group().startswith("WECHAT"):
            start = found.start()
        while end > start and flat[end - 1] in ".-*":
            end -= 1
        yield Mark(start, end, "account", INSTEAD, found_by=BY_CUE)
        while (more := _MORE.match(flat, end)) is not None:
            yield Mark(*more.span(1), "account", INSTEAD, found_by=BY_CUE)
            end = more.end(1)
    for found in _WXID.finditer(flat):
        yield Mark(*found.span(), "account", INSTEAD, found_by=BY_FORM)
    quoted = not _QUOTES.isdisjoint(flat)
    for form in (_SCREEN_NAME, *((_CALLED_SO, _QUOTED_ACCOUNT, _NAMED_ACCOUNT) if quoted else ())):
        for found in form.finditer(flat):
            group = next(n for n in range(1, form.groups + 1) if found[n])
            start, end = found.span(group)
            yield Mark(start, end, "account", INSTEAD, found_by=BY_CUE)


def marks_of_births(flat: str, persons: Sequence[Party]) -> Iterator[Mark]:
    """Month and day of a birth: the year stays."""
    for form in _BORN if "生" in flat else ():
        for found in form.finditer(flat):
            yield _month_and_day(flat, *found.span("rest"), BY_CUE)
    for found in _AMONG.finditer(flat):
        yield _month_and_day(flat, *found.span("rest" if found["rest"] else "rest2"), BY_CUE)
    for found in _DAY_ALONE.finditer(flat):
        group = "rest" if found["rest"] else "later"
        yield Mark(*found.span(group), "birth", INSTEAD, found_by=BY_CUE)
    born = births_of(persons)
    for found in _ANY_DAY.finditer(flat) if born else ():
        month, day = _DIGITS.findall(found["rest"])
        if (int(found["year"]), int(month), int(day)) in born:
            yield _month_and_day(flat, *found.span("rest"), BY_PARTY)


def _month_and_day(flat: str, start: int, end: int, found_by: str) -> Mark:
    """What of a birthday is hidden: 5月12日 of 1988年5月12日, -05-12 of 1988-05-12."""
    if flat[start] == "年":
        return Mark(start + 1, end, "birth", "", found_by=found_by)
    return Mark(start, end, "birth", "年", found_by=found_by)
