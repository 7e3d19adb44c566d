#!/usr/bin/env bash
# doc/reference.md is what the catalogue says. `test/script/reference.sh write` renews it.
set -euo pipefail
here=$(cd "$(dirname "$0")/../.." && pwd)
database=terrbal_reference_$$
createdb "$database"
trap '"$here/test/drop.sh" "$database"' EXIT
psql -qX -d "$database" -v ON_ERROR_STOP=1 -c 'SET client_min_messages = warning' -c 'CREATE EXTENSION postgis' -c 'CREATE EXTENSION terrbal'
print() { psql -qX -d "$database" -v ON_ERROR_STOP=1 -f "$here/test/reference.sql"; }
if [ "${1:-}" = write ]; then
    print >"$here/doc/reference.md"
    exit
fi
if diff <(print) "$here/doc/reference.md" >&2; then echo 'ok 1 - doc/reference.md is up to date'; else echo 'not ok 1 - doc/reference.md is up to date (make reference)'; fi
echo 1..1
