"""Made-up decisions of twelve kinds, seeded, with what must be hidden and kept marked in each.

Knows nothing of the project's rules: only the standard library, and what an officer would write.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field

SEED = 20261127
WITH_FIRM = ("停业整顿", "吊销")
OF_EACH_KIND = 44


def listed(words):
    return tuple(words.split())


def paired(words):
    return dict(one.split("=") for one in words.split())


SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕单解仇查"
)
COMPOUND = listed("""
欧阳 司马 上官 诸葛 尉迟 慕容
""")
GIVEN = listed("""
伟 强 磊 洋 艳 勇 军 杰 娟 涛 超 明 霞 平 刚 桂英 建国 秀兰 志强 建华 玉兰 海燕 晓东 红梅 春生
国庆 文静 子轩 浩然 雨桐 梓涵 思远 俊杰 振宇 立新 保国 永福 素珍 凤英 广明 德胜 家豪 天佑 若曦
欣怡 长贵 大勇 二宝 小梅 传芳 继红 学礼 先锋 卫东 跃进 丽萍 淑芬 亚楠 少华 云飞
""")
MINORITY = listed("""
阿卜杜拉·买买提 古丽米热·吐尔逊 艾力·亚森 扎西次仁 乌日娜·巴特尔 玛依拉·卡德尔
""")
FOREIGN = (("John Carter", "US"), ("Maria Gonzalez", "ES"), ("Nguyen Van Thanh", "VN"))
COUNTIES = paired("""
淮南市田家庵区=340403 淮南市大通区=340402 淮南市谢家集区=340404 淮南市潘集区=340406
淮南市凤台县=340421 淮南市寿县=340422
""")
ROADS = listed("""
龙湖中路 朝阳东路 舜耕西路 洞山中路 国庆中路 学院南路 泉山路 广场北路 淮河大道 陈洞路
""")
ESTATES = listed("""
龙泉小区 金地花园 舜耕新村 淮化家园 春申苑 阳光小区 站南公寓 水岸花园
""")
VILLAGES = listed("""
袁圩村 孙庙村 陈集村 魏嘴村 安城村 杨镇村
""")
STATIONS = listed("""
龙泉派出所 朝阳派出所 洞山派出所 城关派出所 国庆派出所 九龙岗派出所
""")
FIRMS = listed("""
恒达 安泰 鸿运 金鼎 顺通 宏图 万家福 天源
""")
TRADES = listed("""
商贸有限公司 物业服务有限公司 烟花爆竹销售有限公司 网络科技有限公司 保安服务有限公司 旅馆
""")
EMPLOYERS = listed("""
淮南市第二棉纺厂 龙湖中学 淮河实验小学 市第一人民医院 新天地超市 安成建筑工地
""")
KINDS = listed("""
治安处罚 当场处罚 交通处罚 许可准予 许可不予 行政强制 戒毒 调解 复议 没收 停业整顿 吊销
""")
SHORT = paired("""
治安处罚=行罚决 当场处罚=当罚决 交通处罚=交罚决 许可准予=准许 许可不予=不许 行政强制=强制
戒毒=社戒决 调解=调解 复议=复决 没收=没收决 停业整顿=停整决 吊销=吊销决
""")
TITLES = paired("""
治安处罚=行政处罚决定书 当场处罚=当场处罚决定书 交通处罚=公安交通管理行政处罚决定书
许可准予=准予行政许可决定书 许可不予=不予行政许可决定书 行政强制=行政强制措施决定书
戒毒=社区戒毒决定书 调解=治安调解协议书 复议=行政复议决定书 没收=收缴物品决定书
停业整顿=责令停业整顿决定书 吊销=吊销许可证决定书
""")
LAWS = paired("""
治安处罚=《中华人民共和国治安管理处罚法》第五十一条
当场处罚=《中华人民共和国治安管理处罚法》第一百一十九条
交通处罚=《中华人民共和国道路交通安全法》第九十条
许可准予=《中华人民共和国行政许可法》第三十八条 许可不予=《中华人民共和国行政许可法》第三十八条
行政强制=《中华人民共和国行政强制法》第十八条 戒毒=《中华人民共和国禁毒法》第三十三条
调解=《中华人民共和国治安管理处罚法》第九条 复议=《中华人民共和国行政复议法》第六十八条
没收=《中华人民共和国治安管理处罚法》第十一条 停业整顿=《保安服务管理条例》第四十二条
吊销=《烟花爆竹安全管理条例》第四十一条
""")
PENALTIES = paired("""
治安处罚=行政拘留五日并处罚款五百元 当场处罚=警告 交通处罚=罚款二百元 许可准予=准予行政许可
许可不予=不予行政许可 行政强制=扣押三十日 戒毒=社区戒毒三年 调解=双方各自承担责任
复议=维持原决定 没收=收缴赌资一千二百元 停业整顿=责令停业整顿三个月
吊销=吊销许可证并处罚款二万元
""")
MATTERS = paired("""
治安处罚={at}，{name}与{its}因停车发生口角，{name}将{its}面部打伤。
当场处罚={at}，{name}饲养动物干扰他人正常生活，经{its}报警后查获。
交通处罚={at}，{name}驾驶车牌号为{plate}的小型轿车闯红灯，与{its}驾驶的电动车相撞。
许可准予=申请人{name}于{at}申请办理保安员证，联系邮箱{mail}，材料由{its}代为提交。
许可不予=申请人{name}于{at}申请开办旅馆，因{its}系其{family}且有前科，条件不符。
行政强制={at}，决定扣押{name}持有的银行卡一张，卡号{card}，见证人{its}在场。
戒毒={at}，{name}在{its}租住处被查获，尿检呈阳性，微信号{account}。
调解={at}，{name}与{its}因邻里纠纷互殴，双方自愿达成协议，{name}赔偿{its}人民币八百元。
复议=申请人{name}不服对其作出的罚款决定，第三人{its}提交了书面意见，案涉车辆号牌{plate}。
没收={at}，从{name}处查获赌资一千二百元，{its}通过支付宝账号{mail}转账参赌。
停业整顿={at}，检查发现{firm}使用无证人员{name}上岗，{its}负责排班。
吊销={at}，{firm}储存烟花爆竹超量，仓库保管员{name}、销售员{its}均在场。
""")
HIDDEN = frozenset(
    listed("""
name resident_id phone plate bank_card passport email account address birth employer family
""")
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@dataclass
class Person:
    """Somebody who does not exist."""

    name: str
    sex: str
    birth: tuple[int, int, int]
    county: str
    detail: str
    resident_id: str | None
    passport: str | None
    country: str | None
    phone: str
    employer: str

    def party(self, role):
        year, month, day = self.birth
        return {
            "kind": "person",
            "name": self.name,
            "resident_id": self.resident_id,
            "passport": self.passport,
            "country": self.country,
            "birth_date": f"{year}-{month:02}-{day:02}",
            "role": role,
            "address": f"安徽省{self.county}{self.detail}",
            "phone": self.phone,
        }


@dataclass
class Writer:
    """Writes a text and remembers what in it must be hidden and what must stay."""

    text: str = ""
    hide: list = field(default_factory=list)
    protect: list = field(default_factory=list)

    def say(self, *words):
        for word in words:
            if isinstance(word, str):
                self.text += word
                continue
            what, said = word
            marks = self.hide if what in HIDDEN else self.protect
            marks.append({"start": len(self.text), "end": len(self.text) + len(said), "what": what})
            self.text += said


def check_sign(digits):
    total = sum(int(d) * w for d, w in zip(digits, _WEIGHTS, strict=True))
    return "10X98765432"[total % 11]


def card_number(rng):
    body = "62" + "".join(rng.choice("0123456789") for _ in range(16))
    total = 0
    for place, digit in enumerate(reversed(body)):
        value = int(digit) * (1 if place % 2 else 2)
        total += value - 9 if value > 9 else value
    return body + str(-total % 10)


def a_person(rng, kind="plain"):
    county = rng.choice(list(COUNTIES))
    birth = (rng.randint(1958, 2004), rng.randint(1, 12), rng.randint(1, 28))
    digits = f"{COUNTIES[county]}{birth[0]}{birth[1]:02}{birth[2]:02}{rng.randint(1, 999):03}"
    name, passport, country, resident_id = "", None, None, digits + check_sign(digits)
    if kind == "foreign":
        (name, country), passport, resident_id = rng.choice(FOREIGN), None, None
        passport = rng.choice("EGK") + str(rng.randint(10_000_000, 99_999_999))
    elif kind == "minority":
        name = rng.choice(MINORITY)
    else:
        surname = rng.choice(COMPOUND) if rng.random() < 0.08 else rng.choice(SURNAMES)
        name = surname + rng.choice(GIVEN)
    house, room = rng.randint(2, 299), f"{rng.randint(1, 32)}0{rng.randint(1, 6)}室"
    detail = rng.choice(
        (
            f"{rng.choice(ROADS)}{house}号{rng.randint(1, 30)}栋{room}",
            f"{rng.choice(ESTATES)}{rng.randint(1, 30)}号楼{rng.randint(1, 4)}单元{room}",
            f"{rng.choice(VILLAGES)}{rng.choice('东西南北')}队{house}号",
        )
    )
    phone = "1" + rng.choice("3578") + "".join(rng.choice("0123456789") for _ in range(9))
    sex = rng.choice("男女")
    employer = rng.choice(EMPLOYERS)
    return Person(name, sex, birth, county, detail, resident_id, passport, country, phone, employer)


def persons(rng, count):
    """So many persons, none of whom has another's name or a part of it."""
    found = []
    while len(found) < count:
        kind = rng.choices(("plain", "minority", "foreign"), (90, 7, 3))[0]
        one = a_person(rng, kind)
        if not any(one.name[:3] in other.name or other.name[:3] in one.name for other in found):
            found.append(one)
    return found


@dataclass
class Setting:
    """Who handles a case, where, and against whom."""

    county: str
    station: str
    number: str
    officers: list
    firm: str
    code: str
    legal: str
    made_on: tuple[int, int, int]


def a_setting(rng, kind, serial, people):
    county = rng.choice(list(COUNTIES))
    year, month, day = 2026, rng.randint(1, 11), rng.randint(1, 28)
    given = [one.name[-2:] for one in people if "·" not in one.name and one.name.isalpha()]
    taken = "".join(one.name for one in people)
    free = [word for word in GIVEN if word not in taken and not any(g in word for g in given)]
    officers = []
    for at in range(3):
        # The first officer has the surname of the first party, now and then more of the name.
        first = (
            people[0].name[:1]
            if at == 0 and not people[0].name.isascii()
            else rng.choice("秦江史顾侯邵孟龙")
        )
        name = first + rng.choice([word for word in free if len(word) == 2])
        if at == 1 and serial % 9 == 0 and len(people[0].name) == 2:
            name = people[0].name + rng.choice("民生华")
        officers.append((name, f"{rng.randint(10000, 129999):06}"))
    label = given[0] if given and len(given[0]) == 2 and serial % 7 == 0 else rng.choice(FIRMS)
    firm = f"{county[:3]}{label}{rng.choice(TRADES)}"
    code = (
        "91"
        + COUNTIES[county]
        + "MA"
        + "".join(rng.choice("0123456789ABCDEFGHJK") for _ in range(8))
    )
    number = f"{county[3]}公（{county[3:-1][:2]}）{SHORT[kind]}字〔{year}〕{serial + 100:05}号"
    legal = rng.choice("秦江史顾侯邵") + rng.choice([word for word in free if len(word) == 2])
    return Setting(
        county, rng.choice(STATIONS), number, officers, firm, code, legal, (year, month, day)
    )


def chinese_date(day):
    return f"{day[0]}年{day[1]}月{day[2]}日"


def described(one, rng):
    """A person as the head of a document describes him."""
    year, month, day = one.birth
    words = [("name", one.name), f"，{one.sex}，{year}年", ("birth", f"{month}月{day}日"), "出生，"]
    if one.resident_id:
        words += ["公民身份号码", ("resident_id", one.resident_id), "，"]
    else:
        words += ["护照号码", ("passport", one.passport), "，"]
    words += [f"住安徽省{one.county}", ("address", one.detail), "，"]
    if rng.random() < 0.3:
        words += ["系", ("employer", one.employer), "员工，"]
    return [*words, "联系电话", ("phone", one.phone), "。\n"]


def matter_of(kind, people, setting, rng):
    """What happened, by the kind of decision."""
    who, other, witness = people
    words = {
        "at": f"{chinese_date(setting.made_on)}{rng.randint(8, 22)}时许",
        "name": ("name", who.name),
        "its": ("name", other.name),
        "witness": ("name", witness.name),
        "plate": ("plate", "皖D" + "".join(rng.choice("ABCDEFGHJK0123456789") for _ in range(5))),
        "card": ("bank_card", card_number(rng)),
        "account": ("account", f"wx_{rng.choice('abcdefgh')}{rng.randint(100000, 999999)}"),
        "mail": ("email", f"{rng.choice('klmnopq')}{rng.randint(1000, 99999)}@mail.example.com"),
        "family": ("family", "妻子的堂兄"),
        "firm": ("organisation", setting.firm),
    }
    said = MATTERS[kind] + "\n以上事实有{witness}的证言、现场照片等证据证实。\n"
    pieces = re.split(r"\{(\w+)\}", said)
    return [words[piece] if at % 2 else piece for at, piece in enumerate(pieces)]


def a_decision(rng, kind, serial):
    """One decision with its planted truth."""
    who, other, witness = persons(rng, 3)
    setting = a_setting(rng, kind, serial, [who, other, witness])
    writer = Writer()
    body = ("body", _bureau(setting))
    writer.say(body, "\n", TITLES[kind], "\n", ("document_number", setting.number), "\n")
    if kind in WITH_FIRM:
        writer.say("被处罚单位：", ("organisation", setting.firm), "，统一社会信用代码")
        writer.say(
            ("uscc", setting.code), "，法定代表人", ("legal_rep", setting.legal), "。\n责任人："
        )
    else:
        writer.say(
            {"调解": "当事人：", "复议": "申请人：", "戒毒": "被决定人："}.get(kind, "违法行为人：")
        )
    writer.say(*described(who, rng))
    writer.say("现查明：", *matter_of(kind, (who, other, witness), setting, rng))
    writer.say("根据", ("law", LAWS[kind]), "之规定，决定：", ("penalty", PENALTIES[kind]), "。\n")
    writer.say("执法人员：")
    for at, (name, number) in enumerate(setting.officers[:2]):
        writer.say("、" if at else "", ("officer", name), "（警号", ("police_number", number), "）")
    writer.say("，审核人：", ("officer", setting.officers[2][0]), "。\n")
    writer.say("如不服本决定，可在收到本决定书之日起六十日内申请行政复议。\n")
    writer.say(body, setting.station and f"（{setting.station}）", "\n")
    writer.say(("made_on", chinese_date(setting.made_on)), "\n")
    return _as_told(kind, serial, writer, setting, (who, other, witness))


def _as_told(kind, serial, writer, setting, people):
    roles = ("penalised", "victim", "witness")
    parties = [one.party(role) for one, role in zip(people, roles, strict=True)]
    if kind in WITH_FIRM:
        parties.append({
            "kind": "organisation",
            "name": setting.firm,
            "social_credit_code": setting.code,
            "role": "penalised",
        })  # fmt: skip
    year, month, day = setting.made_on
    keep = [_bureau(setting), setting.station, setting.legal]
    return {
        "id": f"G{KINDS.index(kind):02}{serial:04}",
        "kind": kind,
        "made_on": f"{year}-{month:02}-{day:02}",
        "document_number": setting.number,
        "text": writer.text,
        "parties": parties,
        "keep": [*keep, *(word for officer in setting.officers for word in officer)],
        "hide": writer.hide,
        "protect": writer.protect,
    }


def _bureau(setting):
    return f"{setting.county[:3]}公安局{setting.county[3:-1]}分局"


def decisions(seed=SEED, of_each=OF_EACH_KIND):
    """All decisions, always the same for the same seed."""
    rng = random.Random(seed)
    return [a_decision(rng, kind, serial) for serial in range(of_each) for kind in KINDS]
