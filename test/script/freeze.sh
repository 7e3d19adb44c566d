#!/usr/bin/env bash
# Can a release be frozen (test/freeze.sh), and does what is frozen say the same when it is asked again? Until then nothing else runs that script.
. "$(dirname "$0")/tap.bash"
createdb "$database"
created+=("$database")
sql "CREATE EXTENSION postgis; CREATE EXTENSION pgtap; CREATE EXTENSION terrbal" >/dev/null
frozen=$scratch/frozen.sql
is "$(psql -qXAt -d "$database" -v ON_ERROR_STOP=1 -f "$here/test/fixture/freeze.sql" 2>&1 >"$frozen" | head -n 3)" "" "states and answers are written"
is "$(psql -qXAt -d "$database" -f "$frozen" -c "SELECT string_agg(t.typname, ', ' ORDER BY t.typname) FROM pg_type t
    WHERE t.typnamespace = 'terrbal'::regnamespace AND t.typname LIKE '%\_state' AND t.typtype = 'b' AND t.typelem = 0 AND NOT EXISTS (SELECT FROM frozen_state f WHERE f.type = 'terrbal.' || t.typname)" 2>&1)" "" \
    "every type of state is among them"
is "$(psql -qXAt -d "$database" -f "$frozen" -c "SELECT string_agg(p.oid::regprocedure::text, ', ') FROM pg_proc p JOIN pg_type t ON t.oid = p.proargtypes[0]
    WHERE p.pronamespace = 'terrbal'::regnamespace AND p.prokind = 'f' AND t.typnamespace = p.pronamespace AND t.typname LIKE '%\_state' AND t.typtype = 'b' AND p.prorettype NOT IN ('cstring'::regtype, 'bytea'::regtype, t.oid)
    AND NOT EXISTS (SELECT FROM frozen_answer a JOIN frozen_state f USING (shape) WHERE a.call LIKE 'terrbal.' || p.proname || '($%' AND f.type = 'terrbal.' || t.typname)" 2>&1)" "" \
    "every function over a state has answered one of its type"
answers=$(psql -qXAt -d "$database" -f "$frozen" -c "CREATE TEMP TABLE changed (function text, key text)" -c "SELECT no_plan()" -f "$here/test/fixture/ask_frozen.sql" 2>&1)
is "$(grep -E '^not ok|ERROR' <<<"$answers" | head -n 3)" "" "all answer the same again"
is "$(($(grep -c '^ok' <<<"$answers") > 400))" 1 "and there are many"
version=$(sql "SELECT extversion FROM pg_extension WHERE extname = 'terrbal'")
if [ -e "$here/test/fixture/terrbal--$version.sql" ]; then
    is "$(diff "$here/test/fixture/terrbal--$version.sql" "$("$PG_CONFIG" --sharedir)/extension/terrbal--$version.sql" | head -n 5)" "" "a version that was released does not change: what comes after it is the next"
fi
"$here/test/drop.sh" "$database"
finish
