"""A small demo month on the running platform: it ends by itself and leaves every list filled.

Last of the journeys: the month's rows are many, and the others look for theirs on first pages.
"""

import json
import subprocess
from pathlib import Path

from journeys.conftest import COMMAND

CASES = 12


def play(platform, *words):
    return subprocess.run(
        [COMMAND, "demo", *words],
        env=platform["environment"],
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


def test_a_month_of_too_few_cases_is_refused_in_a_sentence(platform):
    refused = play(platform, "month", "--cases", "3")
    assert refused.returncode == 1
    assert "a month has 12 to 1000" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_small_month_leaves_rows_in_three_states_in_every_list(platform, leader):
    played = play(platform, "month", "--seed", "3", "--cases", str(CASES))
    assert played.returncode == 0, played.stdout[-4000:] + played.stderr[-4000:]
    assert "TOO FEW" not in played.stdout
    assert f"{CASES} cases" in played.stdout
    for address in ("/review/", "/recording/casefiles", "/disclosure/withheld", "/tasks/letters"):
        assert f" {address} " in played.stdout
    counts = leader.get("/review/api/reviews").json()["counts"]
    assert counts["bypassed"] >= 1
    assert counts["cleared"] >= 1


def test_the_clock_is_back_at_now_and_the_month_is_noted(platform):
    home = Path(platform["environment"]["MINGJING_HOME"])
    assert json.loads((home / "clock.json").read_text())["offset_seconds"] == 0
    [noted] = json.loads((home / "demo-months.json").read_text())
    assert (noted["seed"], noted["cases"]) == (3, CASES)


def test_whoever_came_for_the_month_may_sign_in_with_what_accounts_json_says(platform):
    home = Path(platform["environment"]["MINGJING_HOME"])
    told = json.loads((home / "accounts.json").read_text())
    assert {"licensing", "property", "finance"} <= {one["name"] for one in told["publishers"]}
    assert len([o for o in told["officers"] if "case_handler" in o["roles"]]) > 2


def test_keys_change_while_a_day_is_played_as_its_minutes_pass(platform):
    day = subprocess.Popen(
        [COMMAND, "demo", "day", "--minutes", "1", "--cases", "3"],
        env=platform["environment"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    turned = subprocess.run(
        [COMMAND, "keys", "rotate"],
        env=platform["environment"],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    said, _ = day.communicate(timeout=600)
    assert turned.returncode == 0, turned.stdout[-3000:] + turned.stderr[-3000:]
    assert day.returncode == 0, said[-4000:]
    assert "grave" in said
    sealed = dict(
        reversed(line.split()) for line in turned.stdout.splitlines() if line.startswith("  ")
    )
    assert len(sealed) > 20
    assert int(sealed["event_archive.personal"]) > CASES
