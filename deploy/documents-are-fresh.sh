#!/bin/sh
# Fails when graphql/documents.json is not what the web app's sources make, and names the difference.
# Usage: deploy/documents-are-fresh.sh, after the web app was built
set -eu
cd "$(dirname "$0")/.."
if ! cmp -s graphql/documents.json frontend/src/gql/documents.json; then
    diff -u graphql/documents.json frontend/src/gql/documents.json | cut -c1-300 | head -40 || true
    echo "graphql/documents.json is out of date: run \`make documents\` and commit it" >&2
    exit 1
fi
