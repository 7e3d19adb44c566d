#!/usr/bin/env bash
# Runs pgTAP files with pg_prove in a database of their own, terrbal and PostGIS loaded. PGHOST and friends say where.
set -euo pipefail
export GOLDEN="${GOLDEN:-$(cd "$(dirname "$0")" && pwd)/fixture/golden}"
database=terrbal_tap_$$
createdb "$database"
trap 'dropdb --force "$database"' EXIT
psql -qX -d "$database" -v ON_ERROR_STOP=1 -c 'SET client_min_messages = warning' \
    -c 'CREATE EXTENSION postgis' -c 'CREATE EXTENSION pgtap' -c 'CREATE EXTENSION terrbal'
# shellcheck disable=SC2086
pg_prove ${PROVE_FLAGS:-} --ext .sql -d "$database" "$@"
