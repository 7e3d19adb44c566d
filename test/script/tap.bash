# TAP for shell scripts that drive servers: source it, call is/ok/like, end with finish. PGHOST and friends say where.
set -uo pipefail
export PGOPTIONS="-c client_min_messages=error"
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
tests=0
failures=0
scratch=$(mktemp -d /tmp/terrbal_script.XXXXXX)
chmod 755 "$scratch"
database=terrbal_$(basename "$0" .sh)_$$
declare -a created=()

ok() { # status what
    tests=$((tests + 1))
    if [ "$1" = 0 ]; then echo "ok $tests - $2"; else
        failures=$((failures + 1))
        echo "not ok $tests - $2"
    fi
}
is() { # have want what; two equal errors are not an agreement
    local same=0
    [ "$1" = "$2" ] && [[ "$1" != *ERROR:* ]] || same=1
    ok $same "$3"
    [ $same = 0 ] || printf '#   have: %s\n#   want: %s\n' "${1//$'\n'/ | }" "${2//$'\n'/ | }"
}
like() { # have pattern what
    [[ "$1" =~ $2 ]]
    ok $? "$3"
    [[ "$1" =~ $2 ]] || printf '#   have: %s\n#   pattern: %s\n' "${1//$'\n'/ | }" "$2"
}
skip_all() {
    echo "1..0 # SKIP $1"
    rm -rf "$scratch"
    exit 0
}
q() { psql -qAtX -d "${db:-$database}" -v ON_ERROR_STOP=1 "$@" 2>&1; }
sql() { q -c "$1"; }
new_database() { # name
    createdb "$1"
    created+=("$1")
    db=$1 q -c "CREATE EXTENSION ${2:-postgis}" -c 'CREATE EXTENSION terrbal'
}

# Waits until a query answers so, at most ten minutes. Tests wait for a state that holds the work at a known point, never for a time to pass.
until_is() { # answer query
    local i
    for ((i = 0; i < 6000; i++)); do
        [ "$(sql "$2")" = "$1" ] && return 0
        sleep 0.1
    done
    echo "# still not $1: $2"
    return 1
}

# Sessions that stay open: session NAME; say NAME 'sql'; hear NAME waits until everything said so far has run and prints what it said
declare -A pid fd backend
session() {
    mkfifo "$scratch/$1.in"
    : >"$scratch/$1.out"
    psql -qAtX -d "$database" <"$scratch/$1.in" >>"$scratch/$1.out" 2>&1 &
    pid[$1]=$!
    exec {channel}>"$scratch/$1.in"
    fd[$1]=$channel
    echo 0 >"$scratch/$1.heard"
    say "$1" 'SELECT pg_backend_pid();'
    backend[$1]=$(hear "$1")
}
# Waits until one session waits for a lock that the other one holds
until_blocked() { # name by
    until_is t "SELECT ${backend[$2]} = ANY (pg_blocking_pids(${backend[$1]}))"
}
say() { echo "$2" >&"${fd[$1]}"; }
hear() { # name; called in $(), so what was heard is kept in a file
    local mark=mark_$RANDOM$RANDOM i
    echo "\\echo $mark" >&"${fd[$1]}"
    for ((i = 0; i < 12000; i++)); do
        if grep -q "^$mark\$" "$scratch/$1.out"; then
            grep -v '^mark_' "$scratch/$1.out" | tail -n +$(($(cat "$scratch/$1.heard") + 1))
            grep -vc '^mark_' "$scratch/$1.out" >"$scratch/$1.heard"
            return 0
        fi
        sleep 0.05
    done
    echo "no answer after ten minutes"
    return 1
}
finish() {
    local n
    for n in "${!fd[@]}"; do eval "exec ${fd[$n]}>&-"; done
    wait
    "$here/test/drop.sh" "${created[@]}" >/dev/null 2>&1
    rm -rf "$scratch"
    echo "1..$tests"
    exit $((failures > 0))
}
