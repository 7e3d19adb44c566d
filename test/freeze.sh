#!/usr/bin/env bash
# Freezes the version of terrbal.control as fixtures, when it is released: its install script, and states with the answers it gives to them.
# test/cluster.sh run test/freeze.sh
set -euo pipefail
cd "$(dirname "$0")/.."
version=$(sed -n "s/^default_version = '\(.*\)'/\1/p" terrbal.control)
database=terrbal_freeze_$$
createdb "$database"
trap 'test/drop.sh "$database"' EXIT
psql -qX -d "$database" -v ON_ERROR_STOP=1 -c 'SET client_min_messages = warning' -c 'CREATE EXTENSION postgis' -c 'CREATE EXTENSION terrbal'
cp "$("$PG_CONFIG" --sharedir)/extension/terrbal--$version.sql" "test/fixture/terrbal--$version.sql"
{
    echo "-- States as terrbal $version wrote them, and what it answered to each. Written by test/freeze.sh; read by test/tap/frozen_states.sql, never changed."
    psql -qXAt -d "$database" -v ON_ERROR_STOP=1 -f test/fixture/freeze.sql
} >"test/fixture/states_$version.sql"
