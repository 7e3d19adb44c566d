#!/usr/bin/env bash
# The regression suite with every backend under valgrind: no invalid read or write. Slow (about half an hour). REGRESS="gini flow" runs those tests only.
set -euo pipefail
. "$(dirname "$0")/instrumented.sh"
mv "$bin/postgres" "$bin/postgres.real"
cat >"$bin/postgres" <<SH
#!/bin/sh
# version questions and initialisation run bare
case "\$1" in -V|--version|-C) exec "$bin/postgres.real" "\$@" ;; esac
exec valgrind -q --leak-check=no --undef-value-errors=no --trace-children=no --error-limit=no --log-file="$base/valgrind.%p" "$bin/postgres.real" "\$@"
SH
chmod 755 "$bin/postgres"
start
cd "$here"
suite
ls "$base"/valgrind.* >/dev/null # or nothing would have been watched
conclude 'no invalid access under valgrind' "$(grep -hE -A12 'Invalid (read|write)|Process terminating' "$base"/valgrind.* | head -n 60)"
