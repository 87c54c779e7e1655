"""What `docs/verify.md` tells an auditor to type, typed."""

import re
import subprocess

from mingjing_deploy.checkout import ROOT


def checked_by_openssl(folder, checkpoint, vkey):
    """How the commands end for a checkpoint and an SM2 key."""
    told = (ROOT / "docs" / "verify.md").read_text(encoding="utf-8")
    (commands,) = re.findall(r"^```sh\n(sed .*?)^```", told, re.DOTALL | re.MULTILINE)
    (folder / "checkpoint").write_bytes(checkpoint)
    (folder / "vkey-sm2").write_text(f"{vkey}\n")
    return subprocess.run(
        ["sh", "-euc", commands], cwd=folder, capture_output=True, text=True, check=False
    )
