"""Each recogniser: what it finds, and what is nearly that and stays."""

import pytest

from mingjing_shared.events.values import Party
from mingjing_shared.privacy.masking import Known, mask

ID = "11010519491231002X"
WIDE = "３４０４０４１９７４０４０８４２１０"
CARD = "6222021234567890128"


def hidden(text, *parties, keep=()):
    return [(mark.rule, mark.text) for mark in mask(text, Known(parties, tuple(keep))).hidden]


def person(name, **more):
    return Party(kind="person", name=name, **more)


@pytest.mark.parametrize(
    "text",
    [
        "执法视频编号：15955440001",
        "票据号13800550000至13800550010",
        "营业收入13554201188.00元",
        "金额13,688元、13655.50元",
        "窗口办公电话0554-4031110",
        "缴款码13900002026",
        "2026年10月12日22时30分至2026年10月13日",
        "淮公交决〔2026〕第3404002600457号",
        "统一社会信用代码91350100M000100Y43",
        "罚款伍佰元，行政拘留七日，乙醇含量68.9mg/100ml",
        "驾驶皖D小型轿车，依据皖公特D00137",
        "编号A3404035100002026090017",
        "尾号3690的银行卡",
        "道路运输证号340401200135",
        "账号以缴款通知书为准",
    ],
)
def test_a_number_of_a_thing_stays(text):
    assert hidden(text) == []


@pytest.mark.parametrize(
    ("text", "rule", "said"),
    [
        ("证" + WIDE, "resident_id", WIDE),
        ("号码110105 491231 002，", "resident_id", "110105 491231 002"),
        ("号码1101051949\n1231002x，", "resident_id", "1101051949\n1231002x"),
        ("身份证号码：340402200101116120", "resident_id", "340402200101116120"),
        ("电话(0554) 2678890", "phone", "(0554) 2678890"),
        ("电话：138\n0055 0000", "phone", "138\n0055 0000"),
        ("手机8613955447781", "phone", "8613955447781"),
        ("电话0554—3610098转802", "phone", "0554—3610098转802"),
        ("车牌皖DF38820", "plate", "皖DF38820"),
        ("教练车皖D1234学", "plate", "皖D1234学"),
        ("车架号后六位061773", "plate", "061773"),
        ("识别代号LSGKE54H2EW104826", "plate", "LSGKE54H2EW104826"),
        ("发动机号：143150867", "plate", "143150867"),
        ("驾驶证档案编号【340400719825】", "plate", "340400719825"),
        (f"卡号{CARD[:4]} {CARD[4:8]}\n{CARD[8:12]} {CARD[12:16]} {CARD[16:]}", "bank_card",
         f"{CARD[:4]} {CARD[4:8]}\n{CARD[8:12]} {CARD[12:16]} {CARD[16:]}"),
        ("护照号TR6630921", "passport", "TR6630921"),
        ("持E12345678入境", "passport", "E12345678"),
        ("微信（zz_zhengzhong）转账", "account", "zz_zhengzhong"),
        ("QQ：1357924680", "account", "1357924680"),
        ("支付宝账号fu@pay.example", "email", "fu@pay.example"),
        ("网名“三水小妖”", "account", "三水小妖"),
        ("邮箱someone@example.com", "email", "someone@example.com"),
    ],
)  # fmt: skip
def test_a_number_of_a_person_is_found_however_it_is_written(text, rule, said):
    assert hidden(text) == [(rule, said)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1988年5月12日出生", "5月12日"),
        ("1987-03-16出生", "-03-16"),
        ("生于 1994年7月21日", "7月21日"),
        ("出生日期 | 1987年03月21日", "03月21日"),
        ("（9月9日满十九岁）", "9月9日"),
    ],
)
def test_of_a_birth_month_and_day_are_hidden_and_the_year_stays(text, said):
    assert hidden(text) == [("birth", said)]


@pytest.mark.parametrize(
    "text", ["2026年5月12日生效", "2026年3月生产的烟花", "2026年10月12日发生纠纷", "9月9日满负荷"]
)
def test_a_day_on_which_nobody_was_born_stays(text):
    assert hidden(text) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("住安徽省淮南市田家庵区龙湖中路12号3栋201室，", "龙湖中路12号3栋201室"),
        ("住址：寿县刘岗镇袁圩村东队。", "刘岗镇袁圩村东队"),
        ("户籍地凤台县古店乡花圩村河东组，", "古店乡花圩村河东组"),
        ("在龙泉小区3号楼201室内，", "龙泉小区3号楼201室"),
        ("八公山区李冲回族乡冲口村人，", "李冲回族乡冲口村"),
    ],
)
def test_of_a_dwelling_everything_below_the_county_is_hidden(text, said):
    assert hidden(text) == [("address", said)]


@pytest.mark.parametrize(
    "text",
    [
        "在龙泉街道一烧烤摊",
        "将其抓住送医",
        "住院治疗三日",
        "住宿登记三人",
        "经营地址：淮南市田家庵区广场中路22号",
        "责令到户籍地寿县人民政府报到",
    ],
)
def test_where_nobody_lives_stays(text):
    assert hidden(text) == []


@pytest.mark.parametrize(
    ("text", "rule", "said"),
    [
        ("，患有甲状腺功能亢进，", "health", "患有甲状腺功能亢进"),
        ("突发急性心肌梗死。", "health", "突发急性心肌梗死"),
        ("孙某患有高血压，", "health", "患有高血压"),
        ("系轻度智力残疾，", "health", "轻度智力残疾"),
        ("工作单位：淮南市安泰锅炉厂二车间，", "employer", "淮南市安泰锅炉厂二车间"),
        ("现就职于上窑中心卫生院。", "employer", "上窑中心卫生院"),
        ("，系鑫旺沙场装载机司机。", "employer", "鑫旺沙场"),
        ("，离异，有一子随其母生活，", "family", "离异，有一子随其母生活"),
        ("（无子女，由侄女照料）", "family", "无子女，由侄女照料"),
    ],
)
def test_health_employer_and_family_are_hidden_where_they_are_named(text, rule, said):
    assert hidden(text) == [(rule, said)]


@pytest.mark.parametrize(
    "text",
    [
        "经鉴定，伤情为轻微伤。",
        "尿检甲基苯丙胺呈阳性，吸毒成瘾严重。",
        "面部软组织挫伤。",
        "由龙泉派出所民警送淮南市拘留所执行。",
        "向独居老人推销保健品。",
        "依据《传染病防治法》第三条",
    ],
)
def test_facts_of_the_case_stay(text):
    assert hidden(text) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("证人赵二宝的证言", ["赵二宝"]),
        ("其妻蒋丽娟与邻居吴限报警", ["蒋丽娟", "吴限"]),
        ("店员钱小竹、孙大海负责望风", ["钱小竹", "孙大海"]),
        ("周正清（男，身份证号不详）", ["周正清"]),
        ("丁当的父亲丁有财愿赔钱", ["丁有财"]),
        ("朋友“阿彪”在旁录像", ["阿彪"]),
        ("绰号“黑皮”，真名卞玉京。", ["黑皮", "卞玉京"]),
        ("阿依努尔·买买提明驾驶", ["阿依努尔·买买提明"]),
        ("报案人欧阳修文称", ["欧阳修文"]),
        ("带领大熊、老K等六名保安员", ["大熊", "老K"]),
    ],
)
def test_a_person_whom_nobody_named_to_us_is_found(text, names):
    assert [said for rule, said in hidden(text) if rule == "name"] == names


@pytest.mark.parametrize(
    "text",
    [
        "被侵害人陈述、证人证言等证据",
        "证人赵某、孙某某的证言",
        "民警李国庆（034125）到场，承办人：王守法",
        "法定代表人王建国",
        "驾驶员安全意识不强，员工宿舍",
        "当事人信息如下",
        "依据治安保卫条例",
        "邻居潘女士、季阿姨",
        "以“安心到家·平安守护”名义",
        "现场负责人某某称其外出就医。",
    ],
)
def test_what_only_looks_like_a_person_stays(text):
    assert hidden(text) == []


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("高兴", "大家都很高兴，高兴因拒绝敬酒被推倒", 1),
        ("夏天", "从夏天开始就想画，对夏天处罚款", 1),
        ("平安", "一路平安，教练员平安（男）", 1),
        ("黎明", "黎明时分，黎明的证言", 1),
        ("任重", "任重道远，任重已满一年", 1),
        ("石榴", "窗口摆放的石榴盆景，石榴称", 1),
        ("何勇", "何勇烈士陵园门口，何勇称", 1),
    ],
)
def test_a_name_that_is_a_word_is_hidden_only_where_somebody_is_meant(name, text, found):
    places = [mark.start for mark in mask(text, Known((person(name),))).hidden]
    assert len(places) == found
    assert places == [text.rindex(name)]


def test_a_longer_name_is_not_taken_for_the_shorter_one():
    known = Known((person("王强"), person("王强生")), ("王强国",))
    assert mask("王强、王强生与民警王强国", known).public_text == "王某甲、王某乙与民警王强国"


@pytest.mark.parametrize(
    ("name", "text", "public"),
    [
        ("欧阳海涛", "欧阳 海涛称，海涛到案", "欧阳某称，欧阳某到案"),
        ("陈默默", "陈默默（绰号“黑皮”），黑皮提供", "陈某（绰号“陈某”），陈某提供"),
        ("KIM MIN SU", "KIM MIN SU到场，KIM称", "K某到场，K某称"),
        ("张国梁", "张国梁动手，喊“老张别冲动”", "张某动手，喊“张某别冲动”"),
        ("艾力·亚森", "艾力·亚森与艾力", "艾某与艾某"),
        ("艾力·亚森", "艾力·亚森请求撤销处罚决定", "艾某请求撤销处罚决定"),
    ],
)
def test_the_same_person_has_the_same_stand_in(name, text, public):
    assert mask(text, Known((person(name),))).public_text == public


def test_a_stand_in_is_not_one_that_the_text_gives_to_somebody_else():
    assert (
        mask("张某先走，张伟留下", Known((person("张伟"),))).public_text == "张某先走，张某甲留下"
    )


def test_an_officer_with_a_party_s_name_stays_and_a_person_is_asked():
    found = mask("被处罚人张伟，民警张伟（034112）", Known((person("张伟"),), ("张伟", "034112")))
    assert found.public_text == "被处罚人张某，民警张伟（034112）"
    assert found.blocked


def test_every_place_says_its_rule_how_it_was_found_and_where_the_rule_stands():
    [mark] = mask("证人赵二宝的证言", Known()).hidden
    assert (mark.rule, mark.found_by) == ("name", "称谓“证人”")
    assert "公通字〔2018〕26号" in mark.source
