#!/bin/sh
# Lock anew after a change of any pyproject: one list for the workspace, one for each image.
# The lists name no registry host; uv.lock, which does, is not committed.
set -eu
cd "$(dirname "$0")/.."
export UV_PYTHON_DOWNLOADS=never
UV=.tools/uv/bin/uv
"$UV" lock --quiet --python "$(command -v python3)"
list() {
  "$UV" export --quiet --no-emit-workspace --format requirements-txt --no-header --no-annotate "$@"
}
list --all-packages --all-groups -o requirements.lock
for member in gateway disclosure portal recording review tasks; do
  list --package "mingjing-$member" --no-default-groups -o "services/$member/requirements.lock"
done
list --package mingjing-deploy --no-default-groups -o deploy/requirements.lock
sh deploy/setup.sh
