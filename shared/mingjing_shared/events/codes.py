"""The closed lists of code names, each with the Chinese that screens show.

A code, once stable, is never taken back; screens and messages read the Chinese from here.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from msgspec import Meta


def _names(title: str, **names: str) -> Meta:
    return Meta(extra_json_schema={"x-names": names, "x-list": title})


CaseKind = Annotated[
    Literal[
        "public_security",
        "traffic",
        "narcotics",
        "exit_entry",
        "cyber",
        "firearms_explosives",
        "security_services",
        "permit",
        "criminal",
    ],
    _names(
        "案件类别",
        public_security="治安",
        traffic="交通",
        narcotics="禁毒",
        exit_entry="出入境",
        cyber="网络安全",
        firearms_explosives="枪支爆炸物",
        security_services="保安服务",
        permit="行政许可",
        criminal="刑事",
    ),
]
Procedure = Annotated[
    Literal[
        "simple",
        "fast_track",
        "ordinary",
    ],
    _names(
        "办理程序",
        simple="简易程序",
        fast_track="快速办理",
        ordinary="普通程序",
    ),
]
PartyKind = Annotated[
    Literal[
        "person",
        "organisation",
    ],
    _names(
        "当事人类别",
        person="自然人",
        organisation="单位",
    ),
]
PartyRole = Annotated[
    Literal[
        "suspect",
        "penalised",
        "victim",
        "witness",
        "reporter",
        "guardian",
        "applicant",
        "third_party",
    ],
    _names(
        "当事人身份",
        suspect="违法嫌疑人",
        penalised="被处罚人",
        victim="被侵害人",
        witness="证人",
        reporter="报案人",
        guardian="监护人",
        applicant="申请人",
        third_party="第三人",
    ),
]
Sensitive = Annotated[
    Literal[
        "minor",
        "public_attention",
        "group",
        "foreigner",
        "official",
        "media",
        "other",
    ],
    _names(
        "敏感情形",
        minor="涉及未成年人",
        public_attention="社会关注",
        group="群体性",
        foreigner="涉外",
        official="涉及公职人员",
        media="媒体关注",
        other="其他",
    ),
]
PlaceKind = Annotated[
    Literal[
        "on_site",
        "case_area",
        "window",
        "remote",
    ],
    _names(
        "执法场所",
        on_site="现场",
        case_area="办案区",
        window="窗口",
        remote="远程",
    ),
]
DecisionKind = Annotated[
    Literal[
        "penalty",
        "permit",
        "coercion",
        "no_penalty",
        "termination",
        "other",
    ],
    _names(
        "决定种类",
        penalty="行政处罚",
        permit="行政许可",
        coercion="行政强制",
        no_penalty="不予处罚",
        termination="终止调查",
        other="其他",
    ),
]
PenaltyKind = Annotated[
    Literal[
        "warning",
        "criticism",
        "fine",
        "confiscation_of_gains",
        "confiscation_of_goods",
        "licence_suspension",
        "licence_downgrade",
        "licence_revocation",
        "restriction",
        "business_suspension",
        "closure",
        "career_ban",
        "detention",
        "other",
    ],
    _names(
        "处罚种类",
        warning="警告",
        criticism="通报批评",
        fine="罚款",
        confiscation_of_gains="没收违法所得",
        confiscation_of_goods="没收非法财物",
        licence_suspension="暂扣许可证件",
        licence_downgrade="降低资质等级",
        licence_revocation="吊销许可证件",
        restriction="限制开展生产经营活动",
        business_suspension="责令停产停业",
        closure="责令关闭",
        career_ban="限制从业",
        detention="行政拘留",
        other="其他",
    ),
]
EndReason = Annotated[
    Literal[
        "executed",
        "no_penalty",
        "mediated",
        "turned_criminal",
        "not_executable",
        "terminated",
    ],
    _names(
        "结案原因",
        executed="执行完毕",
        no_penalty="不予处罚",
        mediated="调解履行",
        turned_criminal="转为刑事案件",
        not_executable="无法或无需执行",
        terminated="终止调查",
    ),
]
RemedyKind = Annotated[
    Literal[
        "reconsideration",
        "litigation",
    ],
    _names(
        "救济途径",
        reconsideration="行政复议",
        litigation="行政诉讼",
    ),
]
RecordingLevel = Annotated[
    Literal[
        "full",
        "as_needed",
    ],
    _names(
        "记录要求",
        full="全程记录",
        as_needed="视情记录",
    ),
]
BypassHow = Annotated[
    Literal["none", "against", "other_text"],
    _names(
        "绕过审核的情形",
        none="未经审核",
        against="与审核意见相反",
        other_text="与审核文本不同",
    ),
]
Opinion = Annotated[
    Literal[
        "agree",
        "correct",
        "transfer",
    ],
    _names(
        "审核意见",
        agree="同意",
        correct="纠正",
        transfer="移送",
    ),
]
CheckResult = Annotated[
    Literal[
        "passed",
        "failed",
        "not_applicable",
    ],
    _names(
        "核查结果",
        passed="符合",
        failed="不符合",
        not_applicable="不适用",
    ),
]
SubmissionKind = Annotated[
    Literal["first", "supplement"],
    _names(
        "送审方式",
        first="首次送审",
        supplement="补正材料",
    ),
]
CoordinationForum = Annotated[
    Literal["re_review", "coordination", "head", "collective"],
    _names(
        "处理异议的方式",
        re_review="复审",
        coordination="双方协调",
        head="负责人决定",
        collective="集体讨论",
    ),
]
CoordinationOutcome = Annotated[
    Literal["maintained", "unit_yields", "not_agreed", "opinion_stands", "reopened"],
    _names(
        "处理异议的结果",
        maintained="维持原审核意见",
        unit_yields="承办单位接受审核意见",
        not_agreed="未达成一致，提请集体讨论",
        opinion_stands="按审核意见办理",
        reopened="重新审核",
    ),
]
ClockEffect = Annotated[
    Literal["not_started", "stopped"],
    _names(
        "对审核期限的影响",
        not_started="期限尚未起算",
        stopped="期限停表",
    ),
]
GapKind = Annotated[
    Literal[
        "missing",
        "partial",
        "late",
        "unmarked",
        "interrupted",
    ],
    _names(
        "记录缺口",
        missing="缺失",
        partial="不完整",
        late="逾期",
        unmarked="未标注",
        interrupted="中断",
    ),
]
GapEffect = Annotated[
    Literal[
        "blocking",
        "finding",
    ],
    _names(
        "缺口后果",
        blocking="阻断",
        finding="问题记录",
    ),
]
QualificationLevel = Annotated[
    Literal[
        "basic",
        "intermediate",
        "advanced",
    ],
    _names(
        "执法资格等级",
        basic="基本级",
        intermediate="中级",
        advanced="高级",
    ),
]
AdviserKind = Annotated[
    Literal["legal_adviser", "government_lawyer"],
    _names("法律顾问类别", legal_adviser="法律顾问", government_lawyer="公职律师"),
]
PublisherWay = Annotated[
    Literal[
        "kafka",
        "door",
    ],
    _names(
        "接入方式",
        kafka="Kafka 直连",
        door="接收接口",
    ),
]
Mode = Annotated[
    Literal[
        "live",
        "backfill",
        "synthetic",
        "replay",
    ],
    _names(
        "事件方式",
        live="实时",
        backfill="补录",
        synthetic="合成",
        replay="重放",
    ),
]

# Acts of enforcement: an open list (an act that we do not know yet is a fact all the same).
ACTION_NAMES: Mapping[str, str] = {
    "dispatch": "出警处置",
    "on_spot_check": "当场检查",
    "summons": "传唤",
    "questioning": "询问",
    "inspection": "检查",
    "scene_examination": "勘验",
    "search": "搜查",
    "identification": "辨认",
    "seizure": "扣押",
    "detention_of_goods": "扣留",
    "sealing": "查封",
    "freezing": "冻结",
    "sampling": "抽样取证",
    "registered_preservation": "先行登记保存",
    "forced_test": "强制检测",
    "on_spot_penalty": "当场处罚",
    "coercive_measure": "强制措施",
    "coercive_execution": "强制执行",
    "notice": "告知",
    "statement_and_defence": "陈述申辩",
    "hearing": "听证",
    "mediation": "调解",
    "service_direct": "直接送达",
    "service_left": "留置送达",
    "service_mail": "邮寄送达",
    "service_announced": "公告送达",
    "service_electronic": "电子送达",
    "case_area_stay": "办案区停留",
}


def names_of(code_list: Any) -> Mapping[str, str]:
    """The Chinese of every code in a list of this module, in order: ``names_of(CaseKind)``."""
    names: Mapping[str, str] = code_list.__metadata__[0].extra_json_schema["x-names"]
    return names
