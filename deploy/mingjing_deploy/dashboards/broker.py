"""Kafka: the broker by its own figures, and the groups that read from it."""

from mingjing_deploy.dashboards.panels import Board, Row, panel
from mingjing_deploy.dashboards.promql import largest, per_second, total

TOPIC = 'topic=~"$topic"'
BYTES = "kafka_server_brokertopicmetrics_bytes"

_STATE = Row(
    "状态",
    [
        panel(
            "stat",
            "控制器",
            "应恰好为一；否则总线无法管理分区。",
            "short",
            {"个数": "sum(kafka_controller_kafkacontroller_activecontrollercount)"},
            width=4,
            height=5,
            steps=[(0, "red"), (1, "green"), (2, "red")],
        ),
        panel(
            "stat",
            "节点",
            "在线的总线节点数。",
            "short",
            {"个数": "max(kafka_controller_kafkacontroller_activebrokercount)"},
            width=4,
            height=5,
        ),
        panel(
            "stat",
            "离线分区",
            "不为零：写入被拒，事件留在各自数据库。",
            "short",
            {"个数": "sum(kafka_controller_kafkacontroller_offlinepartitionscount)"},
            width=4,
            height=5,
            steps=[(1, "red")],
        ),
        panel(
            "stat",
            "副本不足",
            "低于最少同步副本，或副本落后的分区数。",
            "short",
            {
                "不可写": "sum(kafka_server_replicamanager_underminisrpartitioncount)",
                "落后": "sum(kafka_server_replicamanager_underreplicatedpartitions)",
            },
            width=4,
            height=5,
            steps=[(1, "red")],
        ),
        panel(
            "stat",
            "离线的数据目录",
            "不为零：磁盘坏了或满了。",
            "short",
            {"个数": "sum(kafka_log_logmanager_offlinelogdirectorycount)"},
            width=4,
            height=5,
            steps=[(1, "red")],
        ),
        panel(
            "stat",
            "线程空闲",
            "低于两成告警：磁盘慢或流量超出能力。",
            "percentunit",
            {"空闲": "min(kafka_server_kafkarequesthandlerpool_requesthandleravgidle_percent)"},
            width=4,
            height=5,
            steps=[(-1, "red"), (0.2, "orange"), (0.5, "green")],
        ),
    ],
)
_TRAFFIC = Row(
    "流量",
    [
        panel(
            "lines",
            "写入与读出",
            "突增：补发或重读。",
            "Bps",
            {
                "写入 {{topic}}": per_second(f"{BYTES}in_total", "topic", TOPIC),
                "读出 {{topic}}": per_second(f"{BYTES}out_total", "topic", TOPIC),
            },
        ),
        panel(
            "lines",
            "写入消息（每秒）",
            "白天长时间为零：上游停发，或总线不可写。",
            "short",
            {
                "{{topic}}": per_second(
                    "kafka_server_brokertopicmetrics_messagesin_total", "topic", TOPIC
                )
            },
        ),
        panel(
            "lines",
            "写入用时",
            "只看写入：读取的用时含空等，没有意义。",
            "ms",
            {
                "{{quantile}}": largest(
                    "kafka_network_requestmetrics_totaltimems", "quantile", 'request="Produce"'
                )
            },
        ),
        panel(
            "bars",
            "各主题占用磁盘",
            "与保存期相乘估计磁盘；配额见主题清单。",
            "bytes",
            {"{{topic}}": total("kafka_log_log_size", "topic", TOPIC)},
        ),
        panel(
            "lines",
            "各主题曾写入",
            "自建立以来的消息总数。",
            "short",
            {"{{topic}}": largest("kafka_topic_end_offset", "topic", TOPIC)},
        ),
        panel(
            "lines",
            "虚拟机内存",
            "接近上限且回收频繁：加大内存。",
            "bytes",
            {
                "已用": 'sum(jvm_memory_used_bytes{area="heap"})',
                "上限": 'sum(jvm_memory_max_bytes{area="heap"})',
            },
        ),
        panel(
            "lines",
            "垃圾回收（每秒用时）",
            "超过一成：内存不足。",
            "percentunit",
            {"{{gc}}": per_second("jvm_gc_collection_seconds_sum", "gc")},
        ),
    ],
)
_GROUPS = Row(
    "处理方",
    [
        panel(
            "lines",
            "落后（条）",
            "平稳上升：处理慢。",
            "short",
            {"{{group}}": total("kafka_consumergroup_group_lag", "group", TOPIC)},
        ),
        panel(
            "lines",
            "落后（秒）",
            "最早一条未处理事件的等待。",
            "s",
            {"{{group}}": largest("kafka_consumergroup_group_lag_seconds", "group", TOPIC)},
        ),
        panel(
            "lines",
            "未读即被清除",
            "不为零：保存期内没有读完，须从归档补回。",
            "short",
            {"{{group}}": largest("kafka_consumergroup_group_messages_lost", "group", TOPIC)},
        ),
        panel(
            "lines",
            "重新分配（十分钟）",
            "超过六次告警：进程反复退出或处理超时。",
            "short",
            {"{{service}}": "sum by (service) (increase(mj_consumer_rebalances_total[10m]))"},
        ),
        panel(
            "lines",
            "各进程的分区",
            "应大致平均；为零：没有分到。",
            "short",
            {"{{service}}": total("mj_consumer_assigned_partitions", "service")},
        ),
    ],
)

BROKER = Board(
    "mj-kafka",
    "Kafka",
    "消息总线自身的状态与流量，以及各处理方的落后。",
    [_STATE, _TRAFFIC, _GROUPS],
    {"topic": ("主题", "label_values(kafka_topic_end_offset, topic)")},
)
