"""Key rings made for a test."""

import base64
import json
import os

import pytest


@pytest.fixture
def ring_file(tmp_path):
    """Writes a key ring; keys by name, made up where only a name is given."""

    def write(current="k1", name="ring.json", **keys):
        made = {k: v or base64.b64encode(os.urandom(32)).decode() for k, v in keys.items()}
        file = tmp_path / name
        file.write_text(json.dumps({"current": current, "keys": made}))
        return file, made

    return write
