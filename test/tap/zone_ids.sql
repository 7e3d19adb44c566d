-- Integer zone ids: what takes zones as text takes them as integers, with the results of their decimal text; and whatever is typed finds one function.
-- Drawn from the catalogue, so that a function added tomorrow is in it.
SET client_min_messages = warning;
SET search_path = terrbal, terrbal_support, public;
\ir ../fixture/calls.sql
SELECT plan(11);

CREATE TEMP VIEW callable AS
SELECT p.oid, p.oid::regprocedure::text AS call, p.proname, p.prokind, p.proargtypes::oid[] AS types, p.proargnames[1:p.pronargs] AS names
FROM pg_proc p JOIN pg_depend d ON d.objid = p.oid AND d.classid = 'pg_proc'::regclass AND d.deptype = 'e'
JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'terrbal'
WHERE p.prokind IN ('a', 'w', 'f') AND p.prorettype <> 'trigger'::regtype AND NOT 'internal'::regtype = ANY (p.proargtypes::oid[]) AND NOT 'cstring'::regtype = ANY (p.proargtypes::oid[]);
-- zones, and what zones belong to
CREATE TEMP VIEW zoned AS
SELECT c.*, i.numbered, i.numbers
FROM callable c, LATERAL (SELECT array_agg(CASE WHEN name ~ '^(origin|destination)(_area|_city)?$|^(zone|area|neighbour|demand_id|supply_id|site_id|unit_i|unit_j|before|after|area_a|area_b)$|^(unit|parent)$' AND (name NOT IN ('unit', 'parent') OR c.proname LIKE 'segregation%') AND t = 'text'::regtype THEN 'bigint'::regtype::oid ELSE t END ORDER BY o) AS numbered,
    array_agg(name ~ '^(origin|destination)(_area|_city)?$|^(zone|area|neighbour|demand_id|supply_id|site_id|unit_i|unit_j|before|after|area_a|area_b)$|^(unit|parent)$' AND (name NOT IN ('unit', 'parent') OR c.proname LIKE 'segregation%') AND t = 'text'::regtype ORDER BY o) AS numbers
    FROM unnest(c.names, c.types) WITH ORDINALITY u(name, t, o)) i
WHERE prokind IN ('a', 'w') AND ARRAY['text'::regtype::oid] <@ types AND (names && '{origin,origin_area,demand_id,unit_i,before,area_a}' OR names @> '{zone,neighbour}' OR proname LIKE 'segregation%' OR proname = 'pycnophylactic') AND NOT 'bigint'::regtype = ANY (types);
SELECT cmp_ok(count(*), '>=', 17::bigint, 'there are calls that take zones') FROM zoned;
SELECT is_empty($$SELECT call FROM zoned z WHERE NOT EXISTS (SELECT FROM callable c WHERE c.proname = z.proname AND array_to_string(c.types, ' ') = array_to_string(z.numbered, ' ') AND c.prokind = z.prokind)$$, 'each of them takes integers too');

-- The same result, bit for bit, from numbers and from their text
CREATE TEMP TABLE compared (call text, equal boolean);
DO $$
DECLARE
    z record;
    same boolean;
BEGIN
    FOR z IN SELECT call, proname, (SELECT string_agg(format(CASE WHEN n THEN '(%s)::bigint' ELSE '(%s)::%s' END, pg_temp.argument(proname, name, CASE WHEN n THEN 'bigint' ELSE format_type(t, NULL) END), format_type(t, NULL)), ', ' ORDER BY o)
                 FROM unnest(names, types, numbers) WITH ORDINALITY u(name, t, n, o)) AS number, (SELECT string_agg(format(CASE WHEN n THEN '(%s)::bigint::text' ELSE '(%s)::%s' END, pg_temp.argument(proname, name, CASE WHEN n THEN 'bigint' ELSE format_type(t, NULL) END), format_type(t, NULL)), ', ' ORDER BY o)
                 FROM unnest(names, types, numbers) WITH ORDINALITY u(name, t, n, o)) AS text FROM zoned WHERE prokind = 'a' LOOP
        EXECUTE format('SELECT %1$I(%2$s)::text = %1$I(%3$s)::text FROM fixture', z.proname, z.number, z.text) INTO same;
        INSERT INTO compared VALUES (z.call, same);
    END LOOP;
END $$;
SELECT cmp_ok(count(*), '>=', 16::bigint, 'aggregates were compared') FROM compared WHERE equal IS NOT NULL;
SELECT is_empty('SELECT call FROM compared WHERE equal IS DISTINCT FROM true', 'numbers give what their decimal text gives');
SELECT is_empty($$SELECT FROM (SELECT balanced_flow(s, o, d, 6, 4) OVER () AS x, balanced_flow(s, o::text, d::text, 6, 4) OVER () AS y FROM (SELECT o, d, 1 + d % 3 AS s FROM unnest(ARRAY[-5, 3]) o, unnest(ARRAY[9223372036854775807, 0, 12]) d) v) t WHERE x IS DISTINCT FROM y$$,
    'balanced_flow too, for numbers of any size and sign');

-- Which calls find no function, or several: the arguments as expressions by their type
CREATE FUNCTION pg_temp.unresolved(oid, arguments text[]) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    f record;
    call text;
BEGIN
    SELECT proname, prokind INTO f FROM pg_proc WHERE oid = $1;
    call := format('%I(%s)%s', f.proname, array_to_string(arguments, ', '), CASE f.prokind WHEN 'w' THEN ' OVER ()' ELSE '' END);
    EXECUTE 'EXPLAIN SELECT ' || call;
    RETURN NULL;
EXCEPTION
    WHEN ambiguous_function OR undefined_function THEN RETURN call || ': ' || SQLERRM;
    WHEN OTHERS THEN RETURN NULL; -- found, and refused what the literals say
END $$;
-- what a person types: text, numbers and arrays without a type; states and composites come from columns, and all that rollup takes are states
CREATE FUNCTION pg_temp.literal(t oid) RETURNS text LANGUAGE sql AS $$
    SELECT CASE WHEN t IN ('text'::regtype, 'date'::regtype) OR typcategory = 'A' THEN quote_literal(CASE WHEN typcategory = 'A' THEN '{1}' ELSE '2020-01-01' END)
                WHEN typcategory = 'B' THEN 'true' WHEN t = 'smallint'::regtype THEN '1::smallint' WHEN typcategory = 'N' THEN '1' ELSE 'NULL::' || format_type(t, NULL) END FROM pg_type WHERE oid = t
$$;
SELECT is_empty($$SELECT pg_temp.unresolved(oid, (SELECT array_agg(pg_temp.literal(t) ORDER BY o) FROM unnest(types) WITH ORDINALITY u(t, o))) AS x FROM callable WHERE cardinality(types) > 0 AND proname <> 'rollup' EXCEPT SELECT NULL$$,
    'every function is found by literals as they are typed');
SELECT is_empty($$SELECT pg_temp.unresolved(oid, (SELECT array_agg(CASE WHEN n AND o % 2 = 0 THEN a WHEN n THEN b ELSE pg_temp.literal(t) END ORDER BY o) FROM unnest(types, numbers) WITH ORDINALITY u(t, n, o))) AS x
    FROM zoned, unnest('{1,1::smallint,1::int,1::bigint,"NULL",1,1::smallint}'::text[], '{1,1::smallint,1::bigint,1::int,1::bigint,"NULL",1::bigint}'::text[]) v(a, b) EXCEPT SELECT NULL$$, 'zones of any integer type are found, mixed and NULL too');
SELECT is_empty($$SELECT pg_temp.unresolved(oid, (SELECT array_agg(CASE WHEN n THEN a ELSE pg_temp.literal(t) END ORDER BY o) FROM unnest(types, numbers) WITH ORDINALITY u(t, n, o))) AS x
    FROM zoned, unnest(ARRAY['NULL', '''7''', '''a''::text', '''a''::varchar(5)', '''a''::char(5)', '''a''::name']) a EXCEPT SELECT NULL$$, 'and of any character type');
-- units, groups and ids that are no zones of flows, in any mix of kinds
SELECT ok(segregation(u, g, n)::text = segregation(u::text, g::text, n)::text AND segregation('q' || u, g, n)::text = segregation('q' || u, g::text, n)::text AND segregation(u, 'g' || g, n)::text = segregation(u::text, 'g' || g, n)::text
    AND segregation_decomposition(u, g, n, u % 3)::text = segregation_decomposition(u::text, g::text, n, (u % 3)::text)::text AND local_segregation('q' || u, g, n)::text = local_segregation('q' || u, g::text, n)::text, 'units and groups of segregation')
FROM (SELECT i % 7 AS u, i % 3 AS g, i AS n FROM generate_series(1, 40) i) s;
SELECT ok(neighbour_pairs(i, g)::text = neighbour_pairs(i::text, g)::text AND neighbour_pairs(i, g, 0.1)::text = neighbour_pairs(i::text, g, 0.1)::text AND (neighbour_pairs(i, g))[1].unit_i = '10', 'units with polygons, in the order of their text')
FROM (SELECT i, ST_MakeEnvelope(i, 0, i + 1, 1) AS g FROM generate_series(8, 12) i) s;
SELECT ok(synthetic_control(u, t, y, 1, 5)::text = synthetic_control(u::text, t, y, '1', 5)::text AND group_time_effects(u, t, y, g, 'never')::text = group_time_effects(u::text, t, y, g, 'never')::text, 'units that were treated')
FROM (SELECT i % 9 AS u, i / 9 AS t, ((i * 7) % 13)::float8 AS y, CASE i % 9 WHEN 1 THEN 4 WHEN 2 THEN 5 END AS g FROM generate_series(0, 71) i) s;
SELECT * FROM finish();
