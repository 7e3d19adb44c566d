#!/usr/bin/env bash
# Can somebody put code in front of ours? A schema filled beforehand, better matches in front of the path, sources that carry code.
. "$(dirname "$0")/tap.bash"
attacker=regress_terrbal_attacker_$$
createuser "$attacker"
createdb "$database"
created+=("$database")
sql "CREATE EXTENSION postgis"
evil="CREATE TABLE public.pwned (who text, how text); GRANT INSERT, SELECT ON public.pwned TO PUBLIC"
sql "$evil; GRANT CREATE ON SCHEMA public TO $attacker; GRANT CREATE ON DATABASE $database TO $attacker"

# a schema of that name that is not empty
q >/dev/null <<SQL
SET ROLE $attacker;
CREATE SCHEMA terrbal;
CREATE FUNCTION terrbal.gini(float8) RETURNS float8 LANGUAGE sql AS 'SELECT 0.0::float8';
SQL
like "$(sql "CREATE EXTENSION terrbal")" "schema terrbal is not empty" "a schema with a function is refused"
sql "SET ROLE $attacker; DROP FUNCTION terrbal.gini(float8); CREATE TABLE terrbal.run (id int)" >/dev/null
like "$(sql "CREATE EXTENSION terrbal")" "schema terrbal is not empty" "a schema with a table is refused"
sql "SET ROLE $attacker; DROP TABLE terrbal.run; CREATE TYPE terrbal.colour AS ENUM ('red')" >/dev/null
like "$(sql "CREATE EXTENSION terrbal")" "schema terrbal is not empty" "a schema with a type is refused"
sql "SET ROLE $attacker; DROP TYPE terrbal.colour; CREATE OPERATOR terrbal.=== (LEFTARG = int, RIGHTARG = int, FUNCTION = pg_catalog.int4pl)" >/dev/null
like "$(sql "CREATE EXTENSION terrbal")" "schema terrbal is not empty" "a schema with an operator is refused"
sql "SET ROLE $attacker; DROP OPERATOR terrbal.=== (int, int)" >/dev/null
like "$(sql "CREATE EXTENSION terrbal")" "belongs to a role that is not a superuser" "an empty schema of somebody else's is refused"
sql "DROP SCHEMA terrbal CASCADE" >/dev/null
is "$(q -c 'BEGIN' -c 'CREATE SCHEMA terrbal' -c 'CREATE EXTENSION terrbal' -c 'ROLLBACK')" "" "an empty schema of a superuser's, as a restore makes it, is accepted"

sql "SET ROLE $attacker; CREATE SCHEMA terrbal_support" >/dev/null
like "$(sql "CREATE EXTENSION terrbal")" "schema \"terrbal_support\" already exists" "the schema of the support functions is made by the extension or not at all"
sql "DROP SCHEMA terrbal_support" >/dev/null
is "$(q -c 'BEGIN' -c 'CREATE EXTENSION terrbal' -c 'DROP EXTENSION terrbal' -c "SELECT count(*) FROM pg_namespace WHERE nspname = 'terrbal_support'" -c 'ROLLBACK')" 0 "and goes with it"

# better matches of functions and operators, in front of the path of whoever installs and calls
q >/dev/null <<SQL
SET ROLE $attacker;
CREATE SCHEMA evil;
CREATE FUNCTION evil.log(how text) RETURNS void LANGUAGE plpgsql AS \$\$ BEGIN INSERT INTO public.pwned VALUES (current_user, how); END \$\$;
CREATE FUNCTION evil.format(text, text) RETURNS text LANGUAGE plpgsql AS \$\$ BEGIN PERFORM evil.log('format'); RETURN pg_catalog.format(\$1, \$2); END \$\$;
CREATE FUNCTION evil.format(text, text, text) RETURNS text LANGUAGE plpgsql AS \$\$ BEGIN PERFORM evil.log('format'); RETURN pg_catalog.format(\$1, \$2, \$3); END \$\$;
CREATE FUNCTION evil.count(text) RETURNS bigint LANGUAGE plpgsql AS \$\$ BEGIN PERFORM evil.log('count'); RETURN 0; END \$\$;
CREATE FUNCTION evil.coalesce_text(text, text) RETURNS boolean LANGUAGE plpgsql AS \$\$ BEGIN PERFORM evil.log('operator'); RETURN \$1 OPERATOR(pg_catalog.=) \$2; END \$\$;
CREATE OPERATOR evil.= (leftarg = text, rightarg = text, function = evil.coalesce_text);
CREATE OPERATOR evil.<> (leftarg = text, rightarg = text, function = evil.coalesce_text);
CREATE FUNCTION evil.equal_int(integer, integer) RETURNS boolean LANGUAGE plpgsql AS \$\$ BEGIN PERFORM evil.log('operator'); RETURN \$1 OPERATOR(pg_catalog.=) \$2; END \$\$;
CREATE OPERATOR evil.= (leftarg = integer, rightarg = integer, function = evil.equal_int);
CREATE FUNCTION evil.equal_bigint(bigint, bigint) RETURNS boolean LANGUAGE plpgsql AS \$\$ BEGIN PERFORM evil.log('operator'); RETURN \$1 OPERATOR(pg_catalog.=) \$2; END \$\$;
CREATE OPERATOR evil.= (leftarg = bigint, rightarg = bigint, function = evil.equal_bigint);
CREATE FUNCTION evil.clock_timestamp() RETURNS timestamptz LANGUAGE plpgsql AS \$\$ BEGIN PERFORM evil.log('clock'); RETURN pg_catalog.now(); END \$\$;
CREATE FUNCTION evil.to_regclass(text) RETURNS regclass LANGUAGE plpgsql AS \$\$ BEGIN PERFORM evil.log('to_regclass'); RETURN pg_catalog.to_regclass(\$1); END \$\$;
CREATE TABLE evil.indicator (id int, code text);
CREATE TABLE evil.observation (id int);
CREATE TABLE evil.unit (id int);
GRANT ALL ON SCHEMA evil TO PUBLIC;
SQL
is "$(q -c "SET search_path = evil, pg_catalog, public" -c "CREATE EXTENSION terrbal")" "" "the extension installs with hostile matches in front of the path"
is "$(sql "SELECT count(*) FROM public.pwned")" 0 "and runs none of them"
q >/dev/null <<'SQL'
CREATE SCHEMA city;
CREATE TABLE city.housing AS SELECT 'U' || n AS unit, DATE '2024-01-01' AS period, n::float8 AS value FROM generate_series(1, 9) n;
CREATE TABLE city.map AS SELECT unit, public.ST_MakeEnvelope(0, 0, 1, 1, 4326) AS geom FROM city.housing;
SQL
is "$(q <<'SQL'
SET search_path = evil, pg_catalog, public;
SELECT terrbal.register_indicator('housing', 'Housing', 'percent', 'city.housing', 'municipality');
INSERT INTO terrbal.hierarchy (child, parent, level) VALUES ('U1', 'P', 'province'), ('U2', 'P', 'province');
INSERT INTO terrbal.threshold (indicator, level, amber, red) VALUES ('housing', 'municipality', 3, 2);
CALL terrbal.refresh_all();
SELECT status FROM terrbal.refresh('housing');
SELECT value FROM terrbal.indicator_rollup('housing', 'province', 'sum');
SELECT light FROM terrbal.signal WHERE id OPERATOR(pg_catalog.=) (SELECT max(id) FROM terrbal.signal);
SELECT terrbal.gini(v) FROM (VALUES (1.0::float8), (3)) x (v);
SELECT pg_catalog.length(terrbal.signal_geojson('housing')::text) OPERATOR(pg_catalog.>) 10;
SELECT terrbal.wide_view('city', 'atlas');
SELECT terrbal.load_units('city.map', 'unit', 'unit', 'geom', 'municipality');
SQL
)" $'1\nok\n3\ngreen\n0.25\nt\n1\n9' "the monitor gives the right answers"
is "$(sql "SELECT count(*), string_agg(DISTINCT how, ',') FROM public.pwned")" "0|" "and runs none of the hostile matches"

# sources that carry somebody's code: a superuser does not run it, whatever it hides in
trap() { # name, source, ddl run by the attacker [ddl run by the superuser]
    q >/dev/null -c "SET ROLE $attacker" -c "$3"
    [ -z "${4:-}" ] || q -c "$4" >/dev/null
    sql "SELECT terrbal.register_indicator('trap', 'Trap', '1', '$2')" >/dev/null
    like "$(sql "SELECT status, message FROM terrbal.refresh('trap')")" '^untrusted owner\|' "$1"
}
sql "GRANT USAGE ON SCHEMA city TO $attacker; GRANT SELECT ON city.housing TO $attacker" >/dev/null
trap "a view of somebody else" evil.view_1 "CREATE FUNCTION evil.f(float8) RETURNS float8 LANGUAGE plpgsql AS \$\$ BEGIN PERFORM evil.log('view'); RETURN \$1; END \$\$;
    CREATE VIEW evil.view_1 AS SELECT unit, period, evil.f(value) AS value FROM city.housing"
trap "their view below a superuser's" city.view_2 "SELECT 1" "CREATE VIEW city.view_2 AS SELECT unit, period, value FROM evil.view_1"
trap "their function in a superuser's view" city.view_3 "SELECT 1" "CREATE VIEW city.view_3 AS SELECT unit, period, evil.f(value) AS value FROM city.housing"
trap "their operator" city.view_4 "SELECT 1" "CREATE VIEW city.view_4 AS SELECT unit, period, value FROM city.housing WHERE unit OPERATOR(evil.=) 'U1'"
trap "their domain" city.view_5 "CREATE FUNCTION evil.check_it(text) RETURNS boolean LANGUAGE plpgsql AS \$\$ BEGIN PERFORM evil.log('domain'); RETURN true; END \$\$;
    CREATE DOMAIN evil.code AS text CHECK (evil.check_it(VALUE))" "CREATE VIEW city.view_5 AS SELECT unit::evil.code::text AS unit, period, value FROM city.housing"
trap "their aggregate" city.view_6 "CREATE FUNCTION evil.add(float8, float8) RETURNS float8 LANGUAGE plpgsql AS \$\$ BEGIN PERFORM evil.log('aggregate'); RETURN \$1; END \$\$;
    CREATE AGGREGATE evil.total(float8) (SFUNC = evil.add, STYPE = float8, INITCOND = '0')" "CREATE VIEW city.view_6 AS SELECT unit, period, evil.total(value) AS value FROM city.housing GROUP BY 1, 2"
trap "a materialised view in their schema" evil.view_7 "CREATE MATERIALIZED VIEW evil.view_7 AS SELECT unit, period, value FROM city.housing"
trap "a table in their schema, which they could swap" evil.table_8 "CREATE TABLE evil.table_8 (unit text, period date, value float8)"
trap "a superuser's SQL function that calls theirs" city.view_9 "SELECT 1" "CREATE FUNCTION city.g(float8) RETURNS float8 LANGUAGE sql RETURN evil.f(\$1);
    CREATE VIEW city.view_9 AS SELECT unit, period, city.g(value) AS value FROM city.housing"
is "$(q -c "SELECT (terrbal.refresh('trap')).status" -c "SELECT count(*), string_agg(DISTINCT how, ',') FROM public.pwned")" $'untrusted owner\n0|' "none of the code has run"
# the owner of a table below a superuser's view turns the table into a view (possible up to 15)
q >/dev/null <<SQL
SET ROLE $attacker;
CREATE TABLE evil.plain (unit text, period date, value float8);
INSERT INTO evil.plain VALUES ('U1', '2024-01-01', 1);
RESET ROLE;
CREATE VIEW city.over_plain AS SELECT unit, period, value FROM evil.plain;
SELECT terrbal.register_indicator('plain', 'Plain', '1', 'city.over_plain');
SQL
is "$(sql "SELECT status, inserted FROM terrbal.refresh('plain')")" "untrusted owner|0" "somebody's plain table below a superuser's view is not read"
if [ "$(sql "SELECT current_setting('server_version_num')::int < 160000")" = t ]; then
    q >/dev/null -c "SET ROLE $attacker" -c "DELETE FROM evil.plain" -c "CREATE RULE \"_RETURN\" AS ON SELECT TO evil.plain DO INSTEAD SELECT unit, period, evil.f(value) AS value FROM city.housing"
    like "$(sql "SELECT status, message FROM terrbal.refresh('plain')")" '^untrusted owner\|' "until it becomes a view"
fi
is "$(sql "SELECT count(*) FROM public.pwned")" 0 "none of the code has run"
# the same sources are fine for their owner
sql "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA terrbal TO $attacker" >/dev/null
sql "SELECT terrbal.register_indicator('trap', 'Trap', '1', 'evil.view_1')" >/dev/null
is "$(q -c "SET ROLE $attacker" -c "SELECT status, inserted FROM terrbal.refresh('trap')")" "ok|9" "its owner refreshes it"
is "$(sql "SELECT DISTINCT who, how FROM public.pwned")" "$attacker|view" "with their own rights"
# whoever writes into the registry names relations, not SQL
for name in "housing; DROP TABLE city.housing" "housing\" x" "(SELECT 1)"; do
    sql "UPDATE terrbal.indicator SET source_schema = 'city', source_name = \$\$$name\$\$, statistic = \$\$gini(x); DROP TABLE city.housing\$\$ WHERE code = 'plain'" >/dev/null
    is "$(sql "SELECT status FROM terrbal.refresh('plain')")" "missing source" "a source named $name is a name"
done
like "$(sql "SELECT * FROM terrbal.indicator_rollup('plain', 'province', 'gini(x)) FROM city.housing; --')")" "there is no index" "a method is a name"
is "$(sql "SELECT count(*) FROM city.housing")" 9 "nothing was injected"
is "$(sql "SELECT count(*) FROM pg_proc p JOIN pg_depend d ON d.objid = p.oid AND d.deptype = 'e' JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'terrbal' WHERE p.prosecdef")" 0 \
    "no function is SECURITY DEFINER"
# a label that somebody adds to a type of ours
sql "ALTER TYPE terrbal.settlement ADD VALUE 'exurban'" >/dev/null
like "$(sql "SELECT terrbal.linkage('urban'::terrbal.settlement, 'exurban', 5)")" "\"exurban\" is not a settlement class" "a class that linkage does not know is refused by name"
sql "DROP OWNED BY $attacker CASCADE" >/dev/null
"$here/test/drop.sh" "$database"
dropuser "$attacker"
finish
