#!/usr/bin/env bash
# Do the pages paste? Their SQL runs top to bottom in a database that holds nothing but the extension, and the results are those on the page.
. "$(dirname "$0")/tap.bash"
for page in README.md; do
    name=${database}_$((tests + 1))
    new_database "$name"
    db=$name q -c 'CREATE TABLE readme_before AS SELECT oid FROM pg_class' >/dev/null
    "$here/test/page.pl" "$name" "$here/$page" >"$scratch/page"
    status=$?
    grep '^#' "$scratch/page"
    ok $status "$page: $(grep -cE '^(not )?ok' "$scratch/page") blocks of SQL, in their order"
    is "$(db=$name sql "SELECT count(*) FROM pg_class c WHERE relnamespace = 'terrbal'::regnamespace AND oid NOT IN (SELECT oid FROM readme_before)")" 0 \
        "and nothing of the reader's lands in the schema of the extension"
done
finish
