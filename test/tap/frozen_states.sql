-- States that earlier versions stored are read, and mean what they meant: each function over them answers what that version answered.
\ir ../fixture/states_1.0.sql
SET client_min_messages = warning;

-- where an answer has changed on purpose, as CHANGELOG.md says: the key of a composite, '' for the answer itself, '*' for all of it
CREATE TEMP TABLE changed (function text, key text, PRIMARY KEY (function, key));
INSERT INTO changed VALUES ('wolfson_polarisation', ''),
    -- a failing area is dissolved to its last member, as the official method does
    ('labour_market_areas', '*');

-- every number and text of an answer with its place; of an array also the length
CREATE FUNCTION pg_temp.leaves(answer jsonb) RETURNS TABLE (place text, leaf jsonb) LANGUAGE sql AS $$
    WITH RECURSIVE node (place, leaf) AS (
        SELECT '', answer
        UNION ALL
        SELECT n.place || '/' || x.key, x.value FROM node n, LATERAL (
            SELECT * FROM jsonb_each(CASE WHEN jsonb_typeof(n.leaf) = 'object' THEN n.leaf END)
            UNION ALL SELECT (o - 1)::text, e FROM jsonb_array_elements(CASE WHEN jsonb_typeof(n.leaf) = 'array' THEN n.leaf END) WITH ORDINALITY a (e, o)) x)
    SELECT place, CASE WHEN jsonb_typeof(leaf) = 'array' THEN to_jsonb(jsonb_array_length(leaf)) ELSE leaf END FROM node WHERE jsonb_typeof(leaf) <> 'object'
$$;
CREATE FUNCTION pg_temp.short(answer jsonb) RETURNS jsonb LANGUAGE sql RETURN
    CASE WHEN jsonb_typeof(answer) = 'array' AND jsonb_array_length(answer) > 12
        THEN jsonb_build_object('length', jsonb_array_length(answer), 'first', jsonb_path_query_array(answer, '$[0 to 11]')) ELSE answer END;
-- numbers to 12 digits: libm differs in the last one between systems
CREATE FUNCTION pg_temp.same(a jsonb, b jsonb) RETURNS boolean LANGUAGE sql RETURN
    CASE WHEN jsonb_typeof(a) = 'number' AND jsonb_typeof(b) = 'number'
        THEN abs(a::numeric - b::numeric) <= 1e-12 * greatest(abs(a::numeric), abs(b::numeric)) ELSE a IS NOT DISTINCT FROM b END;

CREATE TEMP TABLE asked (shape text, call text, part int, place text, was jsonb, now jsonb);
CREATE TEMP TABLE kept (shape text, part int, same boolean);
DO $$
DECLARE
    a frozen_answer;
    type text;
    state text;
    answer jsonb;
    same boolean;
    s frozen_state;
BEGIN
    FOR a IN SELECT * FROM frozen_answer LOOP
        SELECT f.type, format('%L::%s', f.state, f.type) INTO type, state FROM frozen_state f WHERE f.shape = a.shape AND f.part IS NOT DISTINCT FROM coalesce(a.part, 0);
        IF a.part IS NULL THEN
            state := format('(SELECT terrbal.rollup(f.state::%s) FROM frozen_state f WHERE f.shape = %L)', type, a.shape);
        END IF;
        BEGIN
            EXECUTE 'SELECT pg_temp.short(to_jsonb(' || replace(a.call, '$', state) || '))' INTO answer;
        EXCEPTION WHEN OTHERS THEN
            answer := to_jsonb(SQLERRM);
        END;
        -- a key that was added since is no difference
        INSERT INTO asked SELECT a.shape, a.call, a.part, place, w.leaf, n.leaf FROM pg_temp.leaves(a.answer) w LEFT JOIN pg_temp.leaves(answer) n USING (place);
        IF a.answer IS NULL THEN
            INSERT INTO asked VALUES (a.shape, a.call, a.part, '', NULL, answer);
        END IF;
    END LOOP;
    FOR s IN SELECT * FROM frozen_state LOOP
        BEGIN
            EXECUTE format('SELECT (%L::%s)::text::%2$s::text = (%1$L::%2$s)::text', s.state, s.type) INTO same;
        EXCEPTION WHEN OTHERS THEN
            same := false;
        END;
        INSERT INTO kept VALUES (s.shape, s.part, same);
    END LOOP;
END
$$;
CREATE TEMP VIEW compared AS
SELECT shape, substring(call, 'terrbal\.(\w+)') AS function, count(*),
    string_agg(format('%s, part %s%s: was %s, is %s', call, coalesce(part::text, 'all'), place, was, now), '; ') FILTER (WHERE NOT pg_temp.same(was, now) AND c.function IS NULL) AS different
FROM asked LEFT JOIN changed c ON c.function = substring(call, 'terrbal\.(\w+)') AND c.key IN ('*', substring(place, '[^/]*$')) GROUP BY 1, 2;

SELECT plan((SELECT count(*)::int FROM compared) + (SELECT count(DISTINCT shape)::int FROM frozen_state) + (SELECT count(*)::int FROM changed) + 1);
SELECT ok(bool_and(same), shape || ': states of 1.0 are read, and written again') FROM kept GROUP BY shape ORDER BY shape;
SELECT is(left(different, 300), NULL, format('%s of a stored %s: %s figures', function, shape, count)) FROM compared ORDER BY shape, function;
-- a line of changed that is no longer needed must go
SELECT ok(bool_or(NOT pg_temp.same(was, now)), format('%s %s has changed since 1.0', c.function, c.key)) FROM changed c
    LEFT JOIN asked ON c.function = substring(call, 'terrbal\.(\w+)') AND c.key IN ('*', substring(place, '[^/]*$')) GROUP BY c.function, c.key;
SELECT is((SELECT string_agg(t.typname, ', ') FROM pg_type t WHERE t.typname IN ('accessibility_state', 'catchment_state', 'cluster_state', 'contiguity_state', 'coverage_state', 'event_state', 'flow_state',
    'gravity_state', 'grid_state', 'grouped_state', 'labour_market_state', 'linkage_state', 'moment_state', 'neighbour_state', 'paired_state', 'regression_rows', 'repeat_sales_state', 'robust_state',
    'sample_state', 'spar_state', 'spatial_state', 'surface_state', 'urban_area_state', 'urbanisation_state') AND t.typnamespace = 'terrbal'::regnamespace
    AND NOT EXISTS (SELECT FROM frozen_state f WHERE f.type = 'terrbal.' || t.typname)), NULL, 'every type of state that 1.0 had');
SELECT * FROM finish();
