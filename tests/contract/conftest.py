"""The golden samples: events as they were sent, kept for ever once their type is stable."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from mingjing_shared.events import CATALOGUE, Event

REPOSITORY = Path(__file__).parents[2]
SAMPLES = Path(__file__).parent / "samples"


@dataclass(frozen=True)
class Sample:
    """One golden sample: the structured-mode text of an event."""

    path: Path

    @property
    def raw(self) -> bytes:
        return self.path.read_bytes()

    @property
    def envelope(self) -> dict[str, Any]:
        return json.loads(self.raw)

    @property
    def data(self) -> dict[str, Any]:
        return self.envelope["data"]

    @property
    def event_class(self) -> type[Event]:
        return CATALOGUE[self.path.parent.name]


ALL = [Sample(path) for path in sorted(SAMPLES.glob("*/*.json"))]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """``sample``: the test runs for each; ``event``: for each class of the catalogue."""
    if "sample" in metafunc.fixturenames:
        names = [f"{sample.path.parent.name}/{sample.path.stem}" for sample in ALL]
        metafunc.parametrize("sample", ALL, ids=names)
    if "event" in metafunc.fixturenames:
        metafunc.parametrize("event", CATALOGUE.values(), ids=list(CATALOGUE))


@pytest.fixture(scope="session")
def samples() -> list[Sample]:
    return ALL


@pytest.fixture(scope="session")
def documents_root() -> Path:
    return REPOSITORY / "docs" / "events"
