"""Where the project's own files lie."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COMPOSE_FILE = ROOT / "docker-compose.yml"
KAFKA_FOLDER = ROOT / "deploy" / "kafka"
ZIPKIN_FOLDER = ROOT / "deploy" / "zipkin"
PROMETHEUS_FOLDER = ROOT / "deploy" / "prometheus"


def cache_folder() -> Path:
    """Where downloaded parts are kept: MINGJING_CACHE, the checkout's .cache, or the user's own."""
    if chosen := os.environ.get("MINGJING_CACHE"):
        return Path(chosen).absolute()
    folder = ROOT / ".cache"
    if os.access(folder if folder.exists() else ROOT, os.W_OK):
        return folder
    return Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "mingjing"
