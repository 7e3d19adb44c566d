-- Composites that nobody computed: every function that takes one, drawn from the catalogue, with a sound value in which one field after the other is NULL, NaN, infinite,
-- negative, vast, empty, of another shape or of another length. An answer, or an error of class 22 or 54.
\ir ../fixture/calls.sql
INSERT INTO fixture_argument VALUES ('level', 'double precision', '0.9');
DELETE FROM fixture WHERE i > 30;
SET client_min_messages = error;
CREATE TEMP TABLE sound AS
SELECT 'terrbal.regression'::regtype AS type, to_jsonb(terrbal.ols(positive * 2 + signed + i % 7, ARRAY[1, positive, signed * positive])) AS value FROM fixture
UNION ALL SELECT 'terrbal.regression', to_jsonb(terrbal.ols_cluster(positive * 2 + signed, ARRAY[1, positive, whole], grp)) FROM fixture
UNION ALL SELECT 'terrbal.ratio_study', to_jsonb(terrbal.ratio_study(positive, whole + 1)) FROM fixture
UNION ALL SELECT 'terrbal.gravity', to_jsonb(terrbal.gravity(origin, destination, whole, 10 + substr(origin, 2)::int, 20 + substr(destination, 2)::int,
    1 + abs(substr(origin, 2)::int - substr(destination, 2)::int), 'unconstrained', 'power')) FROM fixture;
CREATE TEMP TABLE forgery AS SELECT to_jsonb(v) AS value FROM unnest(ARRAY[NULL, 'NaN', 'Infinity', '-Infinity', '-1', '0', '1e308', '5e-324', '9223372036854775807', '-2147483648', 'no such choice', 'false',
    '{}', '{NULL}', '{NaN}', '{NULL,1,2}', '{1,Infinity,2}', '{1e308,1e308,1e308}', '{{1,2},{3,4}}', '[5:6]={1,2}', '{{1,2,3},{4,5,6},{7,8,9}}', '[0:2][7:9]={{-1,0,0},{0,-1,0},{0,0,-1}}', (SELECT array_agg(0)::text FROM generate_series(1, 300))]) v;
-- the calls: the composite is $1, other arguments come from the fixture
CREATE TEMP TABLE taker AS
SELECT p.oid::regprocedure::text AS signature, t::regtype AS type, format('SELECT (terrbal.%I(%s))::text FROM fixture %s', p.proname,
    (SELECT string_agg(CASE WHEN o = place THEN '$1' ELSE format('(%s)::%s', CASE WHEN p.proname = 'predicted' AND a = 'double precision[]'::regtype THEN 'ARRAY[1, 2, 3]' ELSE pg_temp.argument(p.proname, p.proargnames[o], a::regtype::text) END, a::regtype) END, ', ' ORDER BY o)
     FROM unnest(p.proargtypes::oid[]) WITH ORDINALITY u (a, o)), CASE p.prokind WHEN 'a' THEN '' ELSE 'LIMIT 1' END) AS call
FROM pg_proc p, unnest(p.proargtypes::oid[]) WITH ORDINALITY c (t, place)
WHERE p.pronamespace = 'terrbal'::regnamespace AND p.prokind IN ('a', 'f') AND t IN (SELECT type FROM sound) AND NOT EXISTS (SELECT FROM pg_aggregate WHERE aggtransfn = p.oid);
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
FROM taker JOIN sound s USING (type), jsonb_object_keys(s.value) a, jsonb_object_keys(s.value) b, forgery f WHERE a < b AND hashtext(a || b || f.value) % 40 = 0;
SELECT plan(5);
SELECT is((SELECT string_agg(substr(split_part(signature, '(', 1), 9), ', ' ORDER BY signature) FROM taker),
    'confidence_interval, ols_robust, predicted, predicted_flow, standards_met', 'who takes a composite');
SELECT is((SELECT string_agg(DISTINCT t::regtype::text, ', ') FROM pg_proc p, unnest(p.proargtypes::oid[]) t JOIN pg_type y ON y.oid = t WHERE p.pronamespace = 'terrbal'::regnamespace AND y.typtype = 'c' AND t NOT IN (SELECT type FROM sound)),
    'terrbal.indicator, terrbal.run', 'all others take rows of the monitor''s tables');
SELECT cmp_ok((SELECT count(DISTINCT signature) FROM verdict WHERE field IS NULL AND outcome LIKE 'answers %' AND outcome <> 'answers NULL'), '=', (SELECT count(DISTINCT signature) FROM taker), 'each answers the sound value');
SELECT is((SELECT string_agg(format('%s: %s = %s: %s', signature, field, left(forged, 40), outcome), E'\n') FROM verdict WHERE outcome NOT LIKE 'answers %' AND outcome !~ '^(22|54)'), NULL, 'the others are answered or refused by name');
SELECT is((SELECT string_agg(format('%s: %s = %s: %s', signature, field, left(forged, 40), left(outcome, 200)), E'\n') FROM verdict WHERE outcome ~* '^answers.*\m(nan|infinity)\M' AND forged !~* '(nan|infinity|1e308|5e-324)'), NULL,
    'no NaN and no infinity out of what is finite');
SELECT * FROM finish();
