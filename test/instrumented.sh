# Sourced by test/asan.sh and test/valgrind.sh: a throw-away server, stopped, whose programs the caller exchanges or surrounds; then the regression suite on it.
here=$(cd "$(dirname "$0")/.." && pwd)
base=$(mktemp -d /tmp/terrbal.XXXXXX)
trap '"$here/test/cluster.sh" stop "$base"' EXIT
eval "$("$here/test/cluster.sh" start "$base" | tail -n 1)"
bin=$(dirname "$PG_CONFIG")
runuser -u postgres -- "$bin/pg_ctl" -D "$base/data" -m fast -s stop

# start [NAME=VALUE ...]: with these in its environment
start() { runuser -u postgres -- env "$@" "$bin/pg_ctl" -D "$base/data" -l "$base/server.log" -w -t 300 -s start; }

# suite: in the current directory; what is wrong is in the reports of the instrument, so the verdict of a test alone, which may be slow, decides nothing
suite() { make -s installcheck PG_CONFIG="$PG_CONFIG" with_llvm=no ${REGRESS:+REGRESS="$REGRESS"} | tail -n 5 || true; }

# conclude WHAT REPORT: an empty report is a clean run
conclude() {
    if [ -n "$2" ]; then
        printf '%s\n' "$2"
        echo "not ok 1 - $1"
        exit 1
    fi
    echo "ok 1 - $1"
}
