"""A penalty of a company, in which persons are named: told whole, its text masked by hand."""

from disclosure.given import a_case, a_decision, a_service, an_undoing

COMPANY = "淮南市示例信息技术有限公司"
USCC = "91350100M000100Y43"
WITNESS = "赵小梅"
SUSPECT = "张建伟"
RESIDENT_ID = "11010519491231002X"
ADDRESS = "淮南市田家庵区朝阳中路18号3栋402室"
PHONE = "13800550000"
NUMBER_SENT = "田公（网）行罚决字〔2026〕00871号"
DOCUMENT_NUMBER = "田公(网)行罚决字〔2026〕00871号"
PERSONAL = (WITNESS, SUSPECT, RESIDENT_ID, "朝阳中路18号", PHONE, "小梅", "建伟")

ORIGINAL = f"""行政处罚决定书
{DOCUMENT_NUMBER}
被处罚单位：{COMPANY}，统一社会信用代码{USCC}，法定代表人王建国。
现查明：2026年9月1日，我局民警034211在检查中发现该单位未按规定留存网络日志，直接责任人{SUSPECT}，\
公民身份号码{RESIDENT_ID}，住{ADDRESS}，联系电话{PHONE}。
以上事实有证人{WITNESS}证言等证据证实。
决定给予警告，并处罚款三万元。"""

PUBLIC = f"""行政处罚决定书
{DOCUMENT_NUMBER}
被处罚单位：{COMPANY}，统一社会信用代码{USCC}，法定代表人王建国。
现查明：2026年9月1日，我局民警034211在检查中发现该单位未按规定留存网络日志，直接责任人张某，\
公民身份号码×××，住淮南市田家庵区×××，联系电话×××。
以上事实有证人赵某证言等证据证实。
决定给予警告，并处罚款三万元。"""

PARTIES = [
    {"kind": "organisation", "name": COMPANY, "social_credit_code": USCC, "role": "penalised"},
    {
        "kind": "person",
        "name": SUSPECT,
        "resident_id": RESIDENT_ID,
        "address": ADDRESS,
        "phone": PHONE,
        "role": "third_party",
    },
    {"kind": "person", "name": WITNESS, "role": "witness"},
]


def a_cyber_case(**changes):
    given = {
        "kind": "cyber",
        "parties": PARTIES,
        "cause": {"code": "x", "name": "未履行网络安全保护义务"},
        "handlers": ["034211"],
        "unit": "340402080000",
    }
    return a_case(**{**given, **changes})


def a_penalty(**changes):
    given = {
        "text": ORIGINAL,
        "document_number": NUMBER_SENT,
        "unit": "340402080000",
        "outcome": {"kinds": ["warning", "fine"], "fine": "30000.00"},
        "approved_by": "010007",
    }
    return a_decision(**{**given, **changes})


def the_story(**changes):
    """Case, decision and its service."""
    return a_cyber_case(), a_penalty(**changes), a_service()


def an_undoing_of(kind, **changes):
    """The decision of the story is revoked, changed or found illegal."""
    return an_undoing(kind, **changes)
