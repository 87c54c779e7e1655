"""Writes every dashboard's JSON into deploy/grafana/dashboards."""

from grafana_foundation_sdk.cog.encoder import JSONEncoder

from mingjing_deploy.checkout import ROOT
from mingjing_deploy.dashboards.boards import BOARDS
from mingjing_deploy.dashboards.panels import Board, build

FOLDER = ROOT / "deploy" / "grafana" / "dashboards"


def text_of(board: Board) -> str:
    """Give a board as Grafana reads it; the same board always gives the same text."""
    encoder = JSONEncoder(sort_keys=True, indent=1, ensure_ascii=False)
    return encoder.encode(build(board)) + "\n"


def main() -> None:
    """Write all boards."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for board in BOARDS:
        (FOLDER / f"{board.uid}.json").write_text(text_of(board), encoding="utf-8")


if __name__ == "__main__":
    main()
