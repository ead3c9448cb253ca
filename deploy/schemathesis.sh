#!/bin/sh
# Brings Schemathesis into .tools/ and has it send what it makes of the GraphQL schema to a demonstration of its own,
# once per role and with a token; fails on any server error. `make soak` runs it.
# Usage: deploy/schemathesis.sh path/to/plumbline; SCHEMATHESIS_EXAMPLES operations per field (30)
set -eu
cd "$(dirname "$0")/.."
version=4.32.5
home=${SCHEMATHESIS_HOME:-$PWD/.tools/schemathesis-$version}
if [ ! -x "$home/bin/schemathesis" ]; then
    rm -rf "$home"
    python3 -m venv "$home"
    "$home/bin/pip" install --quiet --disable-pip-version-check "schemathesis==$version"
fi
exec "$home/bin/python" deploy/fuzz_graphql.py "$1"
