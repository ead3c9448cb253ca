#!/usr/bin/env bash
# Says before a long build, not after it, that another program has the port.
set -euo pipefail
listen="${PLUMBLINE_LISTEN:-127.0.0.1:8080}"
if (exec 3<>"/dev/tcp/${listen%:*}/${listen##*:}") 2>/dev/null; then
    echo "port ${listen##*:} is taken by another program; stop it, or choose another: PLUMBLINE_LISTEN=127.0.0.1:8081 make run" >&2
    exit 1
fi
