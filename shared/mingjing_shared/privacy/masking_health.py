"""What a text says of somebody's health.

Illnesses, disabilities, pregnancies, treatments: looked for in sentences that hold a word of the
kind. Injuries that the act caused and tests for drugs are facts of the case and stay.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mingjing_shared.privacy.masking_form import Mark, clause
from mingjing_shared.privacy.masking_numbers import BY_FORM
from mingjing_shared.privacy.masking_roles import alternatives

if TYPE_CHECKING:
    from collections.abc import Iterator

_END = r"[^,。;)(\n“”|]"
_SENTENCE = re.compile(r"[^。;\n]+")
_SIGN = re.compile(
    alternatives(
        "病 炎 症 癌 瘤 孕 残 瘫 聋 哑 盲 患 血压 血糖 血脂 贫血 障碍 梗死 梗塞 亢进 减退 化疗 "
        "透析 手术 移植 HIV 肝 昏迷 休克 震颤 焦虑 抑郁 失眠 幻觉 妄想 流产 临产 哺乳 妊娠 戒断 "
        "复吸 视力 听力 色觉 智力 中毒 摔伤 跌伤 车祸 结核 中风 硬化 曲张 结石 内障 青光 色弱 "
        "健康状况 身体状况 支架 起搏器 钢板 假体 抗抑郁 抗焦虑 感染者 携带者 失聪 失明 服用 抗体 癫"
        "痫 哮喘 梅毒 痴呆 卒中 评估"
    )
)
_NAMES = alternatives(
    "病史 癌 肿瘤 白血病 糖尿病 心脏病 精神病 艾滋病 性病 传染病 冠心病 肾病 肝病 胃病 "
    "帕金森病 慢性病 职业病 肺病 疾病 肝炎 肾炎 胃炎 肺炎 关节炎 脑炎 抑郁症 焦虑症 分裂症 "
    "精神分裂 狂躁症 躁郁症 自闭症 孤独症 尿毒症 综合征 综合症 后遗症 痴呆 癫痫 高血压 "
    "低血压 高血脂 高血糖 结核 结核灶 梗死 梗塞 脑梗 卒中 中风 贫血 白内障 青光眼 色盲 色弱 "
    "亢进 减退 硬化 静脉曲张 哮喘 瘫痪 偏瘫 截瘫 聋哑 耳聋 失聪 失明 智力残疾 肢体残疾 "
    "精神残疾 病毒感染者 病毒携带者 情感障碍 认知障碍 睡眠障碍 人格障碍 心理障碍 应激障碍 言语障碍 "
    "视力残疾 听力残疾 残疾人 智力障碍 精神障碍 发育迟缓 双相障碍 早孕 怀孕 流产 "
    "妊娠 临产 哺乳期 透析 化疗 抗体阳性 抑郁 结石 肝损伤 梅毒 HIV 阿尔茨海默 夜盲症"
)
_DEGREE = alternatives(
    "急性 慢性 轻度 中度 重度 严重 严重的 原发性 先天 先天性 突发 受惊致 双眼 左眼 右眼 双耳 左肺 "
    "右肺 陈旧性 早期 晚期 间歇性"
)
_BEFORE = r"(?![的因被将对与和为系送患是其])[\u4e00-\u9fff]"
_FORMS = (
    re.compile(
        r"(?:长期|一直|本人|自幼|先天|因|曾)?(?:患有|患上|罹患|确诊为?|身患|素有|既往有|查出)有?"
        rf"{_END}{{0,40}}(?:[,、](?:{_END}{{0,10}}(?:看不[见清]|听不[见清]|减退|症|病|炎|障碍|残|"
        rf"服药|治疗"
        rf"|手术|用药)){_END}{{0,8}})*"
    ),
    re.compile(
        rf"(?:{_DEGREE})*(?:(?:{_BEFORE}){{0,8}}?(?:{_NAMES}))"
        r"(?:发作|早期|晚期|中期|[一二三四]级|多年|史|病史|阳性|待查|术后|倾向|证?[一二三四]级)*"
        r"(?:[(][^)\n]{0,14}(?:残|级|证|期)[^)\n]{0,6}[)])?"
        r"(?:[,、](?:长期|需|正在|坚持|一直|定期|常年)(?:服药|用药|吃药|治疗|透析|化疗|复查)[^,。;)"
        r"\n]{0,6})?"
        r"(?:和|及|、|,)?(?:血压[^,。;)\n]{0,12}|听力[^,。;)\n]{0,6})?"
    ),
    re.compile(
        r"(?:正在)?(?:服用|注射)[\u4e00-\u9fff]{2,8}(?:药物?|片|胶囊|胰岛素)[^,。;)\n]{0,8}"
        r"|(?:血压|血糖|血脂|尿酸|转氨酶|心率)(?:偏高|偏低|升高|达|为)[^,。;)\n]{0,12}"
        r"|(?:色觉|视力|听力|智力)(?:[一二三四]级|正常|减退|低下|障碍|异常|残疾|[0-9])[^,。;)\n]{"
        r"0,6}"
        r"|[视听]力[^,。;)\n]{0,2}(?:降至|下降|不足|仅)[^,。;)\n]{0,14}|(?:心理|精神|智力)(?:状况"
        r")?评估[^,。;)\n]{0,10}"
        r"|(?:心脏|体内|颅内|颅骨|腿部|腰部|血管|胸腔|眼内|髋部)[\u4e00-\u9fff]{0,2}(?:装有|植入|安"
        r"装|放置|置入|有)"
        r"[^,。;)\n]{0,6}(?:支架|起搏器|钢板|钢钉|导管|假体)"
        r"|抗(?:抑郁|焦虑|癫痫|精神病|病毒|凝|结核)[^,。;)\n]{0,2}药物?"
        r"|(?:持|有|领有|办有)?残疾人?证[^,。;)\n]{0,12}"
        r"|(?:[一二三四]级)?(?:肢体|智力|精神|视力|听力|言语|多重)残疾[^,。;)\n]{0,8}"
    ),
    re.compile(
        r"刚?(?:做|行|接受)(?:完|过|了)?[\u4e00-\u9fff]{2,10}(?:手术|化疗|透析|移植)[^,。;)\n]{0,6}"
        r"|(?:怀有?|已)(?:身孕|有身孕|孕)[^,。;)\n]{0,8}|孕[0-9一二三四五六七八九]+(?:周|个?月)"
        r"|怀孕[^,。;)\n]{0,8}|孕妇|HIV[^。;)\n]{0,10}|[甲乙丙丁戊]肝[^,。;)\n]{0,6}"
        r"|(?:酒精|药物|农药|煤气|食物)?中毒(?:昏迷|入院|住院)?|(?:重度|中度|轻度)(?:焦虑|抑郁|失"
        r"眠)"
        r"|[^,。;)\n、]{0,4}(?:昏迷|休克|震颤|失眠|幻觉|妄想|戒断评估|复吸倾向)[^,。;)\n、]{0,6}"
        r"|(?:摔伤|跌伤|车祸)(?:致|导致)[^,。;)\n]{2,14}|(?:突发|患)?[\u4e00-\u9fff]{2,5}症(?:入"
        r"院|住院|发作|复发)"
    ),
)
_CLAUSE = re.compile(r"[^,。;()(\n“”|:!?、]+")
_ILL = re.compile(
    alternatives(
        "神经病 疯子 瘸子 瞎子 聋子 傻子 弱智 智障 残废 癫痫鬼 脑子有病 产检 高烧 发烧 肺炎 肺大泡 "
        "酒精肝 脂肪肝 "
        "痛风 风湿 类风湿 红斑狼疮 狼疮 乙肝 丙肝 甲亢 甲减 甲状腺 心梗 脑梗 脑出血 脑溢血 脑瘫 脑"
        "瘤 老年痴呆 健忘症 精神分裂 精神失常 "
        "精神异常 精神疾患 精神科 心理医生 心理咨询 心理疾病 心理问题 双相 强迫症 恐惧症 惊恐 自闭 "
        "多动症 羊癫疯 羊角风 尘肺 矽肺 肺结节 "
        "肝硬化 肾衰 肾结石 胆结石 尿毒症 痔疮 肠胃炎 胃溃疡 阑尾炎 椎间盘 腰突 颈椎病 肩周炎 老寒"
        "腿 近视 弱视 斜视 色弱 耳鸣 耳背 "
        "助听器 轮椅 拐杖 义肢 假肢 截肢 人工耳蜗 放疗 化疗 透析 搭桥 起搏器 支架 移植 剖腹产 剖宫"
        "产 产后 坐月子 早产 保胎 流产 不孕 "
        "不育 月经 例假 更年期 怀胎 身孕 有孕 孕期 孕妇 过敏 残联 肢残 智残 听障 视障 侏儒 唐氏 小"
        "儿麻痹 兔唇 安眠药 降压药 胰岛素 "
        "速效救心丸 抗抑郁 心脏不好 心脏有 身体不好 身体虚弱 体弱 腿脚不便 行动不便 行动不灵 听力不"
        "好 耳朵不好 眼睛不好 看不清 听不清 "
        "听不见 病危 病重 重病 大病 绝症 卧床 植物人 瘫痪 偏瘫 半身不遂 旧伤 旧疾 老毛病 犯病 发病 "
        "病发 哮喘 癫痫 梦游 厌食 酗酒史 "
        "戒酒 艾滋 梅毒 淋病 性病 肺结核 肝炎 胃出血 白血病 血友病 地中海贫血 贫血 低血糖 高血压 高"
        "血糖 糖尿 心律 早搏 房颤 心绞痛 "
        "肿瘤 癌 囊肿 息肉 结节 增生 积水 骨质疏松 股骨头 帕金森 渐冻 肌无力 重症 智力低下 发育迟缓"
        " 失语 口吃 哑巴 聋 盲人 失明"
    )
)
_BEFORE_ILL = re.compile(r".*(?:因为|因|由于|系|是|称|说|其|患有|患|有)")
_LEAD_SIGNS, _TAIL_SIGNS = 8, 12
_FIELD = re.compile(
    r"(?:病 {0,4}史|健康状况|身体状况|既往病?史|疾病)(?:为|是|[ :|]){1,4}([^。;)\n|]{2,40})"
)
_CASE_FACTS = re.compile(
    r"轻微伤|轻伤|重伤|尿检|吗啡|甲基|阳性反应|氯胺酮|大麻|吸毒成瘾|禁毒|传染病防治|职业病防治|残疾"
    r"赔偿|怀孕期间|期间怀孕"
)


def marks_of_health(flat: str) -> Iterator[Mark]:
    """What a plain text says of health."""
    for sentence in _SENTENCE.finditer(flat):
        start, end = sentence.span()
        if _SIGN.search(flat, start, end) is None and _ILL.search(flat, start, end) is None:
            continue
        spans = [found.span() for form in _FORMS for found in form.finditer(flat, start, end)]
        spans += [_around(flat, *found.span()) for found in _ILL.finditer(flat, start, end)]
        spans += [found.span(1) for found in _FIELD.finditer(flat, start, end)]
        for a, b in spans:
            if b - a > 1 and not _CASE_FACTS.search(flat, a, b + 3):
                yield clause(flat, a, b, "health", BY_FORM)


def _around(flat: str, start: int, end: int) -> tuple[int, int]:
    """The words around an illness: from what introduces it to the end of its clause."""
    first = max(flat.rfind(sign, 0, start) for sign in ",。;()\n“”|:!?、") + 1
    lead = _BEFORE_ILL.match(flat, max(first, start - _LEAD_SIGNS), start)
    found = _CLAUSE.match(flat, start)
    last = min(found.end() if found else end, end + _TAIL_SIGNS)
    if lead is None:
        return (first if start - first <= _LEAD_SIGNS else start), last
    return lead.end(), last
