"""The collector's settings before a real collector, built here from its own modules with Go.

    make collector

Not part of ``make test``: it takes Go, some minutes and a gigabyte. Shown is that the settings are
valid, that nothing personal which a process might let slip comes through, and which traces are
kept. The receiver of containers' logs is left out: its modules are not served everywhere.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import yaml
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.trace import StatusCode, Tracer

from mingjing_deploy.checkout import ROOT
from mingjing_deploy.local.ports import LOOPBACK, free_port

HERE = Path(__file__).parent
CONFIGURATION = ROOT / "deploy" / "otelcol" / "config.yml"
FINE, BAD, ALONE = 400, 20, 5
NAME, RESIDENT_ID, PHONE, NUMBER = "欧阳查无此人", "11010519491231002X", "13800138000", "034211"
ALLOWED = {"mj.case.id", "mj.attempt", "service.name", "service.instance.id"}
READY_SECONDS, DECIDED_SECONDS = 20, 8


def built(folder: Path) -> Path:
    """The collector with the components that our settings name."""
    program = folder / "otelcol"
    subprocess.run(["go", "build", "-o", program, "."], cwd=HERE, check=True)
    return program


def without_logs() -> dict[str, Any]:
    """Our settings as they are, but for the containers' logs."""
    settings: dict[str, Any] = yaml.safe_load(CONFIGURATION.read_text("utf-8"))
    del settings["receivers"]["filelog"], settings["service"]["pipelines"]["logs"]
    return settings


def into_a_file(settings: dict[str, Any], endpoint: str, file: Path) -> dict[str, Any]:
    """The same, listening here, deciding soon, writing what it would send on."""
    settings["receivers"]["otlp"]["protocols"]["http"]["endpoint"] = endpoint
    settings["processors"]["tail_sampling"]["decision_wait"] = "3s"
    settings["exporters"] = {"file": {"path": str(file)}}
    settings["service"]["pipelines"]["traces"]["exporters"] = ["file"]
    return settings


def written(settings: dict[str, Any], file: Path) -> str:
    """The command line's word for these settings."""
    file.write_text(yaml.safe_dump(settings, allow_unicode=True), "utf-8")
    return f"--config={file}"


def until_it_listens(endpoint: str) -> None:
    """Wait for the collector's port."""
    end = time.monotonic() + READY_SECONDS
    while True:
        try:
            httpx.post(f"http://{endpoint}/v1/traces", json={"resourceSpans": []})
        except httpx.HTTPError:
            assert time.monotonic() < end, "the collector never listened"
            time.sleep(0.1)
        else:
            return


def tell(tracer: Tracer) -> None:
    """Spans as a careless process would send them."""
    slip = {"db.statement": NAME, "http.url": f"/x?q={RESIDENT_ID}", "enduser.id": NUMBER}
    for _number in range(FINE):
        tracer.start_span("fine", attributes={"mj.case.id": "c_1", **slip}).end()
    for _number in range(BAD):
        span = tracer.start_span("bad", attributes={"mj.case.id": "c_2", "note": PHONE})
        span.add_event("exception", {"exception.message": NAME})
        span.set_status(StatusCode.ERROR, NAME)
        span.end()
    for _number in range(ALONE):
        tracer.start_span("alone", attributes={"mj.attempt": "alone"}).end()


def scopes(raw: str) -> Iterator[dict[str, Any]]:
    """What came through: each resource with its spans."""
    for line in raw.splitlines():
        yield from json.loads(line)["resourceSpans"]


def judged(raw: str) -> list[str]:
    """What is not as promised."""
    found = list(scopes(raw))
    spans = [span for one in found for scope in one["scopeSpans"] for span in scope["spans"]]
    told = [
        a for one in (*spans, *(f["resource"] for f in found)) for a in one.get("attributes", [])
    ]
    many = Counter(span["name"] for span in spans)
    print(f"came through: {dict(many)} of fine {FINE}, bad {BAD}, alone {ALONE}")
    wrong = [f"{word} came through" for word in (NAME, RESIDENT_ID, PHONE, NUMBER) if word in raw]
    wrong += [f"attribute {key}" for key in {a["key"] for a in told} - ALLOWED]
    if (many["bad"], many["alone"]) != (BAD, ALONE):
        wrong.append("a trace with an error or a retry was not kept")
    if not 0 < many["fine"] < FINE / 2:
        wrong.append("of the others not about a tenth was kept")
    return wrong


def main() -> int:
    """Build, check the settings, send, look; 0 when all is as promised."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        program, endpoint = built(folder), f"{LOOPBACK}:{free_port()}"
        as_it_is = written(without_logs(), folder / "as-it-is.yml")
        subprocess.run([program, "validate", as_it_is], check=True)
        settings = into_a_file(without_logs(), endpoint, folder / "out.jsonl")
        with (folder / "log").open("wb") as log:
            running = subprocess.Popen(
                [program, written(settings, folder / "run.yml")], stdout=log, stderr=log
            )
            try:
                until_it_listens(endpoint)
                exporter = OTLPSpanExporter(endpoint=f"http://{endpoint}/v1/traces")
                provider = TracerProvider(
                    resource=Resource({"service.name": "s", "host.name": NAME})
                )
                provider.add_span_processor(SimpleSpanProcessor(exporter))
                tell(provider.get_tracer("check"))
                time.sleep(DECIDED_SECONDS)
            finally:
                running.terminate()
                running.wait()
        wrong = judged((folder / "out.jsonl").read_text("utf-8"))
    print("\n".join(wrong) or "the settings are valid, nothing personal came through")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
