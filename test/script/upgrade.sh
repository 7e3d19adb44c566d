#!/usr/bin/env bash
# Is 1.0 after ALTER EXTENSION terrbal UPDATE the same as a fresh installation, and does everything stored before live on? 1.0 is installed from its frozen script,
# filled (a row in every table, a state of every shape) and updated; then every fact of the catalogue is compared, a line for each object that is not the same.
. "$(dirname "$0")/tap.bash"
fixture=$here/test/fixture
share=$("$PG_CONFIG" --sharedir)/extension
old=1.0
new=$(sed -n "s/^default_version = '\(.*\)'/\1/p" "$here/terrbal.control")
fresh=${database}_fresh
restored=${database}_restored
trap 'rm -f "$share/terrbal--$old.sql"; "$here/test/drop.sh" "${created[@]}" >/dev/null 2>&1' EXIT
install -m 644 "$fixture/terrbal--$old.sql" "$share/terrbal--$old.sql"

createdb "$database"
created+=("$database")
sql 'CREATE EXTENSION postgis' && sql "CREATE EXTENSION terrbal VERSION '$old'" | sed 's/^/# /'
is "$(sql "SELECT extversion FROM pg_extension WHERE extname = 'terrbal'")" "$old" "$old is installed from its frozen script"
[ $failures = 0 ] || finish
is "$(q -f "$fixture/stored_data.sql")" '' 'a user of it stores data'
empty="SELECT format('SELECT %L WHERE NOT EXISTS (SELECT FROM terrbal.%I)', relname, relname) FROM pg_class WHERE relnamespace = 'terrbal'::regnamespace AND relkind = 'r' ORDER BY 1 \gexec"
is "$(echo "$empty" | q)" '' 'in every table'
is "$(sql "SELECT string_agg(typname, ' ') FROM pg_type t WHERE typnamespace = 'terrbal'::regnamespace AND typtype = 'b' AND typelem = 0
    AND NOT EXISTS (SELECT FROM pg_attribute JOIN pg_class c ON c.oid = attrelid WHERE atttypid = t.oid AND relnamespace = 'store'::regnamespace)")" '' \
    'and a state of every type'

# what is stored, by the columns that the old version knows: a line for each row
q >/dev/null <<'SQL'
CREATE TABLE public.stored_query AS
SELECT c.oid::regclass::text AS name, format('SELECT ROW(%s)::text FROM %s ORDER BY 1', string_agg(quote_ident(attname), ', ' ORDER BY attnum), c.oid::regclass) AS query
FROM pg_class c JOIN pg_attribute a ON attrelid = c.oid AND attnum > 0 AND attname <> 'log_cnt'
WHERE relnamespace IN ('terrbal'::regnamespace, 'city'::regnamespace, 'store'::regnamespace) AND relkind IN ('r', 'm', 'S') GROUP BY c.oid;
SQL
stored() { echo 'SELECT query FROM public.stored_query ORDER BY name \gexec' | q; }
stored >"$scratch/before"
ok $(($(wc -l <"$scratch/before") < 500)) "$(wc -l <"$scratch/before") rows are stored"
is "$(sql "ALTER EXTENSION terrbal UPDATE TO '$new'")" '' "update to $new"
[ $failures = 0 ] || finish
stored >"$scratch/after"
is "$(diff "$scratch/before" "$scratch/after")" '' 'every stored row and sequence is as it was'

# the catalogue
new_database "$fresh"
catalogue() { db=$1 q -f "$fixture/catalogue.sql" -c "COPY (SELECT object, facts FROM pg_temp.catalogue) TO '$scratch/$2.copy'" | grep -v '^$'; }
chmod 777 "$scratch"
is "$(catalogue "$database" updated)$(catalogue "$fresh" fresh)" '' 'both catalogues are read'
differences=$(db=$fresh q -f "$fixture/catalogue.sql" -c 'CREATE TEMP TABLE updated (object text PRIMARY KEY, facts jsonb)' -c "COPY updated FROM '$scratch/updated.copy'" \
    -c 'CREATE TEMP TABLE fresh (LIKE updated INCLUDING ALL)' -c "COPY fresh FROM '$scratch/fresh.copy'" -c "
    SELECT coalesce(CASE WHEN u.object IS NULL THEN 'missing after the update: ' WHEN f.object IS NULL THEN 'not in a fresh installation: ' END || object,
        'different: ' || object || ': ' || (SELECT string_agg(format('%s is %s, fresh %s', key, pg_temp.shown(a.value, b.value), pg_temp.shown(b.value, a.value)), '; ' ORDER BY key)
            FROM jsonb_each_text(u.facts) a FULL JOIN jsonb_each_text(f.facts) b USING (key) WHERE a.value IS DISTINCT FROM b.value))
    FROM updated u FULL JOIN fresh f USING (object) WHERE u.facts IS DISTINCT FROM f.facts ORDER BY 1")
compared=$(wc -l <"$scratch/fresh.copy")
ok "$([ -z "$differences" ] && [ "$compared" -gt 700 ]; echo $?)" "$compared objects of the catalogue are as in a fresh installation"
[ -z "$differences" ] || sed 's/^/#   /' <<<"$differences"

# life goes on
is "$(sql "SELECT string_agg(status || ' ' || inserted || ' ' || updated || ' ' || withdrawn, ', ' ORDER BY code) FROM (SELECT (terrbal.refresh(code)).* FROM terrbal.indicator) r")" "ok 0 0 0, ok 0 0 0" \
    'a refresh after the update finds nothing to do'
is "$(sql "INSERT INTO city.housing VALUES ('U99', '2024-01-01', 5); SELECT status, inserted, units_new FROM terrbal.refresh('housing')")" "ok|1|1" 'and takes new rows'
is "$(q -c 'REINDEX SCHEMA terrbal' -c 'REINDEX SCHEMA city' -c 'REFRESH MATERIALIZED VIEW city.lights' -c 'SELECT count(*) FROM city.shared_out, city.measured')" 250 "the user's views and indices work"
createdb "$restored"
created+=("$restored")
pg_dump -d "$database" 2>"$scratch/err" | psql -qX -d "$restored" -v ON_ERROR_STOP=1 >/dev/null 2>>"$scratch/err"
is "$(cat "$scratch/err")" '' 'a dump of the updated database is restored'
stored >"$scratch/after"
is "$(db=$restored stored | diff - "$scratch/after" | head -n 5)" '' 'with the same rows'
finish
