#!/bin/sh
# Fails when graphql/schema.graphql is not what the binary prints, and shows the difference.
# Usage: deploy/schema-is-fresh.sh path/to/plumbline
set -eu
cd "$(dirname "$0")/.."
printed=$(mktemp)
trap 'rm -f "$printed"' EXIT
"$1" schema >"$printed"
if ! diff -u graphql/schema.graphql "$printed"; then
    echo "graphql/schema.graphql is out of date: run \`make schema\` and commit it" >&2
    exit 1
fi
