-- Composites that nobody computed: every function that takes one, drawn from the catalogue, with a sound value in which one field after the other is NULL, NaN, infinite,
-- negative, vast, empty, of another shape or of another length. An answer, or an error of class 22 or 54.
\ir ../fixture/calls.sql
INSERT INTO fixture_argument VALUES ('level', 'double precision', '0.9');
SET client_min_messages = error;
-- what takes a composite of terrbal, but for rows of the monitor's tables; and for each such type a value that one of its aggregates computed
CREATE TEMP VIEW place AS
SELECT p.oid, p.proname, p.prokind, p.proargtypes, p.proargnames, t::regtype AS type, place
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace AND n.nspname LIKE 'terrbal%', unnest(p.proargtypes::oid[]) WITH ORDINALITY c (t, place) JOIN pg_type y ON y.oid = t JOIN pg_class r ON r.oid = y.typrelid AND r.relkind = 'c'
WHERE p.prokind IN ('a', 'f') AND NOT EXISTS (SELECT FROM pg_aggregate WHERE aggtransfn = p.oid);
CREATE TEMP TABLE sound (type regtype, value jsonb);
DO $$
DECLARE
    a record;
BEGIN
    -- it is the result, an element of it, or an element of a field of it; of several the one with the fewest NULLs
    FOR a IN SELECT DISTINCT ON (t.type) t.type, f.proname, f.arguments, CASE WHEN p.prorettype = y.oid THEN 'x' WHEN p.prorettype = y.typarray THEN 'unnest(x)' ELSE format('unnest((x).%I)', attname) END AS element
             FROM (SELECT DISTINCT type FROM place) t JOIN pg_type y ON y.oid = t.type CROSS JOIN fixture_aggregate f JOIN pg_proc p ON p.oid = f.oid JOIN pg_type r ON r.oid = p.prorettype
             LEFT JOIN pg_attribute c ON c.attrelid = r.typrelid AND c.atttypid = y.typarray
             WHERE p.prorettype IN (y.oid, y.typarray) OR c.attname IS NOT NULL ORDER BY t.type, length(f.arguments), f.signature LOOP
        EXECUTE format('INSERT INTO sound SELECT %L, v FROM (SELECT to_jsonb(e) AS v FROM (SELECT %s AS e FROM (SELECT terrbal.%I(%s) AS x FROM fixture) a) b) c ORDER BY length(jsonb_strip_nulls(v)::text) DESC LIMIT 1',
            a.type, a.element, a.proname, a.arguments);
    END LOOP;
END
$$;
INSERT INTO sound SELECT 'terrbal.regression'::regtype, to_jsonb(terrbal.ols(positive * 2 + signed + i % 7, ARRAY[1, positive, signed * positive])) FROM fixture
UNION ALL SELECT 'terrbal.regression', to_jsonb(terrbal.ols_cluster(positive * 2 + signed, ARRAY[1, positive, whole], grp)) FROM fixture;
CREATE TEMP TABLE forgery AS SELECT to_jsonb(v) AS value FROM unnest(ARRAY[NULL, 'NaN', 'Infinity', '-Infinity', '-1', '0', '1e308', '5e-324', '9223372036854775807', '-2147483648', 'no such choice', 'false',
    '{}', '{NULL}', '{NaN}', '{NULL,1,2}', '{1,Infinity,2}', '{1e308,1e308,1e308}', '{{1,2},{3,4}}', '[5:6]={1,2}', '{{1,2,3},{4,5,6},{7,8,9}}', '[0:2][7:9]={{-1,0,0},{0,-1,0},{0,0,-1}}', (SELECT array_agg(0)::text FROM generate_series(1, 300))]) v;
-- the calls: the composite is $1, other arguments come from the fixture
CREATE TEMP TABLE taker AS
SELECT p.oid::regprocedure::text AS signature, type, format('SELECT (terrbal.%I(%s))::text FROM fixture %s', p.proname,
    (SELECT string_agg(CASE WHEN o = place THEN '$1' ELSE format('(%s)::%s', CASE WHEN p.proname LIKE 'predict%' AND a = 'double precision[]'::regtype THEN 'ARRAY[1, 2, 3]' ELSE pg_temp.argument(p.proname, p.proargnames[o], a::regtype::text) END, a::regtype) END, ', ' ORDER BY o)
     FROM unnest(p.proargtypes::oid[]) WITH ORDINALITY u (a, o)), CASE p.prokind WHEN 'a' THEN '' ELSE 'LIMIT 1' END) AS call
FROM place p;
CREATE TEMP TABLE verdict (signature text, field text, forged text, outcome text);
CREATE FUNCTION pg_temp.try(call text, type regtype, value jsonb) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    answer text;
BEGIN
    EXECUTE replace(call, '$1', format('jsonb_populate_record(NULL::%s, %L)', type, value)) INTO answer;
    RETURN 'answers ' || coalesce(answer, 'NULL');
EXCEPTION WHEN OTHERS THEN
    RETURN SQLSTATE || ' ' || SQLERRM;
END
$$;
INSERT INTO verdict SELECT signature, NULL, NULL, pg_temp.try(call, type, value) FROM taker JOIN sound USING (type);
INSERT INTO verdict SELECT signature, field, f.value::text, pg_temp.try(call, type, s.value || jsonb_build_object(field, f.value)) FROM taker JOIN sound s USING (type), jsonb_object_keys(s.value) field, forgery f;
-- and all of it NULL, and two fields at a time
INSERT INTO verdict SELECT signature, 'all', 'NULL', pg_temp.try(call, type, '{}') FROM taker;
INSERT INTO verdict SELECT signature, a || ' and ' || b, f.value::text, pg_temp.try(call, type, s.value || jsonb_build_object(a, f.value, b, f.value))
FROM taker JOIN sound s USING (type), jsonb_object_keys(s.value) a, jsonb_object_keys(s.value) b, forgery f WHERE a < b AND hashtext(a || b || f.value) % 400 = 0;
SELECT plan(5);
SELECT cmp_ok((SELECT count(*) FROM taker), '>=', 17::bigint, 'there are functions that take a composite');
SELECT is((SELECT string_agg(DISTINCT type::text, ', ') FROM place WHERE type NOT IN (SELECT type FROM sound WHERE value IS NOT NULL)), NULL, 'each of a type that an aggregate of the fixture returns');
SELECT is((SELECT string_agg(signature || ': ' || outcome, E'\n') FROM verdict v WHERE field IS NULL AND NOT EXISTS (SELECT FROM verdict o WHERE o.signature = v.signature AND o.field IS NULL AND o.outcome LIKE 'answers %')), NULL, 'each answers the sound value');
SELECT is((SELECT string_agg(format('%s: %s = %s: %s', signature, field, left(forged, 40), outcome), E'\n') FROM verdict WHERE outcome NOT LIKE 'answers %' AND outcome !~ '^(22|54)'), NULL, 'the others are answered or refused by name');
SELECT is((SELECT string_agg(format('%s: %s = %s: %s', signature, field, left(forged, 40), left(outcome, 200)), E'\n') FROM verdict WHERE outcome ~* '^answers.*\m(nan|infinity)\M' AND forged !~* '(nan|infinity|1e308|5e-324)'), NULL,
    'no NaN and no infinity out of what is finite');
SELECT * FROM finish();
