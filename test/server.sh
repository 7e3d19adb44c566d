# The part of test/all.sh that needs a server; sourced by it. One throw-away cluster serves regress, pgTAP and the scripts.
on_server() {
    server=$(mktemp -d /tmp/terrbal.XXXXXX)
    if ! test/cluster.sh start "$server" >"$log" 2>&1; then
        cat "$log"
        verdict 1 'throw-away server starts with terrbal installed'
        return
    fi
    verdict 0 'throw-away server starts with terrbal installed'
    eval "$(tail -n 1 "$log")"

    local status=0
    make -s installcheck PG_CONFIG="$PG_CONFIG" with_llvm=no >"$log" 2>&1 || status=$?
    local good bad
    # "test x ... ok" up to 15, TAP from 16 on
    good=$(grep -cE '^test .*\.\.\. ok|^ok ' "$log")
    bad=$(grep -cE '^test .*\.\.\. FAILED|^not ok ' "$log")
    if [ "$status" != 0 ]; then
        grep -vE '\.\.\. ok' "$log" | tail -n 20
        head -n 200 regression.diffs 2>/dev/null
        [ "$bad" != 0 ] || bad=1
    fi
    verdict "$status" "regression tests ($good files)" "$good" "$bad"

    tap 'properties and goldens (pgTAP)' prove_verbose test/tap.sh test/tap/*.sql
    for script in test/script/*.sh; do
        [ -e "$script" ] || continue
        tap "$(basename "$script" .sh)" "$script"
    done
    step 'the suite passes with assertions' test/asserted.sh
}

# pg_prove --verbose prints every assertion, so that they can be counted.
prove_verbose() {
    PROVE_FLAGS=--verbose "$@"
}
