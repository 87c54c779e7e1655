"""The Chinese name of every data field: in schemas, in the catalogue, in what a sender reads."""

from collections.abc import Mapping

_NAMES = """
case_number 案件编号 | kind 种类 | cause 案由 | procedure 办理程序 | unit 单位 | handlers 承办人
accepted_at 受理时间 | parties 当事人 | source_of_case 案件来源 | sensitive 敏感情形
classified 涉密 | place 地点 | to 接收机关 | reason 原因 | on 日期 | action_id 执法行为编号
place_kind 场所种类 | started_at 开始时间 | ended_at 结束时间 | officers 执法人员
auxiliaries 辅助人员 | told 告知情况 | uniform 着装 | documents 出具文书 | document_number 文书字号
title 题名 | made_at 制作时间 | file 文件 | signatures 电子签章 | on_paper_only 仅有纸质
decision_id 决定编号 | proposed_by 提出人 | proposed_at 提出时间 | facts 事实 | basis 依据
outcome 处理结果 | hearing 听证 | materials 材料 | public_interest 涉及重大公共利益
major_rights 涉及重大权益 | several_relations 涉及多个法律关系 | review_by_law 法律法规规定应当审核
social_risk 可能造成重大社会影响 | crime_suspected 涉嫌犯罪 | offence_from 违法行为起始日
draft_text 决定草稿 | made_on 作出日期 | approved_by 批准人 | effective_on 生效日期
clearance_id 审核通过编号 | text 全文 | discretion_basis 裁量基准 | adopted_opinion 采纳审核意见
served_on 送达日期 | method 方式 | by 作出者 | replaced_by 替代决定 | ended_on 办结日期
filed_on 提起日期 | result 结果 | result_on 结果日期 | serial 设备编号 | model 型号
registered_at 登记时间 | docked_at 入站时间 | device_clock_at 设备时钟 | battery 电量
session_epoch 会话纪元 | free_bytes 剩余空间 | at 时间 | fault 故障 | footage_id 视音频编号
officer 民警 | quiet_minutes_max 约定静默时限 | size_known 已知大小 | size_shown 出示大小
log 存证日志 | witness 见证方
key_file 重点文件 | sha256 内容摘要 | size 字节数 | gps 轨迹 | location 文件位置
upload_id 上传编号 | time 时刻 | note 说明 | person_ref 人员代号 | room 房间 | system 系统
last_synced_at 最近同步时间 | lag_seconds 滞后秒数 | item 事项 | online 可网上办理
days_promised 承诺天数 | channel 渠道 | days 办理天数 | property_id 财物编号 | keeper 保管人
code 代码 | name 名称 | level 级别 | parent 上级机构 | head 负责人 | valid_from 生效日
police_number 警号 | posts 职务 | enforcement_certificate 执法证号
qualification_level 执法资格等级
qualification_valid_until 资格有效期至 | legal_qualification 法律职业资格 | active 在职
valid_until 有效期至 | topic 主题 | hours 学时 | attended 参加人员 | scores 成绩 | adviser 法律顾问
until 截止 | what 变更对象 | from 起始 | source 来源 | affected_items 受影响事项 | amount 金额
paid_on 缴纳日期 | bank_ref 银行流水号 | item_id 公示事项编号 | due_on 应完成日 | provisional 暂定
rule 规则 | revision 修订号 | reason_code 原因代码 | decided_by 判断者 | public_sha256 公开文本摘要
masking_version 隐名规则版本 | address 公开地址 | seen_public_at 查见公开时间 | on_time 按时
pdf_sha256 版式文件摘要 | within_days 工作日数 | guide_version 指南版本 | caused_by 起因
draw_id 抽取编号 | commitment 承诺值 | pool_sha256 名录库摘要 | sources 随机源 | selected 抽中对象
year 年度 | target 接收平台 | receipt_sha256 回执摘要 | feedback_id 意见编号 | outcome_code 结果代码
tree_root 分段树根 | retention 保管期限 | linked_by 关联者 | hold_id 冻结编号 | purpose 用途
effect 后果 | minutes 分钟数 | explained_by 说明人 | closed_by 补齐的视音频 | warn_on 提醒日
breach_on 逾期日 | package_sha256 案卷包摘要 | items 件数 | score 得分 | findings 问题
checked_at 校验时间 | found_sha256 实际摘要 | review_id 审核编号 | draft_sha256 草稿摘要
reasons 理由 | decide_by 审核期限 | reason_codes 理由代码 | round 轮次 | missing 缺少的材料
reviewer 审核人 | opinion 审核意见 | opinion_sha256 意见书摘要 | checks 八项核查 | leader 审核负责人
raised_by 提出异议人 | asked_by 申请人 | forum 处理方式 | how 情形 | catalogue_version 目录版本
responsibility 责任
reviewers 审核人员数 | ratio 占比 | task_id 任务编号 | task 任务序号 | share 完成比例
completed_on 完成日期 | supervision_id 督办编号 | owner_unit 责任单位 | owner_role 责任角色
answered_by 答复人
warning_id 预警编号 | severity 严重程度 | subject 对象 | handover_id 移交编号 | to_unit 接收单位
indicator 指标 | period 周期 | value 数值 | query 查询式 | versions 各期版本 | types 事件类型
way 接入方式 | modes 允许的方式 | probe_id 探测编号 | probed_at 探测时间 | law 法律 | article 条款
resident_id 公民身份号码 | social_credit_code 统一社会信用代码 | passport 护照号 | country 国家
birth_date 出生日期 | role 身份 | phone 电话 | kinds 处罚种类 | fine 罚款 | confiscated 没收金额
detention_days 拘留天数 | licence_action 许可证处理 | held 已举行 | requested 已要求
certificate_shown 出示证件 | rights 权利 | media_type 媒体类型 | officer_esign 民警电子签名
party_efingerprint 当事人电子指纹 | eseal 电子印章 | latitude 纬度 | longitude 经度
catalogue_item 目录事项 | class 类别 | service 服务 | stream 窗口类别 | number 窗口序号
closed_at 关闭时间 | origins 事件来源 | events 事件摘要
percent_asked 要求占比 | levelled 等级有效人数 | legal 有法律职业资格人数
"""

FIELD_NAMES: Mapping[str, str] = dict(
    entry.split() for line in _NAMES.strip().splitlines() for entry in line.split("|")
)


def called(field: str) -> str:
    """How a sender reads a field: its Chinese name with the code name, or the code name."""
    name = FIELD_NAMES.get(field)
    return f"“{name}”（{field}）" if name else f"“{field}”"
