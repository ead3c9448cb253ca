#!/bin/sh
# Brings what `make test` needs beside cargo: npm, a C linker, Redis and a browser; with `soak` also
# the spreadsheet program that recalculates exported workbooks and the Python that runs HiGHS. As root on a
# system with apt-get it installs what is missing; elsewhere it names everything missing at once.
# PostgreSQL is not on the list: the private cluster finds or fetches its own programs.
set -eu

wanted=${1:-test}
# The browser without a window draws in two thirds of the time; any other will do where it cannot be had.
browser=chromium-headless-shell
other_browsers=''
missing_packages=''
missing_words=''

# need 'what it is for' package program [alternative program...]
need() {
    reason=$1
    package=$2
    shift 2
    for program in "$@"; do
        if command -v "$program" >/dev/null 2>&1; then
            return 0
        fi
    done
    missing_packages="$missing_packages $package"
    missing_words="$missing_words
  $1 ($reason)"
}

check() {
    missing_packages=''
    missing_words=''
    need 'linker of the Rust build' gcc cc gcc clang
    need 'builds the web app' npm npm
    need 'bell and limits across machines' redis-server redis-server valkey-server
    # shellcheck disable=SC2086 # the list is meant to split
    need 'browser tests' "$browser" chromium-headless-shell $other_browsers
    if [ "$wanted" = soak ]; then
        need 'recalculates exported workbooks' libreoffice-calc soffice
        if ! python3 -c 'import ensurepip' >/dev/null 2>&1; then
            missing_packages="$missing_packages python3-venv"
            missing_words="$missing_words
  python3 with venv (runs HiGHS beside the selection)"
        fi
    fi
}

apt() {
    timeout 900 apt-get -q -y -o Acquire::Retries=2 -o DPkg::Lock::Timeout=120 "$@" </dev/null
}

if ! command -v cargo >/dev/null 2>&1; then
    echo 'cargo was not found: install Rust with rustup (https://rustup.rs) and start again' >&2
    exit 1
fi
check
if [ -n "$missing_packages" ] && [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1; then
    export DEBIAN_FRONTEND=noninteractive
    if ! apt update; then
        echo 'apt-get failed; its words are above' >&2
    fi
    if ! apt-cache show "$browser" >/dev/null 2>&1; then
        browser=chromium
        other_browsers='chromium chromium-browser google-chrome google-chrome-stable'
        check
    fi
    # A C library without its headers does not link.
    case "$missing_packages" in *gcc*) missing_packages="$missing_packages libc6-dev" ;; esac
    echo "installing:$missing_packages"
    # shellcheck disable=SC2086 # the list is meant to split
    if [ -n "$missing_packages" ] && ! apt install --no-install-recommends $missing_packages; then
        echo 'apt-get failed; its words are above' >&2
    fi
fi
other_browsers='chromium chromium-browser google-chrome google-chrome-stable'
check
if [ -n "$missing_words" ]; then
    echo "The tests need these programs, which are not on this machine:$missing_words" >&2
    echo 'Install them with the package manager of the system and start again.' >&2
    exit 1
fi
echo 'everything needed is there'
