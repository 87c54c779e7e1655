#!/bin/sh
# The environment in .venv: exact bytes from requirements.lock, then the members themselves.
set -eu
cd "$(dirname "$0")/.."
export UV_PYTHON_DOWNLOADS=never
# A bureau's mirror is signed by the bureau's own authority, which the system knows.
export UV_SYSTEM_CERTS="${UV_SYSTEM_CERTS:-true}"
UV=.tools/uv/bin/uv
[ -x "$UV" ] || python3 -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --target .tools/uv uv==0.13.9
[ -x .venv/bin/python ] || "$UV" venv --quiet --python "$(command -v python3)" .venv
"$UV" pip install --quiet --python .venv/bin/python --require-hashes -r requirements.lock
"$UV" pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation \
  -e shared -e services/gateway -e services/disclosure -e services/portal \
  -e services/recording -e services/review -e services/tasks -e deploy
