"""A draw on the running platform: committed, witnessed, drawn after chance spoke, done again."""

import json
import subprocess
from datetime import timedelta

import pytest
from journeys.conftest import COMMAND

from mingjing_shared.clock import SHANGHAI, machine_now
from support.running import until

NAMES = ("甲", "乙", "丙", "丁", "戊")
UNTIL_IT_SPEAKS = timedelta(seconds=20)  # within these the commitment is witnessed


@pytest.fixture
def run(platform, tmp_path):
    def runs(*words):
        done = subprocess.run(
            [COMMAND, *words],
            cwd=tmp_path,
            env=platform["environment"],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    return runs


async def test_a_draw_is_committed_to_before_chance_speaks_and_anybody_does_it_again(run, tmp_path):
    speaks_at = machine_now().astimezone(SHANGHAI) + UNTIL_IT_SPEAKS
    plan = {
        "draw_id": "DR-JOURNEY-1",
        "subject": "保安服务公司检查",
        "number": 1,
        "pool": [{"name": name, "group": ""} for name in NAMES],
        "excused": {"丙": "回避"},
        "most_of_group": None,
        "count": 2,
        "sources": [{"name": "某期开奖号码", "at": speaks_at.isoformat(), "count": 3}],
    }
    (tmp_path / "plan.json").write_text(json.dumps(plan))
    spoke = {"sources": [{"values": [7, 3, 21], "cited": "某公告"}]}
    (tmp_path / "sources.json").write_text(json.dumps(spoke))

    code, said = run("draw", "tell", "plan.json", "sources.json")
    assert (code, "把存证时取回的放回原处" in said) == (2, True)
    code, said = run("draw", "commit", "plan.json")
    assert code == 0, said

    async def has_spoken():
        return machine_now() >= speaks_at

    await until(has_spoken)
    code, said = run("draw", "tell", "plan.json", "sources.json")
    assert code == 0, said
    drawn = said.split()[:2]
    assert set(drawn) < set(NAMES) - {"丙"}
    code, said = run("verify", "draw", "plan.draw.json")
    assert code == 0, said
    assert "、".join(drawn) in said

    changed = (tmp_path / "plan.draw.json").read_text().replace("戊", "己")
    (tmp_path / "changed.json").write_text(changed)
    code, said = run("verify", "draw", "changed.json")
    assert (code, "与事先存证的不同" in said) == (1, True)
    code, said = run("draw", "receipt", "plan.json")
    assert (code, "已经公布" in said) == (2, True)
