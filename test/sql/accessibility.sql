-- accessibility: documented examples, NULL, empty, zero, errors
CREATE SCHEMA accessibility_example;
SET search_path = accessibility_example, terrbal, public;
\set VERBOSITY default
\pset null '-'

-- example table
CREATE TABLE travel (home text, clinic text, residents float8, doctors float8, minutes float8);
INSERT INTO travel VALUES
    ('Alba', 'north', 8000, 12, 8), ('Alba', 'south', 8000, 6, 35),
    ('Bosco', 'north', 1500, 12, 22), ('Bosco', 'south', 1500, 6, 48),
    ('Duomo', 'north', 5200, 12, 41), ('Duomo', 'south', 5200, 6, 6),
    ('Forra', 'north', 700, 12, 75), ('Forra', 'south', 700, 6, 33);

-- example hansen
SELECT home, round(accessibility(doctors, minutes, 'exponential', ARRAY[0.05])::numeric, 2) AS exponential,
       accessibility(doctors, minutes, 'step', ARRAY[30, 1]) AS within_30,
       round(accessibility(doctors, minutes, 'gaussian', ARRAY[20])::numeric, 2) AS gaussian
FROM travel GROUP BY home ORDER BY home;

-- example catchment
SELECT a.demand_id, round(1000 * a.score::numeric, 3) AS two_step, round(1000 * e.score::numeric, 3) AS enhanced, round(v.score::numeric, 2) AS doctors_available
FROM (SELECT catchment_access(home, clinic, residents, doctors, minutes, '2sfca', 'none', NULL, 45) AS a,
             catchment_access(home, clinic, residents, doctors, minutes, '2sfca', 'step', ARRAY[10, 1, 30, 0.68, 60, 0.22], NULL) AS e,
             catchment_access(home, clinic, residents, doctors, minutes, 'spatial_availability', 'exponential', ARRAY[0.05], NULL) AS v
      FROM travel) s, unnest(s.a) a JOIN unnest(s.e) e USING (demand_id) JOIN unnest(s.v) v USING (demand_id)
ORDER BY a.demand_id;

-- example conserved
SELECT round(sum(v.score)::numeric, 9) AS doctors
FROM (SELECT catchment_access(home, clinic, residents, doctors, minutes, 'spatial_availability', 'exponential', ARRAY[0.05], NULL) AS v FROM travel) s, unnest(s.v) v;

-- example huff
SELECT community, store, round(huff_share(floor_area, km, 1, 2) OVER (PARTITION BY community)::numeric, 4) AS share,
       round((turnover * huff_share(floor_area, km, 1, 2) OVER (PARTITION BY community))::numeric) AS sales
FROM (VALUES ('Oak Hammock', 'existing', 5000, 5, 3000000), ('Oak Hammock', 'new', 10000, 15, 3000000),
             ('Rock Creek', 'existing', 5000, 10, 5000000), ('Rock Creek', 'new', 10000, 5, 5000000)) s (community, store, floor_area, km, turnover)
ORDER BY community, store;

-- nothing in, NULL out
SELECT accessibility(doctors, minutes, 'linear', ARRAY[60]) IS NULL AS hansen, catchment_access(home, clinic, residents, doctors, minutes, '2sfca', 'none', NULL, 45) IS NULL AS catchment
FROM travel WHERE false;
SELECT accessibility(NULL, minutes, 'linear', ARRAY[60]) IS NULL AS hansen, catchment_access(home, NULL, residents, doctors, minutes, '2sfca', 'none', NULL, 45) IS NULL AS catchment FROM travel;
-- a pair stands once, whichever state it came in
SELECT catchment_access(d, s, p, q, c, '2sfca', 'none', NULL, 30) FROM (VALUES ('d1', 's1', 100, 5, 10), ('d1', 's1', 100, 5, 10), ('d2', 's1', 50, 5, 10)) v (d, s, p, q, c);
SELECT catchment_access(rollup(s)) FROM (SELECT catchment_state('d1', 's1', 100, 5, c, '2sfca', 'none', NULL, 30) AS s FROM (VALUES (10), (12)) v (c) GROUP BY c) q;
-- unreachable (cost NULL or infinite, or no site at all) registers the place and reaches nothing
SELECT a.demand_id, round(a.score::numeric, 4) AS score FROM (SELECT catchment_access(d, s, p, q, c, m, 'exponential', ARRAY[0.01], 30) AS a
    FROM (VALUES ('d1', 's1', 100, 5, 10), ('d2', 's1', 50, 5, NULL), ('d3', 's1', 70, 5, 'Infinity'::float8), ('d4', NULL, 20, NULL, NULL)) v (d, s, p, q, c), (VALUES ('2sfca')) w (m)) x, unnest(x.a) a;
SELECT m, array_agg(round(a.score::numeric, 6) ORDER BY a.demand_id) AS scores FROM (SELECT m, catchment_access(d, s, p, q, c, m, 'power', ARRAY[1], NULL) AS a
    FROM (VALUES ('d1', 's1', 100, 5, 10), ('d1', 's2', 100, 8, NULL), ('d2', 's1', 50, 5, 'Infinity'::float8), ('d2', 's2', 50, 8, 5), ('d3', NULL, 20, NULL, 5)) v (d, s, p, q, c),
    unnest(ARRAY['2sfca', '3sfca', 'bfca', 'spatial_availability']) m GROUP BY m) x, unnest(x.a) a GROUP BY m ORDER BY m;
SELECT o, accessibility(x, c, 'power', ARRAY[1]) FROM (VALUES ('near', 6, 2), ('near', 5, 'Infinity'::float8), ('far', 5, NULL), ('alone', NULL, NULL), ('unknown', NULL, 3)) v (o, x, c) GROUP BY o ORDER BY o;
SELECT a, d, round(huff_share(a, d, 1, 1) OVER ()::numeric, 4) AS share FROM (VALUES (1, 1), (3, 1), (5, NULL), (7, 'Infinity'::float8), (NULL, 2)) v (a, d) ORDER BY a;
SELECT huff_share(a, d, 1, 1) OVER () FROM (VALUES (1, '-Infinity'::float8)) v (a, d);
SELECT catchment_access('d', 's', 1, 1, 'NaN', '2sfca', 'none', NULL, 30);
-- weights beyond float8 between finite inputs and finite answers
SELECT a, round(huff_share(a, d, 1, 200) OVER ()::numeric, 6) AS share FROM (VALUES (3, 1e5), (2, 2e5), (1, 3e5)) v (a, d);
SELECT round((accessibility(1e-300, 1e-155, 'power', ARRAY[2]) / 1e10)::numeric, 9) AS power_decay, round((accessibility(1e300, 800, 'exponential', ARRAY[1]) * 1e47)::numeric, 3) AS exponential_decay;
SELECT s.demand_id, round(s.score::numeric, 6) AS score FROM (SELECT catchment_access(d, c, p, n, m, '2sfca', 'gaussian', ARRAY[1], NULL) AS a FROM (VALUES ('a', 'c', 10, 5, 100), ('b', 'c', 20, 5, 300)) v (d, c, p, n, m)) q, unnest(q.a) s;
SELECT accessibility(0, 5, 'linear', ARRAY[60]) AS nothing_there, accessibility(3, 70, 'linear', ARRAY[60]) AS too_far, accessibility(3, 60, 'step', ARRAY[60, 0.5]) AS at_the_break;
-- a supply without demand in reach drops out; a demand without supply in reach scores 0
SELECT catchment_access(d, s, p, q, c, '2sfca', 'none', NULL, 10) FROM (VALUES ('a', 'x', 100, 5, 10), ('b', 'y', 50, 3, 11)) v (d, s, p, q, c);
SELECT huff_share(a, d, 1, 2) OVER (PARTITION BY o) FROM (VALUES ('a', 0, 3), ('a', 0, 4), ('b', 5, 1), ('b', NULL, 1), ('b', 0, 1)) v (o, a, d) ORDER BY o, a;

SELECT accessibility(doctors, minutes, 'exp', ARRAY[0.05]) FROM travel;
SELECT accessibility(doctors, minutes - 6, 'power', ARRAY[1]) FROM travel;
SELECT accessibility(doctors, minutes, 'power', ARRAY[1, 2]) FROM travel;
SELECT accessibility(doctors, minutes, 'exponential', ARRAY[-0.05]) FROM travel;
SELECT accessibility(doctors, minutes, 'step', ARRAY[30]) FROM travel;
SELECT accessibility(doctors, minutes, 'step', ARRAY[30, 1, 20, 0.5]) FROM travel;
SELECT accessibility(doctors, minutes, 'linear', NULL) FROM travel;
SELECT accessibility(doctors, minutes, 'linear', ARRAY[NULL]::float8[]) FROM travel;
SELECT accessibility(doctors, minutes, 'linear', ARRAY[minutes]) FROM travel;
SELECT accessibility(doctors, -minutes, 'linear', ARRAY[60]) FROM travel;
SELECT catchment_access(home, clinic, residents, doctors, minutes, 'e2sfca', 'none', NULL, 45) FROM travel;
SELECT catchment_access(home, clinic, residents + minutes, doctors, minutes, '2sfca', 'none', NULL, 45) FROM travel;
SELECT catchment_access(home, clinic, residents, minutes, minutes, '2sfca', 'none', NULL, 45) FROM travel;
SELECT catchment_access(home, clinic, residents, doctors, minutes, '2sfca', 'none', NULL, minutes) FROM travel;
SELECT catchment_access(home, clinic, residents, doctors, minutes, '2sfca', 'none', NULL, -1) FROM travel;
SELECT huff_share(5, 0, 1, 2) OVER ();
SELECT huff_share(5, 1, 1, l) OVER () FROM (VALUES (1), (2)) v (l);
-- an empty answer says why
SELECT huff_share(attraction, distance, 1, 2) OVER () FROM (VALUES (0, 1), (0, 2)) v (attraction, distance);
-- nothing within reach says so: minutes against seconds
SELECT catchment_access(home, clinic, residents, doctors, minutes * 60, '2sfca', 'none', NULL, 45) FROM travel;
SELECT catchment_access(home, clinic, residents, doctors, minutes * 60, '2sfca', 'step', ARRAY[10, 1, 30, 0.68], NULL) FROM travel;
SELECT catchment_access(home, clinic, residents, doctors, minutes * 60, 'bfca', 'linear', ARRAY[45], NULL) FROM travel;
-- weights in per cent
SELECT accessibility(doctors, minutes, 'step', ARRAY[10, 100, 30, 68]) FROM travel WHERE home = 'Alba';
