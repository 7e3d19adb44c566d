#!/usr/bin/env bash
# The regression suite with every backend under valgrind: no invalid read or write. Slow (about half an hour). REGRESS="gini flow" runs those tests only.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
base=$(mktemp -d /tmp/terrbal.XXXXXX)
trap '"$here/test/cluster.sh" stop "$base"' EXIT
eval "$("$here/test/cluster.sh" start "$base" | tail -n 1)"
bin=$(dirname "$PG_CONFIG")
runuser -u postgres -- "$bin/pg_ctl" -D "$base/data" -m fast -s stop
mv "$bin/postgres" "$bin/postgres.real"
cat >"$bin/postgres" <<SH
#!/bin/sh
# version questions and initialisation run bare
case "\$1" in -V|--version|-C) exec "$bin/postgres.real" "\$@" ;; esac
exec valgrind -q --leak-check=no --undef-value-errors=no --trace-children=no --error-limit=no --log-file="$base/valgrind.%p" "$bin/postgres.real" "\$@"
SH
chmod 755 "$bin/postgres"
runuser -u postgres -- "$bin/pg_ctl" -D "$base/data" -l "$base/server.log" -w -t 300 -s start
cd "$here"
make -s installcheck PG_CONFIG="$PG_CONFIG" with_llvm=no ${REGRESS:+REGRESS="$REGRESS"} | tail -n 5 || true
if grep -lE 'Invalid (read|write)|Process terminating' "$base"/valgrind.* >/dev/null 2>&1; then
    grep -hE -A12 'Invalid (read|write)|Process terminating' "$base"/valgrind.* | head -n 60
    echo 'not ok 1 - no invalid access under valgrind'
    exit 1
fi
echo 'ok 1 - no invalid access under valgrind'
