-- regression: NIST's certified values, MADlib, R and Stata goldens, and the identities of least squares
SET client_min_messages = warning;
SET search_path = terrbal, public;
\ir ../fixture/nist.sql
CREATE FUNCTION pg_temp.off(got float8, want float8) RETURNS float8 LANGUAGE sql IMMUTABLE AS
    $$SELECT CASE WHEN got IS NULL OR want IS NULL THEN 'Infinity' WHEN want = 0 THEN abs(got) ELSE abs(got / want - 1) END$$;
-- worst relative error over two arrays
CREATE FUNCTION pg_temp.off(got float8[], want float8[]) RETURNS float8 LANGUAGE sql IMMUTABLE AS
    $$SELECT max(pg_temp.off(g, w)) FROM ROWS FROM (unnest(got), unnest(want)) u(g, w)$$;

SELECT plan(87);
-- Of an exact fit rounding is left: no regression makes an error of it, whatever its kind
CREATE TEMP TABLE exact AS SELECT i, i + sin(i * 3) AS x, i::float8 AS z, 'c' || i % 5 AS c, 'p' || i % 4 AS p, i % 2 = 0 AS t, i % 3 = 0 AS post FROM generate_series(1, 40) i;
SELECT is(string_agg(what, ' ') FILTER (WHERE (se > 0 OR p IS NOT NULL) IS NOT FALSE), NULL, 'no error, no p of an exact fit') FROM (
    SELECT 'hc1', (f).standard_errors[2], (f).p[2] FROM (SELECT ols_robust(0.1 * x + 0.3, ARRAY[1, x], 'hc1') f FROM exact) s
    UNION ALL SELECT 'hc3', (f).standard_errors[2], (f).p[2] FROM (SELECT ols_robust(0.1 * x + 0.3, ARRAY[1, x], 'hc3') f FROM exact) s
    UNION ALL SELECT 'cluster', (f).standard_errors[2], (f).p[2] FROM (SELECT ols_cluster(0.1 * x + 0.3, ARRAY[1, x], c) f FROM exact) s
    UNION ALL SELECT 'cluster2', (f).standard_errors[2], (f).p[2] FROM (SELECT ols_cluster2(0.1 * x + 0.3, ARRAY[1, x], c, p) f FROM exact) s
    UNION ALL SELECT 'cr2', (f).standard_errors[2], (f).p[2] FROM (SELECT ols_cr2(0.1 * x + 0.3, ARRAY[1, x], c) f FROM exact) s
    UNION ALL SELECT 'cr3', (f).standard_errors[2], (f).p[2] FROM (SELECT ols_cr3(0.1 * x + 0.3, ARRAY[1, x], c) f FROM exact) s
    UNION ALL SELECT 'within', (f).standard_errors[1], (f).p[1] FROM (SELECT ols_fixed_effects(0.1 * x + 0.3 * (i % 5), ARRAY[x], c, p, true) f FROM exact) s
    UNION ALL SELECT 'two stages', (f).standard_errors[1], (f).p[1] FROM (SELECT two_stage(0.1 * x + 0.3, ARRAY[x], ARRAY[1.0], ARRAY[z, z * z]) f FROM exact) s
    UNION ALL SELECT 'difference', (f).se, (f).p FROM (SELECT difference_in_differences(0.1 * t::int + 0.3 * post::int, t, post, c) f FROM exact) s) r (what, se, p);
-- weights in robust errors: rows times the roots of weights; the second pass with the same weights; weights of 1
CREATE TEMP TABLE heavy AS SELECT sin(i * 1.7) * 3 + i % 7 * cos(i * 0.4) AS y, ARRAY[1, sin(i * 0.9), i % 7] AS x, 0.25 + i % 4 AS w, sqrt(0.25 + i % 4) AS r, i FROM generate_series(1, 90) i;
SELECT ok(bool_and(pg_temp.off((a).coefficients, (b).coefficients) < 1e-11 AND pg_temp.off((a).standard_errors, (b).standard_errors) < 1e-11 AND (a).constant), 'robust errors with weights, all kinds')
FROM (SELECT kind, ols_robust(y, x, kind, w) AS a, ols_robust(y * r, ARRAY[r, x[2] * r, x[3] * r], kind) AS b FROM heavy, unnest('{hc0,hc1,hc2,hc3}'::text[]) kind GROUP BY kind) s;
SELECT ok(bool_and(pg_temp.off((a).standard_errors, (b).standard_errors) < 1e-11 AND (a).log_likelihood = (b).log_likelihood AND to_jsonb(c) = to_jsonb(d)), 'weighted robust errors by a second pass; weights of 1 say nothing')
FROM (SELECT kind, ols_robust(y, x, kind, w) AS a, ols_robust(y, x, f, kind, w) AS b, ols_robust(y, x, kind, 1) AS c, ols_robust(y, x, kind) AS d
      FROM heavy, (SELECT ols(y, x, w) AS f FROM heavy) l, unnest('{hc0,hc1,hc2,hc3}'::text[]) kind GROUP BY kind) s;


-- regressors as columns are the elements of the array, to the bit: fits and states, whatever the split, whoever made the parts
CREATE TEMP TABLE wide AS SELECT i, CASE WHEN i % 11 > 0 THEN sin(i * 1.7) * 3 + i % 7 END AS y, CASE WHEN i % 13 > 0 THEN 1 + (i / 400) * 1e-3 END AS a, CASE WHEN i % 17 > 0 THEN exp(sin(i) * 20) END AS b,
    CASE WHEN i % 19 > 0 THEN '-0'::float8 * (i % 2) + (i % 5 = 0)::int END AS c, CASE WHEN i % 23 > 0 THEN 1e8 + cos(i * i) END AS d, CASE WHEN i % 29 > 0 THEN -1e-7 * (i % 31) END AS e FROM generate_series(1, 500) i;
CREATE TEMP VIEW split AS
SELECT ways, i * 7919 % ways AS part, ols_columns_state(y, a) AS c1, ols_columns_state(y, a, b) AS c2, ols_columns_state(y, a, b, c) AS c3, ols_columns_state(y, a, b, c, d) AS c4, ols_columns_state(y, a, b, c, d, e) AS c5,
    moment_state(y, ARRAY[a]) AS a1, moment_state(y, ARRAY[a, b]) AS a2, moment_state(y, ARRAY[a, b, c]) AS a3, moment_state(y, ARRAY[a, b, c, d]) AS a4, moment_state(y, ARRAY[a, b, c, d, e]) AS a5
FROM wide, unnest('{1,2,7,100,500}'::int[]) ways GROUP BY 1, 2;
SELECT ok(bool_and(ROW(c1::text, c2::text, c3::text, c4::text, c5::text) IS NOT DISTINCT FROM ROW(a1::text, a2::text, a3::text, a4::text, a5::text)) AND count(c5) < count(*), 'ols_columns_state: the state of every part is that of the array') FROM split;
CREATE TEMP TABLE by_array AS SELECT ARRAY[ols(y, ARRAY[a])::text, ols(y, ARRAY[a, b])::text, ols(y, ARRAY[a, b, c])::text, ols(y, ARRAY[a, b, c, d])::text, ols(y, ARRAY[a, b, c, d, e])::text] AS fit FROM wide;
SELECT is(ARRAY[ols_columns(y, a)::text, ols_columns(y, a, b)::text, ols_columns(y, a, b, c)::text, ols_columns(y, a, b, c, d)::text, ols_columns(y, a, b, c, d, e)::text], (SELECT fit FROM by_array), 'ols_columns: every fit is that of the array') FROM wide;
SELECT ok(bool_and(fit = (SELECT fit FROM by_array)), 'and so it is from merged parts, however split') FROM (SELECT ARRAY[ols(rollup(c1))::text, ols(rollup(c2))::text, ols(rollup(c3))::text, ols(rollup(c4))::text, ols(rollup(c5))::text] AS fit FROM split GROUP BY ways) s;
SELECT ok(bool_and(fit = (SELECT fit[5] FROM by_array)), 'also where half the parts come from arrays') FROM (SELECT ols(rollup(CASE WHEN part % 2 = 0 THEN c5 ELSE a5 END))::text AS fit FROM split GROUP BY ways) s;
SELECT is((ols(s)).n, (SELECT count(*) FROM wide WHERE i % 11 > 0 AND i % 13 > 0 AND i % 17 > 0 AND i % 19 > 0 AND i % 23 > 0), 'a NULL in any column skips the row') FROM (SELECT ols_columns_state(y, a, b, c, d) AS s FROM wide) w;
SELECT throws_ok('SELECT ols_columns(y, 1, a, ''NaN'') FROM wide', '22003', NULL, 'a column that is no number is an error');

-- arrays as tables keep them (short, long, compressed, out of line) are those that a query makes, to the bit; a NULL in any of them too
CREATE TEMP TABLE kept (k int, i int, y float8, x float8[], grp text, filler text DEFAULT repeat('x', 600));
ALTER TABLE kept ALTER filler SET STORAGE PLAIN;
INSERT INTO kept SELECT k, i, sin(i * 1.7), (SELECT array_agg(CASE WHEN i % 50 < 48 OR j < k THEN cos(i * j) * j + (j = 1)::int * 3 END ORDER BY j) FROM generate_series(1, k) j), 'c' || i % 25 FROM unnest('{1,2,5,11,12,13,14,40,200}'::int[]) k, generate_series(1, 300) i;
INSERT INTO kept SELECT 201, i, i % 7, array_fill(1::float8, '{199}') || (i % 3)::float8, 'c' || i % 25 FROM generate_series(1, 300) i;
SELECT is(array_agg(k ORDER BY k) FILTER (WHERE short), '{1,2,5,11,12,13}', 'up to thirteen elements are stored short') FROM (SELECT k, bool_or(pg_column_size(x) = 21 + 8 * k) AS short FROM kept GROUP BY k) s;
SELECT ok(bool_or(pg_column_compression(x) = 'pglz') AND pg_relation_size((SELECT reltoastrelid FROM pg_class WHERE oid = 'kept'::regclass)) > 0, 'some compressed, some out of line') FROM kept;
SELECT ok(bool_and(ROW(a, b, c, d) IS NOT DISTINCT FROM ROW(e, f, g, h)) AND count(a) = 10, 'stored arrays are read as they were made')
FROM (SELECT k, moment_state(y, x)::text AS a, ols(y, x, 1 + i % 2)::text AS b, cluster_state(y, x, grp)::text AS c, ols_robust(y, x, 'hc1')::text AS d,
      moment_state(y, x || '{}')::text AS e, ols(y, x || '{}', 1 + i % 2)::text AS f, cluster_state(y, x || '{}', grp)::text AS g, ols_robust(y, x || '{}', 'hc1')::text AS h FROM kept GROUP BY k) s;

-- NIST
CREATE TEMP TABLE nist_fit AS SELECT name, (ols(y, x)).* FROM nist_row GROUP BY name;
SELECT cmp_ok(pg_temp.off(f.coefficients, c.b), '<=', CASE WHEN name LIKE 'Wampler%' THEN 1e-9 ELSE 1e-12 END::float8, name || ': coefficients') FROM nist_fit f JOIN certified c USING (name) ORDER BY name;
SELECT cmp_ok(pg_temp.off(f.standard_errors, c.se), '<=', 1e-12::float8, name || ': standard errors') FROM nist_fit f JOIN certified c USING (name) WHERE c.sigma > 0 ORDER BY name;
SELECT cmp_ok(pg_temp.off(f.sigma, c.sigma), '<=', 1e-12::float8, name || ': residual deviation') FROM nist_fit f JOIN certified c USING (name) ORDER BY name;
SELECT cmp_ok(pg_temp.off(f.r2, c.r2), '<=', 1e-13::float8, name || ': R2') FROM nist_fit f JOIN certified c USING (name) ORDER BY name;
SELECT cmp_ok(pg_temp.off(f.f, c.f), '<=', 1e-12::float8, name || ': F') FROM nist_fit f JOIN certified c USING (name) WHERE c.f IS NOT NULL ORDER BY name;
SELECT is((SELECT count(*) FROM nist_fit WHERE cardinality(aliased) > 0), 0::bigint, 'no NIST column is aliased');

-- the same bits backwards and from merged, stored parts
CREATE TEMP TABLE backwards AS SELECT name, (ols(y, x)).* FROM (SELECT * FROM nist_row ORDER BY y DESC, x DESC) r GROUP BY name;
SELECT is((SELECT count(*) FROM nist_fit a JOIN backwards b USING (name) WHERE a.coefficients = b.coefficients AND a.standard_errors = b.standard_errors), 7::bigint, 'row order does not change a bit');
CREATE TEMP TABLE merged AS
SELECT name, (ols(rollup(part))).* FROM (SELECT name, moment_state(y, x)::text::moment_state AS part FROM nist_row GROUP BY name, floor(y)::bigint % 4) p GROUP BY name;
SELECT is((SELECT count(*) FROM nist_fit a JOIN merged b USING (name) WHERE a.coefficients = b.coefficients AND a.standard_errors = b.standard_errors AND a.n = b.n), 7::bigint, 'nor do merged parts');

-- degenerate columns (tolerance of the reference)
CREATE TEMP TABLE noisy AS SELECT i, 3 + 2 * i + sin(i * 7.1) AS y, i::float8 AS u, cos(i) * 40 AS v FROM generate_series(1, 1000) i;
SELECT is((ols(y, ARRAY[1, u, v, u])).aliased, '{4}', 'a duplicate is aliased') FROM noisy;
SELECT is((ols(y, ARRAY[1, u, v, 0.1 * u])).aliased, '{4}', 'a scaled copy is aliased') FROM noisy;
SELECT is((ols(y, ARRAY[1, u, v, u + 2 * v + 3])).aliased, '{4}', 'a combination is aliased') FROM noisy;
SELECT is((ols(y, ARRAY[1, u, v, u * (1 + 1e-9 * sin(i))])).aliased, '{}', 'a copy perturbed by 1e-9 is kept') FROM noisy;
SELECT is((ols(y, ARRAY[1, u * 1e100, v * 1e-100, u])).aliased, '{4}', 'units play no part in the rank') FROM noisy;
SELECT is((ols(moment_state(y, ARRAY[1, u, u * (1 + 1e-9 * sin(i))]), 1e-14)).aliased, '{3}', 'the tolerance is an argument') FROM noisy;
SELECT ok(a.c = b.c[1:3] AND b.c[4] IS NULL, 'an aliased column leaves the others as they are')
FROM (SELECT (ols(y, ARRAY[1, u, v])).coefficients AS c FROM noisy) a, (SELECT (ols(y, ARRAY[1, u, v, u])).coefficients AS c FROM noisy) b;

-- identities
SELECT cmp_ok(pg_temp.off((r).coefficients[2], regr_slope), '<=', 1e-13::float8, 'slope of regr_slope') FROM (SELECT ols(y, ARRAY[1, u]) AS r, regr_slope(y, u) FROM noisy) s;
SELECT cmp_ok(abs((r).r2 - regr_r2), '<=', 1e-13::float8, 'R2 of regr_r2') FROM (SELECT ols(y, ARRAY[1, v]) AS r, regr_r2(y, v) FROM noisy) s;
SELECT cmp_ok(abs(sum(y - predicted(r, ARRAY[1, u, v]))), '<=', 1e-9::float8, 'residuals sum to 0') FROM noisy, (SELECT ols(y, ARRAY[1, u, v]) AS r FROM noisy) f;
SELECT ok((a).coefficients = (b).coefficients AND pg_temp.off((b).sigma, 2 * (a).sigma) < 1e-14, 'weights of 4 double sigma and nothing else')
FROM (SELECT ols(y, ARRAY[1, u, v]) AS a, ols(y, ARRAY[1, u, v], 4) AS b FROM noisy) s;
SELECT cmp_ok(pg_temp.off((a).coefficients, (b).coefficients), '<=', 1e-14::float8, 'integer weights are repeated rows')
FROM (SELECT ols(y, ARRAY[1, u, v], 1 + i % 3) AS a FROM noisy) s, (SELECT ols(y, ARRAY[1, u, v]) AS b FROM noisy, generate_series(0, i % 3)) t;
SELECT is((a).coefficients, (b).coefficients, 'weight 0 is no row') FROM (SELECT ols(y, ARRAY[1, u, v], (i % 2)) AS a FROM noisy) s, (SELECT ols(y, ARRAY[1, u, v]) AS b FROM noisy WHERE i % 2 = 1) t;
SELECT cmp_ok(pg_temp.off((a).standard_errors, (b).standard_errors), '<=', 1e-11::float8, 'clusters of one row each: HC1')
FROM (SELECT ols_cluster(y, ARRAY[1, u, v], i::text) AS a FROM noisy) s, (SELECT ols_robust(y, ARRAY[1, u, v], 'hc1') AS b FROM noisy) t;
SELECT is((ols_cluster(y, ARRAY[1, u], 'one')).standard_errors, '{NULL,NULL}', 'one cluster has no errors') FROM noisy;
SELECT ok(bool_and(pg_temp.off((a).standard_errors, (b).standard_errors) < 1e-10 AND pg_temp.off((a).f, (b).f) < 1e-10), 'a second pass equals rows kept, hc0 to hc3')
FROM unnest('{hc0,hc1,hc2,hc3}'::text[]) kind,
LATERAL (SELECT ols_robust(y, ARRAY[1, u, v], kind) AS a FROM noisy) s, LATERAL (SELECT ols_robust(y, ARRAY[1, u, v], fit, kind) AS b FROM noisy, (SELECT ols(y, ARRAY[1, u, v]) AS fit FROM noisy) f) t;
SELECT cmp_ok(pg_temp.off((ols_cluster(y, ARRAY[1, u], (i % 100000)::text)).coefficients[2], 2), '<=', 1e-6::float8, '100,000 clusters')
FROM (SELECT i, 5 + 2 * i + i % 2 AS y, i::float8 AS u FROM generate_series(1, 200000) i) r;
SELECT is((ols(y, x)).rank, 200, '200 regressors')
FROM (SELECT sin(i) AS y, ARRAY(SELECT sin(i * j * 0.37 + j) FROM generate_series(1, 200) j) AS x FROM generate_series(1, 400) i) r;

\set golden `cd "$GOLDEN" 2>/dev/null && ls land_value/cluster_grunfeld/expected_R.csv land_value/cluster_grunfeld/grunfeld10.csv land_value/columbus_ols/columbus.csv land_value/columbus_ols/expected_R.csv land_value/madlib_linregr/houses.csv land_value/madlib_linregr/houses_expected_R.csv land_value/madlib_linregr/weibull.csv land_value/nist_strd/Lew.dat land_value/nist_strd/Lottery.dat land_value/nist_strd/Mavro.dat land_value/nist_strd/Michelso.dat land_value/nist_strd/NumAcc1.dat land_value/nist_strd/NumAcc2.dat land_value/nist_strd/NumAcc3.dat >/dev/null 2>&1 && echo yes || echo no`
\if :golden
CREATE TEMP TABLE houses (id int, tax float8, bedroom float8, bath float8, price float8, size float8, lot float8);
\copy houses FROM PROGRAM 'cat "$GOLDEN/land_value/madlib_linregr/houses.csv"' CSV HEADER
CREATE TEMP TABLE weibull (id int, x1 float8, x2 float8, y float8);
\copy weibull FROM PROGRAM 'cat "$GOLDEN/land_value/madlib_linregr/weibull.csv"' CSV HEADER
CREATE TEMP TABLE houses_r (term text, estimate float8, std_error float8, t float8, p float8, r2 float8);
\copy houses_r FROM PROGRAM 'cat "$GOLDEN/land_value/madlib_linregr/houses_expected_R.csv"' CSV HEADER
CREATE TEMP TABLE columbus (polyid int, hoval float8, inc float8, crime float8, x float8, y float8);
\copy columbus FROM PROGRAM 'cat "$GOLDEN/land_value/columbus_ols/columbus.csv"' CSV HEADER
CREATE TEMP TABLE columbus_r (term text, estimate float8, std_error float8, hc0 float8, hc1 float8, hc3 float8);
\copy columbus_r FROM PROGRAM 'cat "$GOLDEN/land_value/columbus_ols/expected_R.csv"' CSV HEADER
CREATE TEMP TABLE grunfeld (invest float8, mvalue float8, kstock float8, company text, year int);
\copy grunfeld FROM PROGRAM 'cat "$GOLDEN/land_value/cluster_grunfeld/grunfeld10.csv"' CSV HEADER
CREATE TEMP TABLE grunfeld_r (term text, estimate float8, std_error float8, cluster_stata float8, cluster_nocorr float8, hc1 float8);
\copy grunfeld_r FROM PROGRAM 'cat "$GOLDEN/land_value/cluster_grunfeld/expected_R.csv"' CSV HEADER

-- a constant alone is the mean, sigma the standard deviation: sets with tiny spreads on large means
CREATE TEMP TABLE univariate (name text, line text);
\copy univariate FROM PROGRAM 'cd "$GOLDEN/land_value/nist_strd" && for f in Lew Lottery Mavro Michelso NumAcc1 NumAcc2 NumAcc3; do sed "s/^/$f|/" $f.dat; done' (DELIMITER '|')
CREATE TEMP TABLE certified_mean AS
SELECT name, max(substring(line FROM '^Sample Mean[^0-9.-]*(-?[0-9.]+)')::float8) AS mean, max(substring(line FROM '^Sample Standard.*:\s*([0-9.]+)')::float8) AS sd FROM univariate GROUP BY name;
CREATE TEMP TABLE univariate_fit AS SELECT name, (ols(line::float8, ARRAY[1])).* FROM univariate WHERE line ~ '^\s*-?[0-9.]+\s*$' GROUP BY name;
SELECT cmp_ok(pg_temp.off(f.coefficients[1], c.mean), '<=', 1e-14::float8, name || ': mean of ' || f.n) FROM univariate_fit f JOIN certified_mean c USING (name) ORDER BY name;
SELECT cmp_ok(pg_temp.off(f.sigma, c.sd), '<=', CASE name WHEN 'NumAcc3' THEN 1e-9 ELSE 1e-12 END::float8, name || ': standard deviation') FROM univariate_fit f JOIN certified_mean c USING (name) ORDER BY name;

SELECT ok(pg_temp.off((r).coefficients, e.b) < 1e-9 AND pg_temp.off((r).standard_errors, e.s) < 1e-9 AND pg_temp.off((r).t, e.t) < 1e-9
          AND pg_temp.off((r).p, e.p) < 1e-9 AND pg_temp.off((r).r2, e.r2) < 1e-9, 'houses of MADlib against R')
FROM (SELECT ols(price, ARRAY[1, tax, bath, size]) AS r FROM houses) f, (SELECT array_agg(estimate) b, array_agg(std_error) s, array_agg(t) t, array_agg(p) p, min(r2) r2 FROM houses_r) e;
SELECT cmp_ok(sqrt(sum((g - w) ^ 2) / sum(w ^ 2)), '<=', 1e-4::float8, 'weibull: rows with NULL are skipped (error of the norm, as MADlib tests it)')
FROM (SELECT (ols(y, ARRAY[1, x1, x2])).coefficients AS c FROM weibull) f, ROWS FROM (unnest(c), unnest('{-153.51,1.24,12.08}'::float8[])) u(g, w);
SELECT is((ols(y, ARRAY[1, x1, x2])).n, 17::bigint, 'weibull: 17 rows') FROM weibull;
SELECT ok(pg_temp.off((r).aic, 408.73548964604873) < 1e-12 AND pg_temp.off((r).bic, 414.41095054038061) < 1e-12 AND pg_temp.off((r).log_likelihood, -201.3677448230244) < 1e-12
          AND pg_temp.off((r).f, 12.358198885356581) < 1e-12 AND pg_temp.off((r).f_p, 5.0636903313953024e-05) < 1e-10 AND pg_temp.off((r).adjusted_r2, 0.32123239427957662) < 1e-12
          AND pg_temp.off((r).vcov[3][3], 0.0333693910) < 1e-8, 'columbus against spreg')
FROM (SELECT ols(hoval, ARRAY[1, inc, crime]) AS r FROM columbus) f;
SELECT ok(pg_temp.off((r).standard_errors, CASE kind WHEN 'hc0' THEN h0 WHEN 'hc1' THEN h1 ELSE h3 END) < 1e-9, 'columbus ' || kind || ' against R')
FROM unnest('{hc0,hc1,hc3}'::text[]) kind, LATERAL (SELECT ols_robust(hoval, ARRAY[1, inc, crime], kind) AS r FROM columbus) f,
     (SELECT array_agg(hc0) h0, array_agg(hc1) h1, array_agg(hc3) h3 FROM columbus_r) e;
SELECT ok(pg_temp.off((r).coefficients, b) < 1e-9 AND pg_temp.off((r).standard_errors, s) < 1e-9, 'Grunfeld clusters against R')
FROM (SELECT ols_cluster(invest, ARRAY[1, mvalue, kstock], company) AS r FROM grunfeld) f, (SELECT array_agg(estimate) b, array_agg(cluster_stata) s FROM grunfeld_r) e;
SELECT ok(pg_temp.off((r).p[1:3], '{.06604843284516,.00004710548549,.02380515903536}') < 1e-6 AND pg_temp.off((r).f, 51.59060716590177) < 1e-6
          AND pg_temp.off((r).r2, .8124080178314147) < 1e-7 AND pg_temp.off((r).rss, 1755850.432294737) < 1e-6, 'Grunfeld clusters against Stata')
FROM (SELECT ols_cluster(invest, ARRAY[1, mvalue, kstock], company) AS r FROM grunfeld) f;
\else
SELECT skip('the figures of test/fixture/golden are not here', 23);
\endif
SELECT * FROM finish();
