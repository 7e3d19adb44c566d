#!/usr/bin/env bash
# Runs pgTAP files with pg_prove, as many at a time as there are processors (JOBS), each lane in a database of its own with terrbal and PostGIS
# loaded: files share no table, and one that creates a role waits for the other that does. PGHOST and friends say where.
set -euo pipefail
export GOLDEN="${GOLDEN:-$(cd "$(dirname "$0")" && pwd)/fixture/golden}"
lanes=${JOBS:-$(nproc)}
[ "$lanes" -le $# ] || lanes=$#
export database=terrbal_tap_$$ results
results=$(mktemp -d)
here=$(cd "$(dirname "$0")" && pwd)
trap '"$here/drop.sh" $(seq -f "${database}_%g" 0 $((lanes - 1))); rm -rf "$results"' EXIT
for lane in $(seq 0 $((lanes - 1))); do
    createdb "${database}_$lane"
    psql -qX -d "${database}_$lane" -v ON_ERROR_STOP=1 -c 'SET client_min_messages = warning' \
        -c 'CREATE EXTENSION postgis' -c 'CREATE EXTENSION pgtap' -c 'CREATE EXTENSION terrbal'
done
prove_one() { # what a file says is printed in one piece when it ends
    local status=0
    # shellcheck disable=SC2086
    pg_prove ${PROVE_FLAGS:-} --ext .sql -d "${database}_$LANE" "$1" >"$results/$LANE" 2>&1 || status=$?
    flock "$results" sed '/^All tests successful\.$/d; /^Files=/d; /^Result: PASS$/d' "$results/$LANE"
    return "$status"
}
export -f prove_one
# The largest first, so that no lane is left alone with a long one
ls -S "$@" | xargs -r --process-slot-var=LANE -P "$lanes" -n 1 bash -c 'prove_one "$0"' || { echo 'Result: FAIL'; exit 1; }
echo 'Result: PASS'
