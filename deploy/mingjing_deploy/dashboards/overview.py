"""平台总览: what somebody on duty reads in ten seconds."""

from mingjing_deploy.dashboards.panels import Board, Row, panel
from mingjing_deploy.dashboards.promql import largest, per_minute, per_second, total

ALL = per_second("http_server_request_duration_seconds_count", "service")
FAILED = (
    "sum by (service) (rate(http_server_request_duration_seconds_count"
    '{http_response_status_code=~"5.."}[$__rate_interval]))'
)
EFFECT_95 = (
    "histogram_quantile(0.95, sum by (service, le) (rate("
    'mj_event_effect_latency_seconds_bucket{mode="live"}[$__rate_interval])))'
)
KEPT_30_DAYS = (
    'sum(increase(mj_event_effect_latency_seconds_bucket{mode="live", le="10.0"}[30d]))'
    ' / sum(increase(mj_event_effect_latency_seconds_count{mode="live"}[30d]))'
)
LAST = largest("mj_canary_last_success_timestamp_seconds", "path")
TO_SERVICE = "mj-service?var-service=${__field.labels.service}"
UP = {"0": ("停止", "red"), "1": ("正常", "green")}
CHECKED = largest("mj_log_check_last_timestamp_seconds", "service")
SOUND = {"0": ("不符", "red"), "1": ("相符", "green")}
HEARD = {"0": ("无声", "red"), "1": ("有声", "green")}

_SERVICES = Row(
    "各服务",
    [
        panel(
            "stat",
            "进程",
            "红色：该服务至少一个进程抓取不到，页面或事件处理停止。",
            "short",
            {"{{service}}": 'min by (service) (up{job=~"mj-(web|worker|stream)"})'},
            width=12,
            height=5,
            words=UP,
            leads_to=TO_SERVICE,
        ),
        panel(
            "stat",
            "总线与观测",
            "红色：消息总线、其观测进程或存证核对进程抓取不到。",
            "short",
            {"{{job}}": 'min by (job) (up{job=~"mj-(broker|kafka-lag|log-check)"})'},
            width=6,
            height=5,
            words=UP,
            leads_to="mj-kafka",
        ),
        panel(
            "stat",
            "版本",
            "各版本的进程数；升级完成后应只有一个版本。",
            "short",
            {"{{version}}": "count by (version) (mj_build_info)"},
            width=6,
            height=5,
        ),
        panel(
            "stat",
            "页面出错比例",
            "超过百分之五告警：民警或群众打开页面时出错。",
            "percentunit",
            {"{{service}}": f"({FAILED} or 0 * {ALL}) / clamp_min({ALL}, 0.001)"},
            width=12,
            height=5,
            steps=[(0.01, "orange"), (0.05, "red")],
            leads_to=TO_SERVICE,
        ),
        panel(
            "stat",
            "事件生效时间（95%）",
            "从总线收到到业务生效；超过十秒即不达标。",
            "s",
            {"{{service}}": EFFECT_95},
            width=12,
            height=5,
            steps=[(5, "orange"), (10, "red")],
            leads_to=TO_SERVICE,
        ),
        panel(
            "stat",
            "待发事件等待",
            "最早一条待发事件的等待时间；超过一分钟告警。",
            "s",
            {"{{service}}": largest("mj_outbox_oldest_age_seconds", "service")},
            height=5,
            steps=[(30, "orange"), (60, "red")],
            leads_to="mj-flow",
        ),
        panel(
            "stat",
            "处理落后",
            "最早一条未处理事件在总线上的时间；超过两分钟告警。",
            "s",
            {"{{group}}": largest("kafka_consumergroup_group_max_lag_seconds", "group")},
            height=5,
            steps=[(60, "orange"), (120, "red")],
            leads_to="mj-flow",
        ),
        panel(
            "stat",
            "搁置的事件",
            "不为零：有事件等人查看，用 mingjing letters 处理。",
            "short",
            {"{{service}}": largest("mj_dlq_pending", "service")},
            height=5,
            steps=[(1, "red")],
            leads_to=TO_SERVICE,
        ),
    ],
)
_TRUST = Row(
    "目标与完整性",
    [
        panel(
            "stat",
            "三十天目标余量",
            "千分之九百九十五的事件十秒内生效；余量为负即未达标。",
            "percentunit",
            {"余量": f"1 - (1 - {KEPT_30_DAYS}) / 0.005"},
            width=6,
            height=6,
            steps=[(-1000, "red"), (0, "orange"), (0.25, "green")],
        ),
        panel(
            "stat",
            "对账缺失的事件",
            "不为零：对方已发出而本方没有，立即按手册处理。",
            "short",
            {"{{service}}": total("mj_reconcile_missing_events", "service")},
            width=6,
            height=6,
            steps=[(1, "red")],
            leads_to="mj-flow",
        ),
        panel(
            "stat",
            "静默的业务系统",
            "登记的业务系统中静默的个数：超过约定时限，或往常此时早应有事件到达。",
            "short",
            {"个数": "max(mj_live_silent_publishers)"},
            width=6,
            height=6,
            steps=[(1, "orange")],
        ),
        panel(
            "stat",
            "法定期限",
            "已超期与二十四小时内到期的事项数。",
            "short",
            {
                "已超期": 'sum(mj_deadline_open{band="overdue"})',
                "24 小时内": 'sum(mj_deadline_open{band="24h"})',
            },
            width=6,
            height=6,
            steps=[(1, "orange")],
            leads_to="mj-deadlines",
        ),
        panel(
            "lines",
            "存证日志",
            "每个日志的条目数，和其中已由三个以上部门见证的；两线分开即有未见证的条目。",
            "short",
            {
                "{{service}}/{{log}}": "max by (service, log) (mj_log_size)",
                "{{service}}/{{log}} 已见证": "max by (service, log) (mj_log_covered_size)",
            },
            width=12,
            height=7,
        ),
        panel(
            "lines",
            "见证的回答",
            "每秒；forked、ahead 即日志与见证过的不同，立即按手册处理。",
            "short",
            {"{{said}}": "sum by (said) (rate(mj_log_witness_answers_total[$__rate_interval]))"},
            width=12,
            height=7,
        ),
        panel(
            "stat",
            "存证日志核对",
            "不符：从数据库重新推导的日志与已存证的不同，立即按手册处理。每夜两点半核对。",
            "short",
            {"{{service}}": "min by (service) (mj_log_check_ok)"},
            width=12,
            height=5,
            words=SOUND,
        ),
        panel(
            "stat",
            "距上次存证核对",
            "超过二十六小时告警：核对没有做完。",
            "s",
            {"{{service}}": f"time() - {CHECKED}"},
            width=12,
            height=5,
            steps=[(93_600, "red")],
        ),
        panel(
            "states",
            "各条通路是否有声",
            "每条通路（发出方-接收方）三分钟内应有对账窗口或探测走完。",
            "short",
            {"{{path}}": f"(time() - {LAST}) < bool 180"},
            width=16,
            height=14,
            words=HEARD,
            leads_to="mj-flow",
        ),
        panel(
            "table",
            "正在发生的告警",
            "空表即没有告警；处理办法见手册。",
            "short",
            {
                "告警": total(
                    "ALERTS", "alertname, severity, service, group, path", 'alertstate="firing"'
                )
            },
            height=14,
        ),
        panel(
            "lines",
            "各主题每分钟事件数",
            "白天长时间为零：上游停发，或总线不可写。",
            "short",
            {"{{topic}}": per_minute("kafka_topic_end_offset", "topic")},
            width=24,
        ),
    ],
)

OVERVIEW = Board(
    "mj-overview",
    "平台总览",
    "值班人员十秒看清：服务是否正常，事件是否按时生效，有无丢失，期限是否紧迫。",
    [_SERVICES, _TRUST],
)
