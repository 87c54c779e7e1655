"""事件流: the way of events, from the door to their effect."""

from mingjing_deploy.dashboards.panels import Board, Row, panel
from mingjing_deploy.dashboards.promql import largest, per_minute, total, within

OF = 'service=~"$service"'
OF_TOPIC = 'topic=~"$topic"'
LIVE = f'mode="live", {OF}'


def effect(share: float) -> str:
    """How soon so large a share of live events has its effect."""
    return within(share, "mj_event_effect_latency_seconds", where=LIVE)


_IN = Row(
    "入口",
    [
        panel(
            "lines",
            "入口应答（每分钟）",
            "4xx 增多：对方格式、口令或速度有问题；5xx：平台不可用。",
            "short",
            {"{{status}}": per_minute("mj_door_events_total", "status")},
        ),
        panel(
            "lines",
            "各业务系统发来（每分钟）",
            "某系统归零：对方停机、网络中断或口令过期。",
            "short",
            {
                "{{publisher}}": per_minute("mj_live_events_total", "publisher"),
                "无法解读": "sum(rate(mj_live_unreadable_total[$__rate_interval])) * 60",
            },
        ),
        panel(
            "bars",
            "距上次来自各业务系统",
            "超过约定的静默时间即告警。",
            "s",
            {"{{publisher}}": "time() - max by (publisher) (mj_live_last_event_timestamp_seconds)"},
            width=5,
        ),
        panel(
            "stat",
            "实时统计重读",
            "重读最近几小时的事件时，左侧两图暂不完整。",
            "short",
            {"状态": "max(mj_live_rebuilding)"},
            width=3,
            words={"0": ("就绪", "green"), "1": ("重读中", "orange")},
        ),
    ],
)
_OUT = Row(
    "发出",
    [
        panel(
            "lines",
            "发出事件（每分钟）",
            "有积压而为零：发件进程停了。",
            "short",
            {"{{service}}": per_minute("mj_outbox_published_total", "service", OF)},
        ),
        panel(
            "lines",
            "发出用时（95%）",
            "从写入到总线确认；持续超过一秒：总线或磁盘慢。",
            "s",
            {"{{service}}": within(0.95, "mj_outbox_publish_latency_seconds", "service", OF)},
        ),
        panel(
            "lines",
            "待发事件",
            "只增不减：发件进程或总线有问题。",
            "short",
            {
                "{{service}} 条": largest("mj_outbox_pending", "service", OF),
                "{{service}} 最久秒": largest("mj_outbox_oldest_age_seconds", "service", OF),
            },
        ),
    ],
)
_BROKER = Row(
    "总线上",
    [
        panel(
            "lines",
            "未处理事件（条）",
            "平稳上升：处理慢；单一部门上升：该部门停了。",
            "short",
            {
                "{{group}}": total("kafka_consumergroup_group_lag", "group", OF_TOPIC),
            },
        ),
        panel(
            "lines",
            "未处理事件（秒）",
            "最早一条未处理事件的等待；超过一百二十秒告警。",
            "s",
            {"{{group}}": largest("kafka_consumergroup_group_lag_seconds", "group", OF_TOPIC)},
            steps=[(120, "red")],
        ),
        panel(
            "lines",
            "处理推进（每分钟）",
            "有落后而为零：停在原地。",
            "short",
            {"{{group}}": per_minute("kafka_consumergroup_group_offset", "group", OF_TOPIC)},
        ),
    ],
)
_IN_EFFECT = Row(
    "处理与生效",
    [
        panel(
            "lines",
            "生效时间",
            "从总线收到到业务生效。",
            "s",
            {"50%": effect(0.5), "95%": effect(0.95), "99%": effect(0.99)},
        ),
        panel(
            "heatmap",
            "生效时间分布",
            "颜色上移：变慢；点开样本可到链路。",
            "s",
            {
                "{{le}}": "sum by (le) (increase("
                f"mj_event_effect_latency_seconds_bucket{{{LIVE}}}[$__rate_interval]))"
            },
            width=16,
        ),
        panel(
            "lines",
            "处理结果（每分钟）",
            "重启总线后重复增多属正常；长期重复多：上游反复补发。",
            "short",
            {
                "{{service}} {{outcome}}": per_minute(
                    "mj_inbox_events_total", "service, outcome", OF
                )
            },
        ),
        panel(
            "lines",
            "重试与搁置（每分钟）",
            "持续重试：数据库或总线不稳，或某条事件处理失败。",
            "short",
            {
                "{{service}} 重试 {{kind}}": per_minute(
                    "mj_event_retries_total", "service, kind", OF
                ),
                "{{service}} 搁置 {{reason}}": per_minute(
                    "mj_dead_letters_total", "service, reason", OF
                ),
            },
        ),
        panel(
            "lines",
            "停下等待",
            "分区等待重试，或连续失败后暂停（1 为暂停）。",
            "short",
            {
                "{{service}} 等待的分区": largest("mj_partitions_paused", "service", OF),
                "{{service}} 暂停": largest("mj_breaker_open", "service", OF),
            },
        ),
    ],
)
_WHOLE = Row(
    "守恒",
    [
        panel(
            "lines",
            "对过的窗口（每分钟）",
            "某来源归零：它不再发出窗口，或没有人对。",
            "short",
            {"{{origin}} {{stream}}": per_minute("mj_reconcile_windows_total", "origin, stream")},
        ),
        panel(
            "lines",
            "缺失",
            "不为零：有事件或窗口没有到达，按手册补回。",
            "short",
            {
                "{{service}} 缺 {{origin}} 事件": largest(
                    "mj_reconcile_missing_events", "service, origin"
                ),
                "{{service}} 缺 {{origin}} 窗口": largest(
                    "mj_reconcile_missing_windows", "service, origin"
                ),
            },
        ),
        panel(
            "lines",
            "通路往返（95%）",
            "从一个数据库到另一个数据库；空闲时的快慢只有这里看得出。",
            "s",
            {"{{path}}": within(0.95, "mj_canary_roundtrip_seconds", "path")},
        ),
    ],
)

FLOW = Board(
    "mj-flow",
    "事件流",
    "事件从入口到生效的全程：在哪里停、停多久、有没有丢。",
    [_IN, _OUT, _BROKER, _IN_EFFECT, _WHOLE],
    {
        "service": ("服务", "label_values(mj_build_info, service)"),
        "topic": ("主题", "label_values(kafka_topic_end_offset, topic)"),
    },
)
