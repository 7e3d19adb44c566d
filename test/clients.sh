#!/usr/bin/env bash
# Do the tools that people use read it? Heavy clients, from Debian's packages and npm, against one throw-away server; `make test` does not need them.
# Ends with one line `N passed, N failed`. One group: test/clients.sh atlas
set -uo pipefail
cd "$(dirname "$0")/.."
test/packages.sh build && test/packages.sh clients || exit 1
export CLIENT_MODULES=$PWD/build/clients/node_modules
mkdir -p build/clients
if ! cmp -s test/clients/package.json build/clients/package.json; then
    cp test/clients/package.json build/clients/package.json
    echo "== npm: $(sed -n 's/^ *"\([@a-z/-]*\)": "\([0-9.]*\)",*$/\1 \2/p' test/clients/package.json | paste -sd ,)"
    (cd build/clients && npm install --no-audit --no-fund --ignore-scripts >npm.log 2>&1) || { tail -n 5 build/clients/npm.log; rm build/clients/package.json; exit 1; }
fi
server=$(mktemp -d /tmp/terrbal.XXXXXX)
trap 'test/cluster.sh stop "$server"' EXIT
trap 'exit 130' INT TERM
eval "$(test/cluster.sh start "$server" | tail -n 1)"
passed=0
failed=0
for group in ${*:-$(cd test/clients && ls ./*.sh | sed 's,^\./,,; s,\.sh$,,')}; do
    echo "== $group"
    out=$(timeout 600 "test/clients/$group.sh" 2>&1)
    status=$?
    echo "$out"
    bad=$(grep -c '^not ok ' <<<"$out")
    passed=$((passed + $(grep -c '^ok ' <<<"$out")))
    failed=$((failed + bad))
    [ "$status" = 0 ] || [ "$bad" != 0 ] || failed=$((failed + 1))
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
