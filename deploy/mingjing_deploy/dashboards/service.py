"""服务: one service from inside, its pages, its events, its resources."""

from mingjing_deploy.dashboards.panels import Board, Row, panel
from mingjing_deploy.dashboards.promql import counted, largest, per_minute, per_second, within

HTTP = "http_server_request_duration_seconds"
OF = 'service=~"$service"'
EACH = "{{service}} {{process}}"


def _hit_share() -> str:
    """Of the blocks that were asked for, how many were in memory."""
    hit = counted("mj_pg_counted", "service", f'{OF}, kind="hit"')
    missed = counted("mj_pg_counted", "service", f'{OF}, kind="read"')
    return f"{hit} / ({hit} + {missed})"


_PAGES = Row(
    "页面与接口",
    [
        panel(
            "lines",
            "请求（每秒）",
            "按路由模板；骤降为零：前端代理或进程有问题。",
            "reqps",
            {"{{service}} {{http_route}}": per_second(f"{HTTP}_count", "service, http_route", OF)},
        ),
        panel(
            "lines",
            "应答状态（每秒）",
            "5xx：平台出错；4xx 增多：调用方有误，或有人试探。",
            "reqps",
            {
                "{{http_response_status_code}}": per_second(
                    f"{HTTP}_count", "http_response_status_code", OF
                )
            },
        ),
        panel(
            "lines",
            "应答时间（95%）",
            "超过一秒：看下面的数据库等待与循环迟到。",
            "s",
            {"{{service}} {{http_route}}": within(0.95, HTTP, "service, http_route", OF)},
        ),
    ],
)
_EVENTS = Row(
    "事件",
    [
        panel(
            "lines",
            "按类型生效（每分钟）",
            "某类型归零而上游在发：查看搁置与重试。",
            "short",
            {
                "{{event_type}}": per_minute(
                    "mj_inbox_events_total", "event_type", f'{OF}, outcome="applied"'
                )
            },
        ),
        panel(
            "lines",
            "一批用时（95%）",
            "持续超过一秒：慢查询或锁等待。",
            "s",
            {"{{service}}": within(0.95, "mj_batch_seconds", "service", OF)},
        ),
        panel(
            "lines",
            "搁置的事件",
            "等人处理的条数与最久的等待。",
            "short",
            {
                "{{service}} 条": largest("mj_dlq_pending", "service", OF),
                "{{service}} 最久秒": largest("mj_dlq_oldest_age_seconds", "service", OF),
            },
        ),
        panel(
            "lines",
            "到点的时钟（每分钟）",
            "期限到点的提醒与催办；全天为零：时钟停了。",
            "short",
            {"{{kind}}": per_minute("mj_clocks_fired_total", "kind", OF)},
        ),
        panel(
            "lines",
            "距上次取事件",
            "持续增大：处理进程卡住。",
            "s",
            {"{{service}}": largest("mj_consumer_last_poll_age_seconds", "service", OF)},
        ),
        panel(
            "lines",
            "搁置原因（每分钟）",
            "新增搁置的原因。",
            "short",
            {"{{reason}}": per_minute("mj_dead_letters_total", "reason", OF)},
        ),
    ],
)
_RESOURCES = Row(
    "资源",
    [
        panel(
            "lines",
            "数据库连接占用",
            "超过九成告警：慢查询、锁等待或负载高峰。",
            "percentunit",
            {
                EACH: f'mj_db_pool_connections{{state="used", {OF}}}'
                f" / ignoring (state) mj_db_pool_max{{{OF}}}"
            },
        ),
        panel(
            "lines",
            "等连接（95%）",
            "不为零：连接不够用。",
            "s",
            {EACH: within(0.95, "mj_db_pool_wait_seconds", "service, process", OF)},
        ),
        panel(
            "lines",
            "撤销的事务（每分钟）",
            "突增：冲突、死锁或数据库切换。",
            "short",
            {EACH: per_minute("mj_db_tx_rollbacks_total", "service, process", OF)},
        ),
        panel(
            "lines",
            "循环迟到（99%）",
            "小机器上“慢”的多数原因；超过一秒告警。",
            "s",
            {EACH: within(0.99, "mj_eventloop_lag_seconds", "service, process", OF)},
        ),
        panel(
            "lines",
            "内存",
            "只增不减：泄漏。",
            "bytes",
            {EACH: f"process_resident_memory_bytes{{{OF}}}"},
        ),
        panel(
            "lines",
            "处理器（核）",
            "接近 1：该进程已到上限。",
            "short",
            {EACH: f"rate(process_cpu_seconds_total{{{OF}}}[$__rate_interval])"},
        ),
        panel(
            "lines",
            "打开的文件",
            "只增不减：连接没有关闭。",
            "short",
            {EACH: f"process_open_fds{{{OF}}}"},
        ),
        panel(
            "lines",
            "丢失的链路数据（每分钟）",
            "链路存储不可用或过慢；业务不受影响。",
            "short",
            {"{{service}} {{why}}": per_minute("mj_spans_dropped_total", "service, why", OF)},
        ),
    ],
)
_FILES = Row(
    "文件与对象存储",
    [
        panel(
            "lines",
            "存取用时（95%）",
            "写入变慢：对象存储或磁盘吃紧；读出含对方下载的时间。",
            "s",
            {"{{service}} {{op}}": within(0.95, "mj_object_op_seconds", "service, op", OF)},
        ),
        panel(
            "lines",
            "存取结果（每分钟）",
            "failed：对象存储不可用；missing：登记的文件不在库中。",
            "short",
            {
                "{{service}} {{op}} {{outcome}}": per_minute(
                    "mj_object_op_seconds_count", "service, op, outcome", OF
                )
            },
        ),
        panel(
            "lines",
            "存取流量（每秒）",
            "收工时段应有写入高峰。",
            "Bps",
            {"{{service}} {{op}}": per_second("mj_object_bytes_total", "service, op", OF)},
        ),
        panel(
            "lines",
            "正在上传",
            "只增不减：上传卡住。",
            "short",
            {"{{service}}": largest("mj_upload_inflight", "service", OF)},
        ),
        panel(
            "lines",
            "校验不符（每分钟）",
            "不为零：存下的文件与入库时不同，立即核查。",
            "short",
            {
                "{{service}} {{when}}": per_minute(
                    "mj_object_hash_mismatch_total", "service, when", OF
                )
            },
        ),
    ],
)
_DATABASE = Row(
    "数据库",
    [
        panel(
            "lines",
            "大小",
            "增长快于平时：有积压或重复写入。",
            "bytes",
            {"{{service}}": largest("mj_pg_database_bytes", "service", OF)},
        ),
        panel(
            "lines",
            "最久的事务",
            "超过五分钟告警：清理停滞，表会膨胀。",
            "s",
            {"{{service}}": largest("mj_pg_oldest_transaction_seconds", "service", OF)},
        ),
        panel(
            "lines",
            "事务与死锁（每秒）",
            "deadlocks 不为零：两处代码按不同次序加锁。",
            "short",
            {
                "{{service}} {{kind}}": counted(
                    "mj_pg_counted",
                    "service, kind",
                    f'{OF}, kind=~"commits|deadlocks"',
                )
            },
        ),
        panel(
            "lines",
            "内存中命中的块",
            "低于九成：内存不足，或有查询读遍全表。",
            "percentunit",
            {"{{service}}": _hit_share()},
        ),
        panel(
            "lines",
            "写到磁盘的临时数据（每秒）",
            "持续不为零：有大排序，缺索引。",
            "Bps",
            {"{{service}}": counted("mj_pg_counted", "service", f'{OF}, kind="temp_bytes"')},
        ),
        panel(
            "lines",
            "待清理的行",
            "只增不减：清理停滞。",
            "short",
            {"{{service}} {{state}}": largest("mj_pg_rows", "service, state", OF)},
        ),
        panel(
            "lines",
            "会话",
            "各服务在数据库上的会话总数。",
            "short",
            {"{{service}}": largest("mj_pg_sessions", "service", OF)},
        ),
    ],
)

SERVICE = Board(
    "mj-service",
    "服务",
    "一个服务的页面、事件与资源；从总览点入。",
    [_PAGES, _EVENTS, _RESOURCES, _FILES, _DATABASE],
    {"service": ("服务", "label_values(mj_build_info, service)")},
)
