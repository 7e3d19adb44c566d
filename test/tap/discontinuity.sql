-- discontinuity: figures of rdrobust and of lm with sandwich, nearest rows again in SQL, lines without a jump, mirror images, units, splits
SET client_min_messages = warning;
SET search_path = terrbal, public;
SELECT plan(20);
CREATE FUNCTION pg_temp.off(got float8, want float8) RETURNS float8 LANGUAGE sql IMMUTABLE AS $$SELECT coalesce(abs(got / want - 1), 'Infinity')$$;
-- heaped on whole numbers, so that rows share places
CREATE TEMP TABLE plot AS SELECT i, m, 40 + m / 7.0 + sin(m / 9.0) * 6 + CASE WHEN m >= 12 THEN 5 ELSE 0 END + ((i * 53 % 31) - 15) / 5.0 AS y
FROM generate_series(1, 400) i, LATERAL (SELECT (i * i * 7 % 101)::float8 - 40 AS m) s;
CREATE TEMP TABLE found AS SELECT kernel, (regression_discontinuity(y, m, 12, 15, kernel)).* FROM plot, unnest('{triangular,uniform,epanechnikov}'::text[]) kernel GROUP BY kernel;
SELECT ok(a = b, 'order of rows does not matter to the bit') FROM (SELECT regression_discontinuity(y, m, 12) AS a FROM plot) x, (SELECT regression_discontinuity(y, m, 12 ORDER BY md5(i::text)) AS b FROM plot) z;
SELECT ok(a = b, 'nor how the rows are split') FROM (SELECT regression_discontinuity(y, m, 12, NULL, 'uniform') AS a FROM plot) x,
    (SELECT regression_discontinuity(rollup(s)) AS b FROM (SELECT discontinuity_state(y, m, 12, NULL, 'uniform') AS s FROM plot GROUP BY i % 7) p) z;
SELECT ok(pg_temp.off(f.estimate, (r).coefficients[2]) < 1e-11 AND pg_temp.off(f.se, (r).standard_errors[2]) < 1e-11, 'equal weights: one regression with a slope for each side, and its HC0')
FROM found f, (SELECT ols_robust(y, ARRAY[1, (m >= 12)::int, m - 12, (m - 12) * (m >= 12)::int], 'hc0') AS r FROM plot WHERE abs(m - 12) <= 15) s WHERE kernel = 'uniform';
SELECT ok(pg_temp.off(f.se_hc3, (r).standard_errors[2]) < 1e-11, 'its HC3')
FROM found f, (SELECT ols_robust(y, ARRAY[1, (m >= 12)::int, m - 12, (m - 12) * (m >= 12)::int], 'hc3') AS r FROM plot WHERE abs(m - 12) <= 15) s WHERE kernel = 'uniform';
SELECT ok(pg_temp.off(f.corrected, (r).coefficients[2]) < 1e-10, 'less its bias at the same bandwidth: parabolas')
FROM found f, (SELECT ols_robust(y, ARRAY[1, (m >= 12)::int, m - 12, (m - 12) * (m >= 12)::int, (m - 12) ^ 2, (m - 12) ^ 2 * (m >= 12)::int], 'hc0') AS r FROM plot WHERE abs(m - 12) <= 15) s WHERE kernel = 'uniform';
-- the estimate as weights on y and the noise by nearest rows, in SQL: the closed form of a weighted line
WITH side AS (SELECT kernel, i, y, m >= 12 AS r, abs(m - 12) AS d, CASE kernel WHEN 'uniform' THEN 1 WHEN 'triangular' THEN 1 - abs(m - 12) / 15 ELSE 1 - (abs(m - 12) / 15) ^ 2 END AS w
              FROM plot, unnest('{triangular,uniform,epanechnikov}'::text[]) kernel WHERE abs(m - 12) <= 15),
     kept AS (SELECT * FROM side WHERE w > 0),
     total AS (SELECT kernel, r, sum(w) AS s0, sum(w * d) AS s1, sum(w * d * d) AS s2 FROM kept GROUP BY kernel, r),
     line AS (SELECT k.*, w * (s2 - s1 * d) / (s0 * s2 - s1 * s1) AS l FROM kept k JOIN total USING (kernel, r)),
     reach AS (SELECT a.*, (SELECT max(gap) FROM (SELECT abs(b.d - a.d) AS gap FROM kept b WHERE b.kernel = a.kernel AND b.r = a.r AND b.i <> a.i ORDER BY 1 LIMIT 3) g) AS far FROM line a),
     noise AS (SELECT a.kernel, a.r, a.i, a.l, a.y, (SELECT array[avg(b.y), count(*)] FROM kept b WHERE b.kernel = a.kernel AND b.r = a.r AND b.i <> a.i AND abs(b.d - a.d) <= a.far) AS o FROM reach a),
     again AS (SELECT kernel, sum(CASE WHEN r THEN l ELSE -l END * y) AS estimate, sqrt(sum(l * l * o[2] / (o[2] + 1) * (y - o[1]) ^ 2)) AS se, sum(l * y) FILTER (WHERE r) AS mean_right FROM noise GROUP BY kernel)
SELECT ok(count(*) = 3 AND bool_and(pg_temp.off(f.estimate, a.estimate) < 1e-11 AND pg_temp.off(f.se_nearest, a.se) < 1e-11 AND pg_temp.off(f.mean_right, a.mean_right) < 1e-12), 'weights on y and the noise of nearest rows, again in SQL')
FROM found f JOIN again a USING (kernel);
SELECT ok(bool_and(n_left = l AND n_right = r), 'rows with weight') FROM found, (SELECT count(*) FILTER (WHERE m < 12) AS l, count(*) FILTER (WHERE m >= 12) AS r FROM plot WHERE abs(m - 12) < 15) s WHERE kernel <> 'uniform';
SELECT ok(pg_temp.off(b.estimate, -a.estimate) < 1e-11 AND pg_temp.off(b.bandwidth, a.bandwidth) < 1e-11 AND pg_temp.off(b.se, a.se) < 1e-11 AND pg_temp.off(b.low, -a.high) < 1e-10,
    'seen from the other side it is the same jump downwards (no row at the cutoff)')
FROM (SELECT (regression_discontinuity(y, m, 11.5)).* FROM plot) a, (SELECT (regression_discontinuity(y, -m, -11.5)).* FROM plot) b;
SELECT ok(pg_temp.off(b.estimate, a.estimate + 3) < 1e-10 AND pg_temp.off(b.corrected, a.corrected + 3) < 1e-10 AND pg_temp.off(b.se, a.se) < 1e-9, 'a line through all rows does not count, a jump adds')
FROM (SELECT (regression_discontinuity(y, m, 12, 20)).* FROM plot) a, (SELECT (regression_discontinuity(y + 5 * m - 100 + CASE WHEN m >= 12 THEN 3 ELSE 0 END, m, 12, 20)).* FROM plot) b;
SELECT ok(pg_temp.off(b.corrected, a.corrected) < 1e-9 AND pg_temp.off(b.corrected_se, a.corrected_se) < 0.2 AND abs(b.estimate - a.estimate) > 1, 'nor a parabola through all, once its bias is off')
FROM (SELECT (regression_discontinuity(y, m, 12, 20)).* FROM plot) a, (SELECT (regression_discontinuity(y + CASE WHEN m >= 12 THEN 0.05 * (m - 12) ^ 2 ELSE 0 END, m, 12, 20)).* FROM plot) b;
SELECT ok(bool_and(pg_temp.off((b).bandwidth, (a).bandwidth * 1000) < 1e-11 AND pg_temp.off((b).corrected_se, (a).corrected_se) < 1e-11), 'metres for kilometres, by rule')
FROM (SELECT kernel, regression_discontinuity(y, m, 12, NULL, kernel) AS a, regression_discontinuity(y, m * 1000, 12000, NULL, kernel) AS b FROM plot, unnest('{triangular,uniform,epanechnikov}'::text[]) kernel GROUP BY kernel) s;
SELECT ok(pg_temp.off((high - low) / 2, normal_quantile(0.975) * corrected_se) < 1e-12 AND pg_temp.off(p, 2 * normal_probability(-abs(corrected / corrected_se))) < 1e-10, 'interval and p of the normal distribution') FROM found WHERE kernel = 'triangular';
-- coverage: 400 samples with a known jump and curvature; 0.95 less four errors of a share at most
SELECT cmp_ok(avg(((r).low <= 2 AND (r).high >= 2)::int), '>', 0.95 - 4 * sqrt(0.95 * 0.05 / 400), 'the interval of a bandwidth by rule covers the true jump')
FROM (SELECT k, regression_discontinuity(sin(3 * x) + CASE WHEN x >= 0 THEN 2 ELSE 0 END + e, x, 0) AS r
      FROM (SELECT k, ((i * 7919 + k * 104729) % 10007) / 5003.5 - 1 AS x,
                   normal_quantile((0.5 + ('x' || substr(md5(k || ' ' || i), 1, 7))::bit(28)::int) / 268435456.0) / 3 AS e FROM generate_series(1, 400) k, generate_series(1, 300) i) d GROUP BY k) s;
\set golden `cd "$GOLDEN" 2>/dev/null && ls evidence/causal/rd_senate_data.csv >/dev/null 2>&1 && echo yes || echo no`
\if :golden
CREATE TEMP TABLE senate (state int, year int, vote float8, margin float8);
\copy senate FROM PROGRAM 'cat "$GOLDEN/evidence/causal/rd_senate_data.csv"' CSV HEADER
CREATE TEMP TABLE expected (key text, value float8);
\copy expected FROM PROGRAM 'cat "$GOLDEN/evidence/causal/rd_senate_expected.csv"' CSV HEADER
CREATE TEMP TABLE peer (h float8, b float8, kernel text, vce text, n_l int, n_r int, coef float8, se float8, bc float8, robust float8, p float8);
\copy peer FROM PROGRAM 'cat "$GOLDEN/evidence/causal/rd_senate_rdrobust_expected.csv"' CSV HEADER
CREATE TEMP TABLE race AS SELECT h, kernel, (regression_discontinuity(vote, margin, 0, h, kernel)).* FROM senate, unnest(ARRAY[10, 17.754, 17.7544, 20]) h, unnest('{triangular,uniform,epanechnikov}'::text[]) kernel GROUP BY h, kernel;
SELECT ok(count(*) = 72 AND bool_and(abs(g.value - e.value) < 1e-9), 'lm with sandwich, elections to the Senate: estimate, HC0, HC3, rows on both sides, parabolas, at four bandwidths and three kernels')
FROM race r, LATERAL (VALUES ('p1_tau', estimate), ('p1_se_HC0', se), ('p1_se_HC3', se_hc3), ('p1_nl', n_left), ('p1_nr', n_right), ('p2_tau', corrected)) g (what, value)
LEFT JOIN expected e ON true WHERE e.key = format('rd_h%s_%s_%s', r.h, r.kernel, g.what);
SELECT ok(count(*) = 8 AND bool_and(abs(r.estimate - p.coef) < 5e-9 AND abs(CASE p.vce WHEN 'hc0' THEN r.se WHEN 'hc3' THEN r.se_hc3 END - p.se) < 5e-9 AND n_left = n_l AND n_right = n_r),
    'rdrobust: estimate, rows, HC0 and HC3') FROM peer p LEFT JOIN race r USING (h, kernel) WHERE p.vce IN ('hc0', 'hc3'); -- its nearest rows within b: the next test
SELECT is(ARRAY[round(bandwidth::numeric, 6), round(bias_bandwidth::numeric, 6), round(estimate::numeric, 6), round(corrected::numeric, 6), round(se_nearest::numeric, 6), round(corrected_se::numeric, 6)],
    '{17.754397,28.028087,7.414131,7.506502,1.458716,1.741258}'::numeric[], 'its default call: both bandwidths by rule, the estimate, less its bias, and the errors of both') FROM (SELECT (regression_discontinuity(vote, margin, 0)).* FROM senate) s;
SELECT ok(pg_temp.off((r).p, (SELECT 2 * normal_probability(-abs(bc / robust)) FROM peer WHERE h = 17.754 AND kernel = 'triangular' AND vce = 'nn')) < 1e-4, 'and its p value less bias') FROM (SELECT regression_discontinuity(vote, margin, 0) AS r FROM senate) s;
\else
SELECT skip('the figures of test/fixture/golden are not here', 4);
\endif
\set transfer `cd "$DATASETS" 2>/dev/null && ls extremadura/extremadura_pie_2020.csv >/dev/null 2>&1 && echo yes || echo no`
\if :transfer
CREATE TEMP TABLE pie (ine text, name text, pop float8, effort float8, invcap float8, p_pop float8, p_eff float8, p_inv float8, p_tot float8, minimum float8, final float8);
\copy pie FROM PROGRAM 'cat "$DATASETS/extremadura/extremadura_pie_2020.csv"' CSV HEADER
SELECT ok(abs(estimate / mean_left - 0.17) < 1e-7 AND n_left = 55 AND n_right = 18 AND round(estimate::numeric, 2) = 17.26, 'the Spanish transfer of 2020 jumps by the 17 % of its law at 5000 inhabitants')
FROM (SELECT (regression_discontinuity(p_pop / pop, pop, 5000.5, 3000)).* FROM pie) s;
SELECT ok(ARRAY[round(estimate::numeric, 1), round(se::numeric, 1), round(low::numeric, 1), round(high::numeric, 1), n_left, n_right, round(bandwidth::numeric)] = '{10.8,4.9,-2.6,23.2,15,11,1093}'::numeric[], 'what reaches the municipality, as the page says')
FROM (SELECT (regression_discontinuity(final / pop, pop, 5000.5)).* FROM pie) s;
SELECT ok(bool_and(p > 0.05) AND bool_and(low < 0 AND high > 0), 'fiscal effort and inverse capacity do not jump there')
FROM (SELECT (regression_discontinuity(y, pop, 5000.5)).* FROM pie, LATERAL (VALUES (1, effort), (2, invcap)) v (k, y) GROUP BY k) s;
\else
SELECT skip('real data are not here', 3);
\endif
SELECT * FROM finish();
