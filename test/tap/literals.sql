-- What a person types: every function of the product is found, and found once, for plain literals; a code is a number of any type, a class is text.
\ir ../fixture/calls.sql
SET client_min_messages = error;
SET search_path = public, terrbal;
CREATE TEMP VIEW public_function AS
SELECT p.oid, p.oid::regprocedure::text AS signature, p.proname, p.prokind, p.provariadic, p.proargtypes::oid[] AS types, coalesce(p.proargnames, '{}') AS names
FROM pg_proc p
JOIN pg_depend d ON d.objid = p.oid AND d.classid = 'pg_proc'::regclass AND d.deptype = 'e'
JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'terrbal'
WHERE p.pronamespace = 'terrbal'::regnamespace AND p.prokind <> 'p' AND p.pronargs > 0 AND p.prorettype <> 'trigger'::regtype
  AND NOT EXISTS (SELECT FROM unnest(p.proargtypes::oid[]) t JOIN pg_type y ON y.oid = t WHERE t IN ('internal'::regtype, 'cstring'::regtype) OR y.typname LIKE '%\_state' OR y.typtype = 'p');

-- What the server says of a call: NULL when it finds the function, its SQLSTATE when it does not (42883 none, 42725 several). The call is planned, or run.
CREATE FUNCTION pg_temp.refusal(f public_function, list text, run boolean) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('%s SELECT terrbal.%I(%s)%s FROM (SELECT * FROM fixture LIMIT 1) s', CASE WHEN run THEN '' ELSE 'EXPLAIN' END, f.proname, list, CASE f.prokind WHEN 'w' THEN ' OVER ()' ELSE '' END);
    RETURN NULL;
EXCEPTION WHEN OTHERS THEN
    RETURN CASE WHEN run OR SQLSTATE IN ('42883', '42725') THEN SQLSTATE || ' ' || SQLERRM END;
END
$$;
-- an argument as it is typed: integers for numbers, unknown literals for text, classes and dates, arrays of integers
CREATE FUNCTION pg_temp.typed(type oid) RETURNS text LANGUAGE sql AS $$
    SELECT CASE WHEN type IN ('float8'::regtype, 'numeric'::regtype, 'int4'::regtype, 'int8'::regtype, 'int2'::regtype) THEN '30'
        WHEN type IN ('float8[]'::regtype, 'numeric[]'::regtype, 'int4[]'::regtype, 'int8[]'::regtype) THEN 'ARRAY[1, 2]' WHEN type = 'terrbal.settlement'::regtype THEN '''rural'''
        WHEN type = 'bool'::regtype THEN 'true' WHEN type = 'date'::regtype THEN '''2024-01-01''' WHEN type = 'text'::regtype THEN '''30''' ELSE 'NULL::' || format_type(type, NULL) END
$$;
CREATE TEMP TABLE call AS
SELECT f.signature, 'plain literals' AS what, pg_temp.refusal(f, list, false) AS refusal
FROM public_function f, LATERAL (SELECT string_agg(pg_temp.typed(CASE WHEN o = cardinality(f.types) AND f.provariadic <> 0 THEN f.provariadic ELSE t END), ', ' ORDER BY o) AS list FROM unnest(f.types) WITH ORDINALITY u (t, o)) l;
-- codes and classes in every way, the other arguments as they should be
INSERT INTO call
SELECT f.signature, v, pg_temp.refusal(f, list, true)
FROM public_function f, unnest(ARRAY['30', '30::smallint', '30::int', '30::bigint', '30::numeric', '''30''', 'NULL', '''rural''', '''rural''::text', '''rural''::varchar', '''rural''::settlement']) v,
     LATERAL (SELECT string_agg(CASE WHEN coded THEN v ELSE '(' || pg_temp.argument(f.proname, coalesce(f.names[o], ''), format_type(t, NULL)) || ')::' || format_type(t, NULL) END, ', ' ORDER BY o) AS list
              FROM unnest(f.types) WITH ORDINALITY u (t, o), LATERAL (SELECT t IN ('int2'::regtype, 'terrbal.settlement'::regtype)) c (coded)) l
WHERE f.types && CASE WHEN v LIKE '%rural%' THEN '{terrbal.settlement}' WHEN v = 'NULL' THEN '{int2,terrbal.settlement}' ELSE '{int2}' END::regtype[]::oid[]
  AND NOT EXISTS (SELECT FROM unnest(f.types) t WHERE pg_temp.argument(f.proname, '', format_type(t, NULL)) IS NULL);

SELECT plan(count(*)::int + 4) FROM call;
SELECT is(refusal, NULL, format('%s: %s', signature, what)) FROM call ORDER BY signature, what;
SELECT cmp_ok(count(DISTINCT signature), '>=', 4::bigint, 'functions of codes') FROM call WHERE what = '30::int';
SELECT is(array_agg(DISTINCT c), ARRAY[3]::smallint[], 'one answer whatever the type of the code')
FROM (VALUES (settlement_level1(30)), (settlement_level1(30::smallint)), (settlement_level1(30::bigint)), (settlement_level1('30')), (settlement_level1(30.0))) v (c);
SELECT is((SELECT degree_of_urbanisation(c, 100, 1)::text FROM unnest(ARRAY[30, 30, 12, NULL]) c), (SELECT degree_of_urbanisation(c, 100, 1)::text FROM unnest(ARRAY[30, 30, 12, NULL]::smallint[]) c), 'the same of units');
SELECT is((SELECT linkage(a, b, 5)::text FROM (VALUES ('urban', 'rural'), ('peri_urban', NULL), ('rural', 'urban')) v (a, b)),
          (SELECT linkage(a::settlement, b::settlement, 5)::text FROM (VALUES ('urban', 'rural'), ('peri_urban', NULL), ('rural', 'urban')) v (a, b)), 'and of classes as text');
SELECT * FROM finish();
