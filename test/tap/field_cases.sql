-- Small inputs rebuilt from public reports, each with its right value (theory, an independent computation or a peer). Cases of the monitor (succession, levels, periods,
-- refresh_all, names of columns) have theirs in test/sql/hierarchy.sql, signal.sql, refresh.sql, source.sql and publication.sql, of the schema in test/script/hostile_schema.sh.
SET client_min_messages = error;
SET search_path = public, terrbal;
SELECT plan(42);
CREATE FUNCTION pg_temp.near(a float8, b float8, relative float8) RETURNS boolean LANGUAGE sql AS 'SELECT abs($1 - $2) <= $3 * abs($2)';

-- silent loss and silent double counting
CREATE TEMP TABLE catchment (d text, s text, demand float8, supply float8, cost float8);
INSERT INTO catchment VALUES ('d1', 's1', 100, 5, 10), ('d1', 's1', 100, 5, 10), ('d2', 's1', 50, 5, 10);
SELECT throws_ok($$SELECT catchment_access(d, s, demand, supply, cost, '2sfca', 'none', NULL, 30) FROM catchment$$, '22023', 'pair "d1", "s1" occurs twice', 'a pair twice is named, not counted twice');
SELECT throws_ok($$SELECT catchment_access(rollup) FROM (SELECT rollup(state) FROM (SELECT catchment_state(d, s, demand, supply, cost, '2sfca', 'none', NULL, 30) AS state FROM catchment GROUP BY catchment.ctid) s) r$$,
    '22023', 'pair "d1", "s1" occurs twice', 'nor across rollup');
SELECT is(catchment_access(d, s, demand, supply, cost, '2sfca', 'none', NULL, 30)::text, '{"(d1,0.03333333333333333)","(d2,0.03333333333333333)"}', 'once it is 5 places for 150 people') FROM (SELECT DISTINCT * FROM catchment) c;
SELECT throws_ok($$SELECT radiation_share(m, n, d, 8) OVER () FROM (VALUES (5, 3, 1), (5, 2, 2)) t (m, n, d)$$, '22023', NULL, 'a total below origin and destinations');
SELECT ok(sum(share) BETWEEN 0 AND 1, 'shares add up to 1 at most') FROM (SELECT radiation_share(m, n, d, 10) OVER () AS share FROM (VALUES (5, 3, 1), (5, 2, 2)) t (m, n, d)) s;
SELECT throws_ok($$SELECT overlap_share(ST_MakeEnvelope(0, 0, 20, 20), 'POLYGON((0 0, 10 10, 10 0, 0 10, 0 0))')$$, '22023', NULL, 'an invalid cell');
SELECT is(accessibility(o, c, 'gaussian', ARRAY[10]), 0::float8, 'nothing is within reach: 0, not NULL') FROM (VALUES (5::float8, NULL::float8), (3, 'Infinity')) t (o, c);
SELECT is(catchment_access(d, 's1', demand, 5, cost, '2sfca', 'none', NULL, 30)::text, '{"(d1,0.05)","(d2,0)","(d3,0)"}', 'places out of reach stay')
FROM (VALUES ('d1', 100, 10::float8), ('d2', 50, NULL), ('d3', 50, 'Infinity')) t (d, demand, cost);
SELECT is(array_agg(DISTINCT c), ARRAY[30::smallint], 'ten by ten cells of 2,000 people are an urban centre') FROM (SELECT settlement_class(x, y, 2000) OVER () AS c FROM generate_series(0, 9) x, generate_series(0, 9) y) s;
SELECT is(flow_fit(x, x)::text, '(3,1,0,0,0,1,0)', 'a perfect prediction with pairs without flow') FROM (VALUES (0::float8), (0), (3)) t (x);
SELECT is((flow_fit(x, x)).ssi, 1::float8, 'is perfect') FROM (VALUES (0::float8), (0), (3)) t (x);

-- the edges
CREATE TEMP TABLE bond AS SELECT horizon, internal_rate_of_return(CASE years WHEN 0 THEN -100 ELSE 6 END, years) AS rate FROM unnest(ARRAY[154, 200, 1000]) horizon, generate_series(0, horizon) years GROUP BY horizon;
SELECT is(round(rate::numeric, 10), 0.0599923875, 'a rate over 154 years') FROM bond WHERE horizon = 154;
SELECT is(round(rate::numeric, 10), 0.0599994788, 'over 200') FROM bond WHERE horizon = 200;
SELECT ok(pg_temp.near(rate, 0.06, 1e-12), 'over 1,000 a perpetuity') FROM bond WHERE horizon = 1000;
SELECT ok(pg_temp.near(internal_rate_of_return(a, y), 0.1, 1e-12), 'of roots 10 % and 50 % the smaller') FROM (VALUES (-100.0, 0), (260, 1), (-165, 2)) t (a, y);
SELECT ok(pg_temp.near(internal_rate_of_return(a, y), -0.1, 1e-12), 'of -10 % and -50 % the larger') FROM (VALUES (100.0, 0), (-140, 1), (45, 2)) t (a, y);
CREATE TEMP TABLE arms AS SELECT g AS cluster, g = 1 AS treated, p = 1 AS post, g * 10 + p * (1 + g) + i AS y FROM generate_series(0, 1) g, generate_series(0, 1) p, generate_series(1, 5) i;
SELECT ok((d).estimate IS NOT NULL AND (d).se IS NULL AND (d).clusters = 2, 'two clusters, each a whole arm, have no standard error') FROM (SELECT difference_in_differences(y, treated, post, cluster::text) AS d FROM arms) s;
SELECT is(survival_migration(114627, 115128, 1.006864)::text, '(-285.79972799999814,-283.8513721813506,-284.82555009067437)', 'census survival above 1');
SELECT ok(bool_and(abs(flow - right_one) < 1e-9), 'seeds 300 orders of magnitude apart')
FROM (SELECT balanced_flow(seed, o, d, a, b) OVER () AS flow, right_one FROM (VALUES ('1', 'a', 1e150, 10, 7, 7), ('1', 'b', 1e-150, 10, 5, 3), ('2', 'a', 1e-150, 2, 7, 0), ('2', 'b', 1e150, 2, 5, 2)) t (o, d, seed, a, b, right_one)) s;
SELECT is(array_agg(round(share::numeric, 12) ORDER BY d), ARRAY[1, 0, 0]::numeric(13, 12)[], 'lambda 200 at 100 km: the nearest takes it all') FROM (SELECT d, huff_share(1, d, 1, 200) OVER () AS share FROM (VALUES (1e5), (2e5), (3e5)) t (d)) s;
SELECT is(overlap_share(g, g), 1::float8, 'a cell lies in itself: side ' || side) FROM unnest(ARRAY[1e155, 1, 1e-170]) side, ST_MakeEnvelope(0, 0, side, side) g;
SELECT is(inverse_distance(v, d, 400), 5::float8, 'power 400: the nearer value') FROM (VALUES (5, 10), (9, 20)) t (v, d);
SELECT is(round(theil_l(v)::numeric, 3), 390.746, 'Theil over 340 orders of magnitude') FROM (VALUES (1e-170), (1e170)) t (v);
CREATE TEMP TABLE line AS SELECT i::text AS a, j::text AS b, (i * i % 7)::float8 AS x, (j * j % 7)::float8 AS y FROM generate_series(1, 12) i, generate_series(1, 12) j WHERE abs(i - j) = 1;
SELECT ok(pg_temp.near((SELECT (moran(a, b, x + 1e15, y + 1e15, 1)).i FROM line), (SELECT (moran(a, b, x, y, 1)).i FROM line), 1e-6), 'Moran''s I under an offset of 1e15');
SELECT throws_ok($$SELECT functional_urban_areas('a', 'b', 5, 'x', 'x', 15)$$, '22023', 'threshold must be a fraction between 0 and 1, not 15', 'percent for a fraction: urban areas');
SELECT throws_ok($$SELECT commuting_areas('a', 'b', 5, true, 25, 0.25)$$, '22023', NULL, 'commuting areas');
SELECT throws_ok($$SELECT labour_market_areas('a', 'b', 5, 1000, 10000, 66, 75)$$, '22023', NULL, 'labour market areas');
SELECT is(wolfson_polarisation(v), 1::float8, 'Wolfson of a perfectly split society') FROM (VALUES (0), (0), (2), (2)) t (v);
CREATE TEMP TABLE gap AS SELECT * FROM (VALUES ('a', ST_MakeEnvelope(0, 0, 1, 1)), ('b', ST_MakeEnvelope(1.000000000001, 0, 2, 1))) t (id, g);
SELECT is(cardinality(neighbour_pairs(id, g, 0.001)), 2, 'a gap of 1e-12 with a tolerance') FROM gap;
SELECT is(neighbour_pairs(id, g)::text, '{"(a,,)","(b,,)"}', 'and without: both are listed, each alone') FROM gap;
SELECT ok(bool_and((p).estimate IS NULL), 'an event study whose base period never occurs has no estimate') FROM (SELECT unnest(event_study(y, treated, 2020 + post::int)) AS p FROM arms) s;
SELECT ok(count((p).estimate) > 0, 'and one with another base has') FROM (SELECT unnest(event_study(state, 2020)) AS p FROM (SELECT event_state(y, treated, 2020 + post::int) AS state FROM arms) s) s;
SELECT is(gini(v, w), 0::float8, 'NaN of weight 0 counts for nothing') FROM (VALUES ('NaN'::float8, 0), (2, 1), (2, 3)) t (v, w);
SELECT is(composite_index(ARRAY[0, 4], ARRAY[0, 1], 'geometric'), 4::float8, 'nor does a score of 0 that weighs nothing');
SELECT throws_like($$SELECT composite_index(ARRAY[3, 0], ARRAY[1, 1], 'geometric')$$, '%2%', 'a score that weighs is named');

-- faces
SELECT is(settlement_level1(30), 3::smallint, 'an integer for a smallint');
SELECT lives_ok('SELECT degree_of_urbanisation(30, 100, 1)', 'also of a unit');
SELECT lives_ok('SELECT linkage(''urban'', ''rural''::text, 1)', 'a text for a class');
SELECT lives_ok('SELECT settlement_class(1, 1, 2000) OVER ()', 'land and built-up shares may be left out');
SELECT is((SELECT labour_market_areas(o, d, f, 1, 10, 0.6, 0.7)::text FROM (VALUES (1, 1, 10), (1, 2, 3), (2, 2, 9), (2, 1, 4)) t (o, d, f)),
          (SELECT labour_market_areas(o::text, d::text, f, 1, 10, 0.6, 0.7)::text FROM (VALUES (1, 1, 10), (1, 2, 3), (2, 2, 9), (2, 1, 4)) t (o, d, f)), 'zones as integers are their decimal text');
SELECT * FROM finish();
