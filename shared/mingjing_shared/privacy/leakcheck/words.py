"""The words by which this program recognises what is said about whom. Its own list."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files


def _listed(words: str) -> tuple[str, ...]:
    return tuple(words.split())


COMPOUND_SURNAMES = frozenset(
    _listed("""
万俟 上官 东方 东郭 东门 乐正 亓官 令狐 仲孙 侯莫 公冶 公孙 公户 公玉 公羊 公良 公西 单于 南宫
南门 叱干 司寇 司徒 司空 司马 呼延 壤驷 夏侯 太叔 太史 夹谷 子车 宇文 完颜 宗政 宰父 尉迟 左丘
巫马 微生 慕容 拓跋 梁丘 欧阳 段干 淳于 漆雕 澹台 濮阳 爱新 独孤 申屠 百里 皇甫 端木 第五 纳兰
羊舌 耶律 西门 诸葛 谷梁 贺兰 赫连 轩辕 钟离 长孙 闻人 闾丘 颛孙 鲜于
""")
)
SURNAMES = frozenset(
    "".join(
        _listed("""
王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛
叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔
贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁
时舒耿牟卜肖詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强
柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来缪苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾
郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼原官衣楚佟栗匡宗应台巫鞠僧桑荆谌银扬
明沙伏岑习
""")
    )
)
ROLE_WORDS = _listed("""
被处罚人 受处罚人 违法行为人 违法嫌疑人 嫌疑人 行为人 当事人 被侵害人 被害人 受害人 证人 报案人
报警人 举报人 控告人 监护人 法定代理人 代理人 申请人 被申请人 第三人 责任人 直接责任人 驾驶人
驾驶员 车主 同案人 同行人 目击者 家属 亲属 父亲 母亲 儿子 女儿 妻子 丈夫 配偶 哥哥 弟弟 姐姐
妹妹 邻居 同事 朋友 店主 顾客 乘客 学生 戒毒人员 吸毒人员 被强制人 被询问人 经营者 对象 物主
爆破员 业主 店长 老板 会计 出纳 购买人 卖家 买家 投诉人 被投诉人 承租人 出租人 持有人 所有人
持证人 保管员 值班员 学员 旅客 住客 原告 被告 被检查人 被扣押人 被决定人 戒毒人 甲方 乙方 赌客
摊主 网民 机主 租户 居民 村民 职工 员工 保安 销售员 负责人员 被抚养人 见证人 介绍人 中间人
联系人 收件人 伤者 死者 户主 房东 租客 男子 女子 民工 工人 司机 姓名 系 叫
""")
# Behind these an everyday word may well be one: 当事人安全.
LOOSE_ROLES = frozenset(
    _listed("""
丈夫 业主 乘客 乙方 保安 儿子 司机 员工 女儿 妻子 姓名 学生 对象 居民 工人 当事人 旅客 村民 母亲
父亲 甲方 申请人 经营者 职工 联系人 行为人 责任人 顾客 驾驶人 驾驶员
""")
)
OFFICER_WORDS = _listed("""
民警 警官 警员 辅警 承办人 办案人 经办人 审核人 审批人 批准人 执法人员 检查人员 值班领导 局长
所长 队长 支队长 大队长 政委 教导员 负责人 交警 法制员 记录人 调解员 复议人员 调查人员 询问人
""")
NICKNAME_WORDS = _listed("绰号 外号 人称 昵称 小名 乳名 又名 化名 网名 曾用名 诨名")
# What often stands behind a person who is named, and never within a place or a firm.
AFTER_PERSON = _listed("""
的陈述 的证言 的供述 的申辩 陈述 证言 证实 供述 供认 称 说 承认 辩称 反映 报警 报案 签字 签名
到案 驾驶 打 殴打 与 和 向 对 将 把 被 因 在 于 等 的 系 是 住 男 女 及 提出 持 从 给 用 处 名下
本人 之 也 又 则 未 已 均 提交 负责 陪同 参与 使用 拒绝 逃 实施 携带 饲养 储存 酒后 醉酒 骑 乘坐
购 赔偿 多次 曾 以 有 无 没 不 来 去 到 出 要 先
""")
# What only a person does, or is said to.
TELLING = _listed("""
处罚 处以 处行政 因涉嫌 因与
称 说 陈述 证言 证实 供述 供认 承认 辩称 反映 报警 报案 签字 签名 到案 驾驶 殴打 男 女 与 和 将
被 打 持 拒不 在场 在 当面 名下 自述 自称 表示 签收 购买 承担 支付 返还 态度 的账户 的银行 经营
处购
""")
ONLY_A_PERSON = _listed("""
女士 先生 同志 某 的陈述 的证言 的供述 的申辩 的指认 的辨认 陈述称 供述称 辩称 供认 到案后
签字确认 的询问笔录 的讯问笔录 的家属 的妻子 的丈夫 的父亲 的母亲 的儿子 的女儿 驾驶 租住处
""")
# Right behind these somebody is called by name.
CALLED = _listed("""
我叫 他叫 她叫 名叫 叫做 我爸 我妈 开户人 持卡人 户名 收款人 付款人 署名 之父 之母 之妻 之夫
之子 之女 其父 其母 其妻 其夫 其子 其女 其兄 其弟 其姐 其妹
""")
BEFORE_PERSON = (
    *ROLE_WORDS,
    *NICKNAME_WORDS,
    *"与和对向将由同跟给被及把找为是而因让请据经人者致有",
)
PLACE_AFTER = re.compile(
    r"^.{0,2}?(?:路|街|大道|巷|村|镇|乡|县|桥|公司|厂|店|商行|小区|花园|广场|大厦|银行|超市|学校"
    r"|中学|小学|大学|医院)"
)
# Surnames that in a sentence are most often another word.
SELDOM_SURNAMES = frozenset("万与于从以任全则单及向和因在安对将常应成把方时明是由白经而被解高")
# What stands behind a role and looks like a name, but is none.
NO_NAMES = frozenset(
    _listed("""
万余 万元 万分 严重 乐于 乐意 习性 习惯 于是 从事 任何 任务 任意 任教 任职 伏击 位于 何时 何种
余某 党员 全体 全家 全程 全部 全额 关于 关押 关系 关闭 包括 华人 华侨 单位 单独 卫生 原件 原告
原因 原始 台阶 右手 司机 后勤 向其 向本 和解 安全 安排 安置 安装 宗教 宗旨 官方 封存 封闭 尤其
左侧 左手 席位 常住 常年 常用 常见 应予 应于 应当 应急 应承 应聘 应诉 康复 强制 强奸 强行 强迫
成为 成交 成员 成年 成立 成绩 房东 房主 房屋 文书 文件 方便 方向 方式 方法 方面 施工 施暴 施行
时任 时候 时年 时许 时间 明显 明知 明确 明示 易燃 易爆 曾经 来源 来自 林地 查处 查明 查获 梁某
欧元 武器 毕业 水平 江边 沙发 温和 游客 游泳 游玩 甘愿 田地 田间 申诉 申请 申辩 白色 盖章 石块
程序 童年 符合 简单 简易 管制 管教 管理 管辖 花园 花费 莫名 解决 解散 解释 解除 计入 计划 计时
计算 费用 路口 路段 路边 车上 车主 车内 车牌 车祸 车辆 边境 边缘 边防 连同 连续 都是 金属 金额
银色 银行 陈述 雷管 项目 高度 黄色
""")
)
RESIDENCE = (
    r"(?:户籍所在地|户籍地址|户籍地|户籍|现居住地|居住地址|居住地|经常居住地|居住于|居住在|暂住地"
    r"|暂住|住所地|住所|住址|家住|家住在|现住|租住于|租住在|租住|住在|住于|家庭地址|家庭住址|联系地址"
    r"|通讯地址|收件地址|地址|居住"
    r"|(?<![揪抓拦记堵按停站不拉捂拽抱扣挡稳锁守围勒夹顶忍撑卡咬逮控制])住)"
)
BELOW_COUNTY = re.compile(
    r"路|街|道|巷|弄|胡同|村|庄|屯|组|队|乡|镇|号|栋|幢|楼|室|单元|小区|花园|社区|新村|苑|公寓|宿舍"
    r"|家园|庭|湾|城"
)
COUNTRY_PLATE = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领"


@cache
def everyday_words() -> frozenset[str]:
    """Words that are met often: as a name they prove nothing by themselves."""
    return _words("")


@cache
def seldom_words() -> frozenset[str]:
    """Words that are met seldom: a name, unless the case's own text uses them as words."""
    return _words("[seldom]")


def _words(section: str) -> frozenset[str]:
    raw = files("mingjing_shared.privacy.leakcheck").joinpath("everyday.txt")
    first, _, second = raw.read_text(encoding="utf-8").partition("[seldom]")
    found = set()
    for line in (second if section else first).splitlines():
        for group in () if line.startswith("#") else line.split():
            twos, _, threes = group[1:].partition("/")
            found |= {group[0] + sign for sign in twos}
            found |= {group[0] + threes[at : at + 2] for at in range(0, len(threes), 2)}
    return frozenset(found)
