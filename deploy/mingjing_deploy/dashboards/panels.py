"""Panels and boards: one way to make each, so that all look and behave alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from grafana_foundation_sdk.builders import (
    bargauge,
    common,
    dashboard,
    heatmap,
    prometheus,
    stat,
    statetimeline,
    table,
    timeseries,
)
from grafana_foundation_sdk.models import common as common_models
from grafana_foundation_sdk.models import dashboard as models
from grafana_foundation_sdk.models.heatmap import HeatmapColorMode
from grafana_foundation_sdk.models.prometheus import PromQueryFormat

Kind: TypeAlias = Literal["stat", "lines", "heatmap", "states", "table", "bars"]
Builder: TypeAlias = Any  # the SDK's builders share their methods, but no class

TAG = "mingjing"
DATASOURCE = models.DataSourceRef(type_val="prometheus", uid="${datasource}")
GRID_WIDTH = 24
KINDS: Mapping[Kind, Any] = {
    "stat": stat.Panel,
    "lines": timeseries.Panel,
    "heatmap": heatmap.Panel,
    "states": statetimeline.Panel,
    "table": table.Panel,
    "bars": bargauge.Panel,
}


@dataclass(frozen=True)
class Panel:
    """One panel before it has its place; `width` is of 24."""

    builder: Builder
    width: int
    height: int


@dataclass(frozen=True)
class Row:
    """Panels under one heading."""

    title: str
    panels: Sequence[Panel]


@dataclass(frozen=True)
class Board:
    """One dashboard: who it is for stands in its description."""

    uid: str
    title: str
    description: str
    rows: Sequence[Row]
    choices: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def panel(
    kind: Kind,
    title: str,
    description: str,
    unit: str,
    exprs: Mapping[str, str],
    *,
    width: int = 8,
    height: int = 8,
    steps: Sequence[tuple[float, str]] = (),
    words: Mapping[str, tuple[str, str]] | None = None,
    leads_to: str = "",
) -> Panel:
    """Make one panel.

    Args:
        kind: how it is drawn.
        title: what it shows, in Chinese.
        description: what bad looks like, in Chinese.
        unit: Grafana's name of the unit.
        exprs: legend and PromQL of each line.
        width: of 24.
        height: in grid rows.
        steps: from which value on which colour; green below the first.
        words: value, and the word and colour shown instead of it.
        leads_to: the board (and its choice) that one comes to from here.
    """
    builder: Builder = KINDS[kind]()
    builder.title(title).description(description).unit(unit).datasource(DATASOURCE)
    for letter, (legend, expr) in zip("ABCDEFGH", exprs.items(), strict=False):
        builder.with_target(_query(kind, letter, legend, expr))
    first = models.Threshold(value=None, color="green")
    later = [models.Threshold(value=value, color=color) for value, color in steps]
    if kind != "heatmap":
        builder.thresholds(
            dashboard.ThresholdsConfig().mode(models.ThresholdsMode.ABSOLUTE).steps([first, *later])
        )
    if words:
        told = {
            value: models.ValueMappingResult(text=text, color=color)
            for value, (text, color) in words.items()
        }
        builder.mappings([models.ValueMap(options=told)])
    if leads_to:
        link = dashboard.DashboardLink("查看").type(models.DashboardLinkType.LINK)
        joint = "&" if "?" in leads_to else "?"
        builder.data_links([link.url(f"/d/{leads_to}{joint}${{__url_time_range}}")])
    _dress(kind, builder)
    return Panel(builder, width, height)


def _query(kind: Kind, letter: str, legend: str, expr: str) -> prometheus.Dataquery:
    query = prometheus.Dataquery().expr(expr).legend_format(legend)
    query.ref_id(letter).datasource(DATASOURCE)
    if kind == "table":
        return query.instant().format(PromQueryFormat.TABLE)
    if kind == "bars":
        return query.instant()
    if kind == "heatmap":
        return query.range().format(PromQueryFormat.HEATMAP).exemplar(exemplar=True)
    return query.range().exemplar(exemplar="_bucket" in expr)


def _dress(kind: Kind, builder: Builder) -> None:
    if kind == "lines":
        builder.fill_opacity(8).show_points(common_models.VisibilityMode.NEVER).min(0)
        legend = common.VizLegendOptions().show_legend(show_legend=True)
        legend.display_mode(common_models.LegendDisplayMode.LIST)
        builder.legend(legend.placement(common_models.LegendPlacement.BOTTOM))
    elif kind == "stat":
        last = common.ReduceDataOptions().calcs(["lastNotNull"]).values(values=False)
        builder.reduce_options(last)
        builder.color_mode(common_models.BigValueColorMode.BACKGROUND)
        builder.text_mode(common_models.BigValueTextMode.VALUE_AND_NAME)
        builder.graph_mode(common_models.BigValueGraphMode.NONE)
    elif kind == "heatmap":
        builder.calculate(calculate=False)
        colours = heatmap.HeatmapColorOptions().mode(HeatmapColorMode.SCHEME).scheme("Oranges")
        builder.color(colours.fill("dark-orange").exponent(0.5).steps(64))
    elif kind == "states":
        builder.color_scheme(dashboard.FieldColor().mode(models.FieldColorModeId.THRESHOLDS))
        builder.show_value(common_models.VisibilityMode.NEVER)


def build(board: Board) -> models.Dashboard:
    """Put the panels of a board in their places."""
    made = (
        dashboard.Dashboard(board.title)
        .uid(board.uid)
        .description(board.description)
        .tags([TAG])
        .readonly()
        .time("now-1h", "now")
        .refresh("10s")
        .timezone("Asia/Shanghai")
        .tooltip(models.DashboardCursorSync.CROSSHAIR)
        .with_variable(
            dashboard.DatasourceVariable("datasource").label("数据源").type("prometheus")
        )
        .link(
            dashboard.DashboardLink("其他面板")
            .type(models.DashboardLinkType.DASHBOARDS)
            .tags([TAG])
            .as_dropdown(as_dropdown=True)
            .keep_time(keep_time=True)
        )
    )
    for name, (label, query) in board.choices.items():
        made.with_variable(_choice(name, label, query))
    for note in _annotations():
        made.annotation(note)
    _place(made, board.rows)
    return made.build()


def _place(made: dashboard.Dashboard, rows: Sequence[Row]) -> None:
    number, y = 0, 0
    for row in rows:
        number += 1
        place = models.GridPos(h=1, w=GRID_WIDTH, x=0, y=y)
        made.with_row(dashboard.Row(row.title).id(number).grid_pos(place))
        y, x, tallest = y + 1, 0, 0
        for item in row.panels:
            if x + item.width > GRID_WIDTH:
                x, y, tallest = 0, y + tallest, 0
            number += 1
            place = models.GridPos(h=item.height, w=item.width, x=x, y=y)
            made.with_panel(item.builder.id(number).grid_pos(place))
            x, tallest = x + item.width, max(tallest, item.height)
        y += tallest


def _choice(name: str, label: str, query: str) -> dashboard.QueryVariable:
    return (
        dashboard.QueryVariable(name)
        .label(label)
        .datasource(DATASOURCE)
        .query(query)
        .refresh(models.VariableRefresh.ON_TIME_RANGE_CHANGED)
        .sort(models.VariableSort.ALPHABETICAL_ASC)
        .multi(multi=True)
        .include_all(include_all=True)
        .current(models.VariableOption(selected=True, text=["All"], value=["$__all"]))
    )


def _annotations() -> Sequence[dashboard.AnnotationQuery]:
    marks = {
        "重新启动": ('changes(process_start_time_seconds{job=~"mj-.*"}[1m]) > 0', "blue"),
        "告警": ('ALERTS{alertstate="firing"}', "red"),
    }
    return [
        dashboard.AnnotationQuery()
        .name(name)
        .datasource(DATASOURCE)
        .enable(enable=True)
        .icon_color(color)
        .expr(expr)
        for name, (expr, color) in marks.items()
    ]
