-- Every function of the extension, found from the catalogue, with NULL, NaN, infinity, -0, huge and tiny numbers in every place:
-- an answer, NULL or an error of class 22 or 54; never a crash, an internal error, NaN or infinity out of finite input.
\ir ../fixture/calls.sql
SET client_min_messages = error;
CREATE TEMP TABLE bad (type text, value text);
INSERT INTO bad SELECT 'double precision', v FROM unnest(ARRAY['NULL', '''NaN''', '''Infinity''', '''-Infinity''', '''-0''', '1e308', '-1e308', '5e-324', '-1']) v;
INSERT INTO bad SELECT 'numeric', v FROM unnest(ARRAY['NULL', '''NaN''', '''Infinity''', '''-Infinity''', '0', '1e100', '-1e100', '1e-100', '-1', '123456789012345678901234567890.123456789']) v;
INSERT INTO bad SELECT 'integer', v FROM unnest(ARRAY['NULL', '0', '-1', '2147483647', '-2147483648']) v;
INSERT INTO bad SELECT 'smallint', v FROM unnest(ARRAY['NULL', '0', '-1', '32767', '-32768']) v;
INSERT INTO bad SELECT 'bigint', v FROM unnest(ARRAY['NULL', '0', '-1', '9223372036854775807', '-9223372036854775808']) v;
INSERT INTO bad SELECT 'text', v FROM unnest(ARRAY['NULL', '''''', '''no such choice''', 'repeat(''x'', 1000)', '''é日本''']) v;
INSERT INTO bad SELECT 'boolean', v FROM unnest(ARRAY['NULL', 'true', 'false']) v;
INSERT INTO bad SELECT 'double precision[]', v FROM unnest(ARRAY['NULL', '''{}''', '''{NULL}''', '''{NaN}''', '''{Infinity,1}''', '''{{1,2},{3,4}}''', '''[5:6]={1,2}''', 'array_fill(1.0::float8, ARRAY[300])']) v;
INSERT INTO bad SELECT 'numeric[]', v FROM unnest(ARRAY['NULL', '''{}''', '''{NULL}''', '''{NaN}''', '''{Infinity,1}''', '''{{1,2},{3,4}}''', '''[5:6]={1,2}''', 'array_fill(1::numeric, ARRAY[300])']) v;
INSERT INTO bad SELECT 'text[]', v FROM unnest(ARRAY['NULL', '''{}''', '''{NULL}''', '''{""}''', '''{{a,b},{c,d}}''', '''[5:6]={a,b}''', 'array_fill(''x''::text, ARRAY[300])', 'ARRAY[repeat(''x'', 100000)]']) v;
INSERT INTO bad SELECT 'integer[]', v FROM unnest(ARRAY['NULL', '''{}''', '''{NULL}''', '''{-2147483648,2147483647}''', '''{{1,2},{3,4}}''', 'array_fill(1, ARRAY[300])']) v;
INSERT INTO bad SELECT 'date', v FROM unnest(ARRAY['NULL', '''infinity''', '''-infinity''', '''5874897-12-31''', '''4713-01-01 BC''']) v;
INSERT INTO bad SELECT 'terrbal.settlement', v FROM unnest(ARRAY['NULL', '''urban''']) v;
INSERT INTO bad SELECT 'bytea', v FROM unnest(ARRAY['NULL', '''''', '''\x00''', '''\x010000''', 'decode(repeat(''ff'', 1000), ''hex'')']) v;
INSERT INTO bad SELECT 'geometry', v FROM unnest(ARRAY['NULL', '''POINT EMPTY''', '''POLYGON EMPTY''', '''GEOMETRYCOLLECTION EMPTY''', '''POINT(1e308 -1e308)''', '''LINESTRING(0 0,1 1)''', '''POLYGON((0 0,1 1,0 1,1 0,0 0))''',
    '''POLYGON((0 0,1 1,0 0,0 0))''', '''POLYGON((0 0,1e308 0,1e308 1e308,0 0))''', '''MULTIPOLYGON(((0 0,5e-324 0,0 5e-324,0 0)))''', '''SRID=4326;POLYGON((0 0,1 0,1 1,0 0))''', '''CIRCULARSTRING(0 0,1 1,2 0)''', '''POLYGON Z((0 0 1,1 0 2,1 1 3,0 0 1))''',
    'ST_SetSRID(ST_MakePoint(''NaN'', ''Infinity''), 3857)']) v;
CREATE TEMP TABLE verdict (signature text, what text, code text, note text);

CREATE TEMP VIEW fixture_function AS
SELECT p.oid, p.oid::regprocedure::text AS signature, p.proname, p.prokind, p.prorettype::regtype AS result, p.pronargs, p.provariadic, p.proargtypes::oid[] AS types, coalesce(p.proargnames, '{}') AS names, p.pronamespace::regnamespace AS schema
FROM pg_proc p JOIN pg_depend d ON d.objid = p.oid AND d.classid = 'pg_proc'::regclass AND d.deptype = 'e'
JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'terrbal'
WHERE p.prokind IN ('a', 'f', 'w') AND p.pronargs > 0 AND p.provolatile <> 'v'
  AND NOT EXISTS (SELECT 1 FROM unnest(p.proargtypes::oid[]) t WHERE t IN ('internal'::regtype, 'cstring'::regtype));

CREATE FUNCTION pg_temp.call(f fixture_function, place int, value text) RETURNS text LANGUAGE sql AS $$
    SELECT format('SELECT (%s.%I(%s)%s)::text%s FROM (SELECT * FROM fixture LIMIT 12) s', f.schema, f.proname,
        (SELECT string_agg(CASE WHEN f.provariadic <> 0 AND o = f.pronargs THEN 'VARIADIC ' ELSE '' END || CASE WHEN o = place + 1 THEN '(' || value || ')::' ELSE coalesce('(' || pg_temp.argument(f.proname, coalesce(f.names[o], ''), format_type(t, NULL)) || ')::', 'NULL::') END
                || format_type(t, NULL), ', ' ORDER BY o) FROM unnest(f.types) WITH ORDINALITY u(t, o)),
        CASE f.prokind WHEN 'w' THEN ' OVER (ORDER BY i)' ELSE '' END,
        -- a state that is returned is read again, as a dump would
        (SELECT format('::%s::text', f.result) FROM pg_type t WHERE t.oid = f.result AND t.typtype = 'b' AND t.typnamespace = 'terrbal'::regnamespace AND t.typcategory <> 'A'))
$$;

-- One statement a call, so that statement_timeout catches what would loop for ever.
CREATE FUNCTION pg_temp.try(f fixture_function, place int, value text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    answer text;
BEGIN
    EXECUTE pg_temp.call(f, place, value) INTO answer;
    -- huge input may overflow, but then it must say so
    INSERT INTO verdict VALUES (f.signature, format('%s at %s', value, place + 1),
        CASE WHEN answer ~* '\m(nan|infinity)\M' AND value !~* '(nan|infinity)' THEN 'NaN' ELSE 'ok' END, answer);
EXCEPTION
    WHEN query_canceled THEN
        INSERT INTO verdict VALUES (f.signature, format('%s at %s', value, place + 1), 'timeout', 'does not end');
    WHEN OTHERS THEN
        INSERT INTO verdict VALUES (f.signature, format('%s at %s', value, place + 1), SQLSTATE, SQLERRM);
END
$$;
-- long enough for any machine: it finds what never ends
SET statement_timeout = '120s';
\o /dev/null
SELECT format('SELECT pg_temp.try(f, %s, %L) FROM fixture_function f WHERE oid = %s', place, b.value, f.oid)
FROM fixture_function f, generate_series(0, f.pronargs - 1) place, bad b WHERE b.type = format_type(f.types[place], NULL)
\gexec
\o
RESET statement_timeout;
SELECT plan(count(DISTINCT signature)::int) FROM verdict;
-- what PostGIS itself refuses comes under its own code
UPDATE verdict SET code = '22000' WHERE code = 'XX000' AND note ~ '^(ST_|transform: )';
SELECT ok(bool_and(code = 'ok' OR code ~ '^(22|54)'), signature || ': ' || count(*) || ' bad values')
       || coalesce(E'\n' || string_agg('# ' || what || ': ' || code || ' ' || left(note, 160), E'\n') FILTER (WHERE NOT (code = 'ok' OR code ~ '^(22|54)')), '')
FROM verdict GROUP BY signature ORDER BY signature;
SELECT * FROM finish();
