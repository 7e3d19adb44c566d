-- local_regression: the definition in SQL, published bandwidths, units, offsets, order, splits
SET client_min_messages = warning;
SET search_path = terrbal, public;
SELECT plan(20);
CREATE FUNCTION pg_temp.off(got float8, want float8) RETURNS float8 LANGUAGE sql IMMUTABLE AS
    $$SELECT CASE WHEN got IS NULL OR want IS NULL THEN 'Infinity' WHEN want = 0 THEN abs(got) ELSE abs(got / want - 1) END$$;
CREATE TEMP TABLE place AS SELECT i, 300 * (i % 9) + 80 * sin(i * 2.7) AS e, 300 * (i / 9) + 80 * cos(i * 1.9) AS n, sin(i * 1.3) AS a, cos(i * i * 0.7) AS b FROM generate_series(0, 80) i;
ALTER TABLE place ADD y float8;
UPDATE place SET y = 3 + e / 1000 + (2 - n / 900) * a + b / 2 + 0.4 * sin(i * i * 3.1);

-- one regression a point by ols and kernel_weight; leverage from its covariance
CREATE FUNCTION pg_temp.by_ols(bandwidth float8, kernel text, adaptive boolean, OUT rss float8, OUT trace float8, OUT cv float8, OUT aicc float8) LANGUAGE sql AS $$
    WITH pair AS (SELECT p.i, p.y AS own, ARRAY[1, p.a, p.b] AS at, q.y, ARRAY[1, q.a, q.b] AS x, sqrt((p.e - q.e) ^ 2 + (p.n - q.n) ^ 2) AS d FROM place p, place q),
    reach AS (SELECT i, CASE WHEN adaptive THEN (array_agg(d ORDER BY d))[bandwidth::int] ELSE bandwidth END AS h FROM pair GROUP BY i),
    fit AS (SELECT i, own, at, ols(y, x, kernel_weight(d, h, kernel)) AS f FROM pair JOIN reach USING (i) GROUP BY i, own, at),
    point AS (SELECT own - (SELECT sum(u * v) FROM unnest(at, (f).coefficients) t(u, v)) AS rest,
                     (SELECT sum(at[r] * at[c] * (f).vcov[r][c]) FROM generate_series(1, 3) r, generate_series(1, 3) c) / (f).sigma ^ 2 AS s FROM fit),
    total AS (SELECT sum(rest ^ 2) AS rss, sum(s) AS trace, sum((rest / (1 - s)) ^ 2) / count(*) AS cv, count(*) AS n FROM point)
    SELECT rss, trace, cv, n * ln(rss / n) + n * ln(2 * pi()) + n * (n + trace) / (n - 2 - trace) FROM total $$;
CREATE TEMP TABLE asked AS SELECT kernel, adaptive, local_regression_state(y, ARRAY[1, a, b], e, n, kernel, adaptive, 'aicc') AS s FROM place, (VALUES ('bisquare', true), ('bisquare', false), ('gaussian', false), ('tricube', true)) k (kernel, adaptive) GROUP BY 1, 2;
SELECT ok(greatest(pg_temp.off(g.rss, o.rss), pg_temp.off(g.effective_parameters, o.trace), pg_temp.off(g.cv, o.cv), pg_temp.off(g.aicc, o.aicc)) < 1e-9, format('%s, adaptive %s: ols at every point', kernel, adaptive))
FROM asked, LATERAL (SELECT CASE WHEN adaptive THEN 31 ELSE 1100 END AS h) c, LATERAL local_bandwidth(s, h) g, LATERAL pg_temp.by_ols(h, kernel, adaptive) o ORDER BY kernel, adaptive;

-- the search against every number of neighbours, and against distances a percent apart
SELECT is(best.bandwidth, k::float8, 'the best of all numbers of neighbours') FROM asked, LATERAL local_bandwidth(s) best, LATERAL (SELECT k FROM generate_series(5, 81) k ORDER BY (local_bandwidth(s, k)).value LIMIT 1) each WHERE kernel = 'bisquare' AND adaptive;
SELECT ok(best.value <= (SELECT min((local_bandwidth(s, 500 * 1.02 ^ k)).value) FROM generate_series(0, 90) k), 'no distance is better') FROM asked, LATERAL local_bandwidth(s) best WHERE kernel = 'gaussian';
SELECT ok(best.trials = cardinality(best.bandwidths) AND best.value = (SELECT min(c) FROM unnest(best.criteria) c) AND best.value = again.value AND best.rss = again.rss AND best.bandwidth = again.bandwidth AND NOT best.at_end
        AND best.value < best.global_value, 'what was tried has the best, and asked by itself it has the same figures') FROM asked, LATERAL local_bandwidth(s) best, LATERAL local_bandwidth(s, best.bandwidth) again WHERE kernel = 'bisquare' AND NOT adaptive;
SELECT ok(pg_temp.off(far.rss, (f).rss) < 1e-12 AND pg_temp.off(far.effective_parameters, 3) < 1e-12 AND pg_temp.off(far.value, far.global_value) < 1e-12, 'without an end of the reach it is ols')
FROM asked, LATERAL local_bandwidth(s, 1e12) far, (SELECT ols(y, ARRAY[1, a, b]) AS f FROM place) o WHERE kernel = 'gaussian';

-- units, offsets, regressors in another basis
SELECT ok(u.bandwidth = v.bandwidth AND pg_temp.off(v.value, u.value + 81 * 2 * ln(1000)) < 1e-12 AND pg_temp.off(v.rss, 1e6 * u.rss) < 1e-12, 'money in another unit moves the criterion, not the bandwidth')
FROM (SELECT (local_bandwidth(y, ARRAY[1, a, b], e, n)).* FROM place) u, (SELECT (local_bandwidth(1000 * y, ARRAY[1, a, b], e, n)).* FROM place) v;
SELECT ok(pg_temp.off(v.bandwidth, 1000 * u.bandwidth) < 1e-4 AND pg_temp.off(v.value, u.value) < 1e-9, 'metres for kilometres')
FROM (SELECT (local_bandwidth(y, ARRAY[1, a, b], e, n, 'bisquare', false, 'cv')).* FROM place) u, (SELECT (local_bandwidth(y, ARRAY[1, a, b], 1000 * e, 1000 * n, 'bisquare', false, 'cv')).* FROM place) v;
SELECT ok(u.bandwidth = v.bandwidth AND pg_temp.off(v.value, u.value) < 1e-9, 'turned by a right angle and moved')
FROM (SELECT (local_bandwidth(y, ARRAY[1, a, b], e, n)).* FROM place) u, (SELECT (local_bandwidth(y, ARRAY[1, a, b], -n + 4096, e - 2048)).* FROM place) v;
SELECT ok(u.bandwidth = v.bandwidth AND pg_temp.off(v.value, u.value) < 1e-9, 'regressors mixed, one twice')
FROM (SELECT (local_bandwidth(y, ARRAY[1, a, b], e, n)).* FROM place) u, (SELECT (local_bandwidth(y, ARRAY[1, a + b, a - 3 * b + 2, 2 * a], e, n)).* FROM place) v;
SELECT ok(a = b AND a::text = c::text, 'the same bits in any order and from any split') FROM (SELECT local_bandwidth(y, ARRAY[1, a, b], e, n) AS a FROM place) x, (SELECT local_bandwidth(y, ARRAY[1, a, b], e, n ORDER BY y) AS b FROM place) y,
    (SELECT local_bandwidth(rollup(s)) AS c FROM (SELECT local_regression_state(y, ARRAY[1, a, b], e, n)::text::local_regression_state AS s FROM place GROUP BY i % 5) p) z;
SELECT ok(t.value IS NOT NULL AND t.bandwidth > 2, 'two rows at each place') FROM (SELECT (local_bandwidth(y, ARRAY[1, a], (i / 2 % 7)::float8, (i / 14)::float8, 'bisquare', true, 'aicc')).* FROM place) t;

\set golden `cd "$GOLDEN" 2>/dev/null && ls land_value/gwr_georgia/GData_utm.csv >/dev/null 2>&1 && echo yes || echo no`
\if :golden
CREATE TEMP TABLE georgia (areakey text, latitude float8, longitud float8, totpop90 float8, pctrural float8, pctbach float8, pcteld float8, pctfb float8, pctpov float8, pctblack float8, id int, x float8, y float8);
\copy georgia FROM PROGRAM 'cat "$GOLDEN/land_value/gwr_georgia/GData_utm.csv"' CSV HEADER
CREATE TEMP TABLE state AS SELECT kernel, adaptive, criterion, local_regression_state(pctbach, ARRAY[1, pctrural, pctpov, pctblack], x, y, kernel, adaptive, criterion) AS s
FROM georgia, (VALUES ('bisquare', false, 'aicc'), ('gaussian', true, 'aicc'), ('bisquare', true, 'aicc'), ('gaussian', false, 'cv'), ('gaussian', true, 'cv')) k (kernel, adaptive, criterion) GROUP BY 1, 2, 3;
-- figures of GWR4 1.0.90 in summary.txt, all digits printed
SELECT ok(abs(g.rss - 2012.563924) < 1e-6 AND abs(g.effective_parameters - 16.722876) < 1e-6 AND abs(g.aicc - 894.982602) < 1e-6 AND abs(g.cv - 18.254062) < 1e-6, 'GWR4, fixed bisquare: residuals, trace, AICc and CV')
FROM state, LATERAL local_bandwidth(s, 209267.688808) g WHERE (kernel, adaptive, criterion) = ('bisquare', false, 'aicc');
SELECT ok(abs(g.rss - 2312.592458) < 1e-6 AND abs(g.effective_parameters - 8.033359) < 1e-6 AND abs(g.aicc - 896.184041) < 1e-6 AND abs(g.cv - 17.914091) < 1e-6 AND abs(g.global_value - 908.319245) < 2e-6, 'GWR4, adaptive gaussian; the global AICc')
FROM state, LATERAL local_bandwidth(s, 49) g WHERE (kernel, adaptive, criterion) = ('gaussian', true, 'aicc');
-- bandwidths in the tests of mgwr (BSD-3), by Brent's method where they are distances
SELECT ok(abs(best.bandwidth - 211025.26298) < 1 AND best.aicc < 894.982602, 'mgwr, fixed bisquare by AICc: 211025; better than where GWR4 stopped') FROM state, LATERAL local_bandwidth(s) best WHERE (kernel, adaptive, criterion) = ('bisquare', false, 'aicc');
SELECT ok(abs(best.bandwidth - 130363.55) < 1, 'mgwr, fixed gaussian by cross-validation: 130364') FROM state, LATERAL local_bandwidth(s) best WHERE (kernel, adaptive, criterion) = ('gaussian', false, 'cv');
SELECT results_eq($$SELECT kernel, best.bandwidth FROM state, LATERAL local_bandwidth(s) best WHERE adaptive AND (kernel, criterion) IN (('bisquare', 'aicc'), ('gaussian', 'cv')) ORDER BY 1$$, $$VALUES ('bisquare', 93::float8), ('gaussian', 68)$$, 'mgwr, neighbours: 93 by AICc and bisquare, 68 by cross-validation and gaussian');
SELECT ok(best.bandwidth = 23 AND best.value < 896.184041 - 5, 'a range that begins at 48, as that of GWR4, does not see the best number of neighbours of the gaussian') FROM state, LATERAL local_bandwidth(s) best WHERE (kernel, adaptive, criterion) = ('gaussian', true, 'aicc');
\else
SELECT skip('the figures of test/fixture/golden are not here', 6);
\endif
SELECT * FROM finish();
