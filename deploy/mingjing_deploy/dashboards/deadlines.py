"""法定期限: terms of cases by how near they are, for those who answer for them."""

from mingjing_deploy.dashboards.panels import Board, Row, panel
from mingjing_deploy.dashboards.promql import total

KIND = 'deadline_kind=~"$kind"'


def band(name: str) -> str:
    """How many duties stand in a band."""
    return f'sum(mj_deadline_open{{band="{name}", {KIND}}})'


_NOW = Row(
    "现在",
    [
        panel(
            "stat",
            "已超期",
            "不为零：已违反法定期限，逐件处理并说明。",
            "short",
            {"件": band("overdue")},
            width=6,
            height=5,
            steps=[(1, "red")],
        ),
        panel(
            "stat",
            "24 小时内到期",
            "今天必须办结。",
            "short",
            {"件": band("24h")},
            width=6,
            height=5,
            steps=[(1, "orange")],
        ),
        panel(
            "stat",
            "72 小时内到期",
            "安排人手。",
            "short",
            {"件": band("72h")},
            width=6,
            height=5,
        ),
        panel(
            "stat",
            "更晚到期",
            "按计划办理。",
            "short",
            {"件": band("later")},
            width=6,
            height=5,
        ),
        panel(
            "table",
            "各类期限",
            "按类别与远近的件数；案件在任务部门的“预警”页查看，此处不列案件。",
            "short",
            {"件": total("mj_deadline_open", "deadline_kind, band", KIND)},
            width=12,
            height=10,
        ),
        panel(
            "bars",
            "累计超期",
            "各类自启用以来的超期件数。",
            "short",
            {"{{deadline_kind}}": total("mj_deadline_missed", "deadline_kind", KIND)},
            width=12,
            height=10,
        ),
    ],
)
_COURSE = Row(
    "走势",
    [
        panel(
            "lines",
            "未办事项",
            "“24 小时内”持续升高：人手不足，或上游集中移送。",
            "short",
            {"{{band}}": total("mj_deadline_open", "band", KIND)},
            width=12,
        ),
        panel(
            "lines",
            "一小时内新增超期",
            "不为零即通知值班法制人员。",
            "short",
            {
                "{{deadline_kind}}": "sum by (deadline_kind)"
                f" (delta(mj_deadline_missed{{{KIND}}}[1h]))"
            },
            width=12,
        ),
    ],
)
_OUTSIDE = Row(
    "公示与归档",
    [
        panel(
            "lines",
            "门户已收的公示包",
            "长时间不增加：没有公示，或传送停了。",
            "short",
            {"序号": "max(mj_portal_bundle_number)"},
        ),
        panel(
            "stat",
            "公示包验签",
            "拒收时公示停在上一个包，撤下也不会生效。",
            "short",
            {"状态": "max(mj_portal_bundle_refused)"},
            words={"0": ("正常", "green"), "1": ("拒收", "red")},
        ),
        panel(
            "stat",
            "未封存的月份",
            "到期未封存的归档月份数。",
            "short",
            {"个数": "max(mj_archive_months_unsealed)"},
            steps=[(1, "orange")],
        ),
    ],
)

DEADLINES = Board(
    "mj-deadlines",
    "法定期限",
    "各类法定期限的远近与超期。只有件数，没有案件和人员。",
    [_NOW, _COURSE, _OUTSIDE],
    {"kind": ("期限类别", "label_values(mj_deadline_open, deadline_kind)")},
)
