#!/bin/sh
# Runs one step of a longer run and says how long it took, so that a slow step is seen at once.
# Usage: deploy/step.sh 'name of the step' command [argument...]
set -u
name=$1
shift
printf '\n== %s\n' "$name"
begun=$(date +%s)
"$@" </dev/null
status=$?
seconds=$(($(date +%s) - begun))
if [ "$status" -eq 0 ]; then
    printf '== %s: done in %s s\n' "$name" "$seconds"
else
    printf '== %s: FAILED after %s s (exit status %s)\n' "$name" "$seconds" "$status" >&2
fi
exit "$status"
