-- location: OR-Library, San Francisco and Swain, sets counted in SQL, monotone in p, units, order
SET client_min_messages = warning;
SET search_path = terrbal, public;
\getenv golden GOLDEN
SELECT plan(23);

CREATE TEMP TABLE trip AS
SELECT 'home ' || i AS d, 'site ' || chr(64 + j) AS s, (1 + i * 37 % 23)::float8 AS w, (1 + (i * 53 + j * 71 + i * j * 17) % 97)::float8 AS c
FROM generate_series(1, 40) i, generate_series(1, 8) j WHERE (i + j) % 5 > 0;
-- every choice of 3 sites, by definition
CREATE TEMP TABLE choice AS
SELECT a.s AS a, b.s AS b, e.s AS e, sum(w * least) AS total, coalesce(sum(w) FILTER (WHERE least <= 25), 0) AS covered, max(least) AS worst, bool_and(least < 'Infinity') AS serves
FROM (SELECT DISTINCT s FROM trip) a JOIN (SELECT DISTINCT s FROM trip) b ON a.s < b.s JOIN (SELECT DISTINCT s FROM trip) e ON b.s < e.s,
    LATERAL (SELECT d, w, coalesce(min(c) FILTER (WHERE s IN (a.s, b.s, e.s)), 'Infinity') AS least FROM trip GROUP BY d, w) x GROUP BY 1, 2, 3;
SELECT is((SELECT (p_median(d, s, w, c, 3)).objective FROM trip), (SELECT min(total) FROM choice WHERE serves), 'p-median is the best of all choices');
SELECT is((SELECT (maximal_cover(d, s, w, c, 3, 25)).objective FROM trip), (SELECT max(covered) FROM choice), 'so is maximal cover: nobody counts twice');
SELECT is((SELECT (p_centre(d, s, c, 3)).objective FROM trip), (SELECT min(worst) FROM choice WHERE serves), 'and the p-centre');
SELECT is((SELECT (set_cover(d, s, c, (SELECT min(worst) FROM choice WHERE serves))).objective FROM trip), 3::float8, 'whose radius three sites cover');
SELECT is((SELECT sum(a.weight * a.cost) FROM (SELECT (p_median(d, s, w, c, 3)).assignment FROM trip) m, unnest(assignment) a), (SELECT (p_median(d, s, w, c, 3)).objective FROM trip), 'assignments add up to the objective');
SELECT is((SELECT count(*) FROM (SELECT (p_median(d, s, w, c, p)).objective AS now, lag((p_median(d, s, w, c, p)).objective) OVER (ORDER BY p) AS before,
        (maximal_cover(d, s, w, c, p, 20)).objective AS served, lag((maximal_cover(d, s, w, c, p, 20)).objective) OVER (ORDER BY p) AS served_before,
        (p_centre(d, s, c, p)).objective AS worst, lag((p_centre(d, s, c, p)).objective) OVER (ORDER BY p) AS worst_before FROM trip, generate_series(2, 8) p GROUP BY p) m
    WHERE now > before OR served < served_before OR worst > worst_before), 0::bigint, 'one more site never harms');
SELECT is((SELECT count(DISTINCT m::text) FROM (SELECT n, p_median(d, s, w, c, 3) AS m FROM (SELECT * FROM trip, generate_series(1, 20) n ORDER BY md5(d || s || n)) r GROUP BY n) x), 1::bigint, 'row order plays no part');
SELECT is((SELECT (p_median(d, s, 8, 3, 3)).open FROM trip), (SELECT (p_median(d, s, 1, 1, 3)).open FROM trip), 'where all choices are equal the ids decide');

-- closing and opening: against the difference of two p-medians, a count by definition in SQL, and each other
CREATE TEMP TABLE present AS SELECT *, s IN ('site A', 'site C', 'site F') AS is_open FROM trip;
-- every demand reaches every site
CREATE TEMP TABLE near AS SELECT d, w, s, coalesce(c, 1 + length(d) * 3) AS c, s IN ('site A', 'site C', 'site F') AS is_open FROM (SELECT DISTINCT d, w FROM trip) a CROSS JOIN (SELECT DISTINCT s FROM trip) b LEFT JOIN trip USING (d, w, s);
CREATE TEMP TABLE closing AS SELECT c.* FROM (SELECT closure_effect(d, s, w, c, is_open, 30) AS x FROM present) q, unnest(x) c;
CREATE TEMP TABLE opening AS SELECT c.* FROM (SELECT opening_effect(d, s, w, c, is_open, 30) AS x FROM present) q, unnest(x) c;
CREATE TEMP TABLE with_closed AS
SELECT v.s AS without, d, min(w) AS w, min(c) FILTER (WHERE is_open) AS before, min(c) FILTER (WHERE is_open AND t.s <> v.s) AS after,
    (array_agg(t.s ORDER BY c, t.s COLLATE "C") FILTER (WHERE is_open))[1] AS used FROM (SELECT DISTINCT s FROM present WHERE is_open) v, present t GROUP BY 1, 2;
SELECT results_eq('SELECT site_id, users, extra_cost, mean_extra_cost, worst_cost, beyond_threshold, worst_extra_cost, unserved FROM closing ORDER BY 1',
    'SELECT without, sum(w), sum(w * (after - before)), sum(w * (after - before)) / sum(w) FILTER (WHERE after IS NOT NULL), max(after), coalesce(sum(w) FILTER (WHERE before <= 30 AND (after > 30 OR after IS NULL)), 0), max(after - before), coalesce(sum(w) FILTER (WHERE after IS NULL), 0)
     FROM with_closed WHERE used = without GROUP BY 1 ORDER BY 1', 'closures by definition');
SELECT is((SELECT sum(m.users) FROM closing, unnest(moves) m), (SELECT sum(users) FROM closing), 'everybody goes somewhere, or nowhere, once');
SELECT is((SELECT round(sum(m.cost)::numeric, 9) FROM closing, unnest(moves) m), (SELECT round(sum(extra_cost)::numeric, 9) FROM closing), 'and pays there what the site says');
SELECT is((SELECT string_agg(o.site_id, ', ') FROM opening o, LATERAL (SELECT c.* FROM (SELECT closure_effect(d, s, w, c, is_open OR s = o.site_id, 30) AS x FROM present) q, unnest(x) c WHERE c.site_id = o.site_id) c
    WHERE (o.users, o.saved_cost, o.mean_saved_cost, o.within_threshold, o.most_saved_cost, o.newly_served, o.moves) IS DISTINCT FROM (c.users, c.extra_cost, c.mean_extra_cost, c.beyond_threshold, c.worst_extra_cost, c.unserved, c.moves)),
    NULL, 'closing a site undoes its opening');
SELECT is((SELECT string_agg(c.site_id, ', ') FROM (SELECT c.* FROM (SELECT closure_effect(d, s, w, c, is_open) AS x FROM near) q, unnest(x) c) c, (SELECT (p_median(d, s, w, c, 3, is_open)).objective FROM near) a,
        LATERAL (SELECT (p_median(d, s, w, c, 2, is_open AND s <> c.site_id)).objective FROM near WHERE s <> c.site_id) b WHERE abs(b.objective - a.objective - c.extra_cost) > 1e-9 * b.objective),
    NULL, 'the extra cost is the difference of two p-medians');
SELECT is((SELECT count(DISTINCT m::text) FROM (SELECT n, closure_effect(d, s, w, c, is_open, 30) AS m FROM (SELECT * FROM present, generate_series(1, 20) n ORDER BY md5(d || s || n)) r GROUP BY n) x), 1::bigint, 'row order plays no part in closures');
SELECT is((SELECT closure_effect(rollup(s), 30)::text FROM (SELECT location_state(d, s, w, c, is_open)::text::location_state AS s FROM present GROUP BY length(d), right(d, 1)) x), (SELECT closure_effect(d, s, w, c, is_open, 30)::text FROM present), 'nor do parts');

-- as test/bench/location.sql, smaller: 600 demands, 80 sites, 24,000 rows
CREATE TEMP TABLE wide AS
SELECT i AS d, j AS s, w, c FROM (SELECT i, (1 + i * 37 % 211)::float8 AS w, i * 7919::bigint % 100003 AS x, i * 104729::bigint % 99991 AS y FROM generate_series(1, 600) i) p,
    LATERAL (SELECT j, sqrt((x - j * 6151::bigint % 100003) ^ 2 + (y - j * 3571::bigint % 99991) ^ 2) AS c FROM generate_series(1, 80) j ORDER BY 2 LIMIT 40) n;
SELECT cmp_ok((SELECT (p_median(d, s, w, c, 12)).gap FROM wide), '<', 0.01::float8, 'a bound within 1 per cent');
SELECT cmp_ok((SELECT (p_centre(d, s, c, 12)).gap FROM wide), '<', 0.001::float8, 'of the worst cost within a thousandth');
SELECT cmp_ok((SELECT (maximal_cover(d, s, w, c, 12, 15000)).gap FROM wide), '<', 0.05::float8, 'of those who are served');
SELECT cmp_ok((SELECT (set_cover(d, s, c, 22000)).gap FROM wide), '<', 0.05::float8, 'and of the number of sites');
SELECT is((SELECT count(*) FROM wide JOIN (SELECT (p_centre(d, s, c, 12)).* FROM wide) m ON s::text = ANY (open) AND c <= objective GROUP BY objective HAVING count(DISTINCT d) < 600), NULL, 'whose sites reach all within it');
\if :{?golden}
CREATE TEMP TABLE sf (site text, client text, metres float8, people float8);
\copy sf FROM PROGRAM 'cat "$GOLDEN/space/facility_location/sf_distance_205x16.csv"' CSV HEADER
CREATE TEMP TABLE node (node text, x float8, y float8, demand float8);
\copy node FROM PROGRAM 'cat "$GOLDEN/space/facility_location/swain55.csv"' CSV HEADER
CREATE TEMP TABLE swain AS SELECT a.node AS d, b.node AS s, a.demand AS w, (a.x - b.x) ^ 2 + (a.y - b.y) ^ 2 AS square FROM node a, node b;
CREATE TEMP TABLE verdict AS
SELECT 'San Francisco, p-median' AS what, (round(m.objective::numeric, 3), m.gap, m.open) = (2848268129.715, 0, '{Store_11,Store_12,Store_15,Store_2}') AS ok FROM (SELECT (p_median(client, site, people, metres, 4)).* FROM sf) m
UNION ALL SELECT 'its weighted mean', abs((p_median(client, site, people, metres, 4)).objective / 955113 - 2982.1268579890657) < 1e-9 FROM sf
UNION ALL SELECT 'maximal cover in 5 km', (m.objective, m.gap, m.unserved, m.open) = (875247, 0, 21, '{Store_11,Store_12,Store_15,Store_2}') FROM (SELECT (maximal_cover(client, site, people, metres, 4, 5000)).* FROM sf) m
UNION ALL SELECT 'set cover in 5 km', (m.objective, m.gap) = (8, 0) FROM (SELECT (set_cover(client, site, metres, 5000)).* FROM sf) m
UNION ALL SELECT 'four stores, p-centre', (m.objective, m.gap) = (7403.063810849859, 0) FROM (SELECT (p_centre(client, site, metres, 4)).* FROM sf) m
UNION ALL SELECT 'Swain, p-median, p = ' || p, (round(m.objective::numeric, 9), m.gap, m.open) = (want, 0, v.sites) FROM (VALUES (1, 5773.961589041, '{2}'::text[]), (2, 4614.765479174, '{2,22}'), (3, 3870.244241833, '{2,22,41}')) v (p, want, sites), LATERAL (SELECT (p_median(d, s, w, sqrt(square), p)).* FROM swain) m
UNION ALL SELECT 'p-centre, p = ' || p, (m.objective, m.gap) = (want, 0) FROM (VALUES (1, 800), (2, 538), (3, 305)) v (p, want), LATERAL (SELECT (p_centre(d, s, square, p)).* FROM swain) m
UNION ALL SELECT 'maximal cover, p = ' || p, (m.objective, m.gap) = (want, 0) FROM unnest(ARRAY[425, 502, 548, 581, 609, 625, 633]) WITH ORDINALITY v (want, p), LATERAL (SELECT (maximal_cover(d, s, w, square, p::int, 100)).* FROM swain) m
UNION ALL SELECT 'set cover within the root of ' || reach, (m.objective, m.gap) = (want, 0) FROM (VALUES (100, 9), (225, 5)) v (reach, want), LATERAL (SELECT (set_cover(d, s, square, reach)).* FROM swain) m;
SELECT is((SELECT string_agg(what, ', ') FROM verdict WHERE ok IS NOT TRUE), NULL, 'published and enumerated optima, all proven');
SELECT throws_ok('SELECT set_cover(client, site, metres, 20) FROM sf', '22023', NULL, 'no store within 20 m');
\else
SELECT skip('the figures of test/fixture/golden are not here', 2);
\endif
\set pmed `test -e "$GOLDEN/space/facility_location/pmed1_edges.csv" && echo 1 || echo 0`
\if :pmed
CREATE TEMP TABLE edge (instance int, seq int, a int, b int, c float8);
CREATE TEMP TABLE read (seq int, a int, b int, c float8);
\copy read FROM PROGRAM 'cat "$GOLDEN/space/facility_location/pmed1_edges.csv"' CSV HEADER
INSERT INTO edge SELECT 1, * FROM read;
TRUNCATE read;
\copy read FROM PROGRAM 'cat "$GOLDEN/space/facility_location/pmed2_edges.csv"' CSV HEADER
INSERT INTO edge SELECT 2, * FROM read;
TRUNCATE read;
\copy read FROM PROGRAM 'cat "$GOLDEN/space/facility_location/pmed5_edges.csv"' CSV HEADER
INSERT INTO edge SELECT 5, * FROM read;
-- all shortest paths (Floyd and Warshall); of edges given twice the last counts
CREATE FUNCTION pg_temp.paths(which int) RETURNS TABLE (a text, b text, c float8) LANGUAGE plpgsql AS $$
DECLARE
    n CONSTANT int := 100;
    d float8[] := array_fill('Infinity'::float8, ARRAY[n, n]);
    e edge;
    x float8;
BEGIN
    FOR e IN SELECT * FROM edge WHERE instance = which ORDER BY seq LOOP
        d[e.a][e.b] := e.c;
        d[e.b][e.a] := e.c;
    END LOOP;
    FOR k IN 1 .. n LOOP
        d[k][k] := 0;
    END LOOP;
    FOR k IN 1 .. n LOOP
        FOR i IN 1 .. n LOOP
            x := d[i][k];
            CONTINUE WHEN x = 'Infinity';
            FOR j IN 1 .. n LOOP
                IF x + d[k][j] < d[i][j] THEN d[i][j] := x + d[k][j]; END IF;
            END LOOP;
        END LOOP;
    END LOOP;
    RETURN QUERY SELECT i::text, j::text, d[i][j] FROM generate_series(1, n) i, generate_series(1, n) j;
END
$$;
CREATE TEMP TABLE pmed AS SELECT v.*, x.* FROM (VALUES (1, 5, 5819), (2, 10, 4093), (5, 33, 1355)) v (instance, p, median), LATERAL pg_temp.paths(instance) x;
SELECT is((SELECT string_agg('pmed' || instance, ', ') FROM (SELECT instance, (p_median(a, b, 1, c, p)).*, min(median) AS median FROM pmed GROUP BY instance, p) m WHERE (objective, gap) IS DISTINCT FROM (median, 0)),
    NULL, 'optima of OR-Library, proven');
\else
SELECT skip('figures of sources whose licence keeps them out: test/fixture/golden/README.md', 1);
\endif
SELECT * FROM finish();
