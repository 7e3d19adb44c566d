#!/usr/bin/env bash
# Everything, from nothing: packages, builds with both compilers, static checks, unit tests, and the suite on a throw-away server.
# Ends with one line `N passed, N failed`; any failure makes the exit status 1. PGVERSION chooses the server (default 15);
# ALSO="17 18" repeats it on those versions in Debian roots of their own, if not more than ALSO_BEFORE seconds have passed by then. CLIENTS_BEFORE does the same for the real clients of test/clients.sh.
set -uo pipefail
cd "$(dirname "$0")/.."
export PGVERSION=${PGVERSION:-15}
passed=0
failed=0
since=0
log=$(mktemp)
server=
trap '[ -z "$server" ] || test/cluster.sh stop "$server"; rm -f "$log"' EXIT

verdict() { # verdict STATUS WHAT [passed failed]; says how many seconds have passed since the verdict before
    local word=ok
    if [ "$1" = 0 ]; then
        passed=$((passed + ${3:-1}))
    else
        word=FAILED
        passed=$((passed + ${3:-0}))
        failed=$((failed + ${4:-1}))
    fi
    printf '%-7s %s, %d s\n' "$word" "$2" $((SECONDS - since))
    since=$SECONDS
}

# One step is one test: its output is shown only where it fails.
step() {
    local what=$1 status=0
    shift
    "$@" >"$log" 2>&1 || status=$?
    [ "$status" = 0 ] || tail -n 60 "$log"
    verdict "$status" "$what"
}

# A step that prints TAP: every assertion counts; skips show their reason.
tap() {
    local what=$1 status=0 good bad
    shift
    "$@" >"$log" 2>&1 || status=$?
    grep -ihE '^ *ok .*# *skip' "$log" | sed -E 's/.*# *(skip)/skipped \1/I' | sort | uniq -c
    if [ "$status" = 0 ] && grep -qiE '^1\.\.0 *# *skip' "$log"; then
        echo "skipped $what: $(sed -nE 's/^1\.\.0 *# *skip *//Ip' "$log")"
        return
    fi
    good=$(grep -cE '^ok ' "$log")
    bad=$(grep -cE '^not ok ' "$log")
    [ "$status" = 0 ] && [ "$bad" = 0 ] || { grep -A6 -E '^not ok |^#|ERROR|FATAL|No plan|Bad plan|Dubious|error:' "$log" | tail -n 80; }
    if [ "$bad" != 0 ] || [ $((good + bad)) = 0 ]; then status=1; fi
    [ "$status" != 0 ] && [ "$bad" = 0 ] && bad=1
    verdict "$status" "$what ($good assertions)" "$good" "$bad"
}

built() { # built CC: objects of that compiler, warnings are errors
    local dir
    dir=$(mktemp -d)
    make -s -C "$dir" -f "$PWD/Makefile" VPATH="$PWD" CC="$1" WERROR=-Werror with_llvm=no PG_CONFIG="/usr/lib/postgresql/$PGVERSION/bin/pg_config" -j2 all
    local status=$?
    rm -rf "$dir"
    return $status
}

units() {
    make -s -j2 CC=gcc unit-binaries || return 1
    local status=0 unit
    for unit in build/unit/*; do
        [ -x "$unit" ] || continue
        ASAN_OPTIONS=detect_leaks=0 "$unit" || { status=1; echo "# $unit failed"; }
    done
    return $status
}

. test/server.sh

test/packages.sh test || exit 1
step 'builds with gcc without a warning' built gcc
step 'builds with clang without a warning' built clang
# The static tools of Debian 12 set the rule; other versions word and lay out things differently.
if clang-format --version | grep -q 'version 14'; then
    step 'cppcheck' cppcheck -q --error-exitcode=1 --enable=warning,portability,performance --inline-suppr --suppress=missingIncludeSystem \
        --suppress=invalidPointerCast --suppress=shiftTooManyBitsSigned --std=c11 -D__x86_64__ src
    step 'clang-format' sh -c 'clang-format --dry-run -Werror src/*.[ch] src/core/*/*.[ch] test/unit/*.[ch]'
else
    echo 'skipped  cppcheck and clang-format: checked with the versions of Debian 12'
fi
step 'core knows nothing of the server' make -s pure
tap 'unit tests under AddressSanitizer and UBSan' units
tap 'every documented example stands in an expected output' perl test/doc-check.pl .
on_server
for version in ${ALSO:-}; do
    if [ "$SECONDS" -ge "${ALSO_BEFORE:-86400}" ]; then
        echo "skipped the suite on PostgreSQL $version: $SECONDS s have passed, and it would take as long again"
        continue
    fi
    test/versions.sh "$version" 2>&1 | tee "$log" | sed -nu "/^\(ok\|FAILED\|skipped\|==\) /s/^/$version  /p"
    status=${PIPESTATUS[0]}
    if [ "$status" = 77 ]; then
        echo "skipped the suite on PostgreSQL $version: no Debian root with it can be made here"
        continue
    fi
    [ "$status" = 0 ] || grep -vE '^ok ' "$log" | tail -n 60
    verdict "$status" "the same suite on PostgreSQL $version ($(tail -n 1 "$log"))"
done
if [ -n "${CLIENTS_BEFORE:-}" ]; then
    if [ "$SECONDS" -ge "$CLIENTS_BEFORE" ]; then
        echo "skipped the clients: $SECONDS s have passed (make test-clients)"
    elif ! test/packages.sh clients >"$log" 2>&1; then
        echo 'skipped the clients: their packages cannot be had here'
    else
        tap 'QGIS, ODBC, Python, R, Node.js and a browser' test/clients.sh
    fi
fi
echo
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
