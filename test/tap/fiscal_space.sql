-- fiscal space: identities of effort and debt, and figures of R for buoyancy and volatility
SET client_min_messages = warning;
SET search_path = terrbal, public;
SELECT plan(6);
CREATE TEMP TABLE place AS SELECT i, (1 + i * 37 % 101) * 1000::numeric AS base, (1 + i * 53 % 89) * 31::numeric AS revenue FROM generate_series(1, 60) i;
SELECT is((SELECT round(sum(standard), 4) FROM (SELECT standard_yield(base, revenue) OVER () AS standard FROM place) s), (SELECT round(sum(revenue), 4) FROM place), 'standard yields add up to what is raised');
SELECT is((SELECT round(sum(standard * (revenue / standard)) / sum(standard), 9) FROM (SELECT revenue, standard_yield(base, revenue) OVER () AS standard FROM place) s), 1::numeric, 'so mean effort, weighted with capacity, is 1');
SELECT is((SELECT count(*) FROM (WITH RECURSIVE path (t, debt, r, g) AS (SELECT 0, 0.8::numeric, r, g FROM unnest(ARRAY[0.01, 0.03, 0.06]) r, unnest(ARRAY[0.00, 0.02, 0.05]) g
    UNION ALL SELECT t + 1, debt * (1 + r) / (1 + g) - (r - g) / (1 + g) * 0.8, r, g FROM path WHERE t < 30) SELECT FROM path WHERE round(debt, 9) <> 0.8) p), 0::bigint, 'the balance needed keeps any debt where it is, also where growth exceeds interest');
-- the interval of a need, x' V x, is that of the constant of the same regression with every driver measured from x
SELECT is((SELECT count(*) FROM (SELECT p.i, (SELECT sqrt(sum(x[a] * x[b] * (f).vcov[a][b])) FROM generate_subscripts(x, 1) a, generate_subscripts(x, 1) b) AS error,
        (SELECT (ols_cluster(revenue / base, ARRAY[1, ln(q.base)::float8 - x[2], q.i % 7 - x[3]], (q.i % 9)::text)).standard_errors[1] FROM place q) AS other
    FROM (SELECT i, ARRAY[1, ln(base)::float8, i % 7] AS x FROM place WHERE i <= 12) p, (SELECT ols_cluster(revenue / base, ARRAY[1, ln(base)::float8, i % 7], (i % 9)::text) AS f FROM place) r) s WHERE abs(error / other - 1) > 1e-9), 0::bigint,
    'the error of a need, by another way');
\set golden `cd "$GOLDEN" 2>/dev/null && ls evidence/fiscal/usmacro_1950_1975_data.csv evidence/fiscal/usmacro_1950_1975_expected.csv >/dev/null 2>&1 && echo yes || echo no`
\if :golden
CREATE TEMP TABLE macro (year int, gdp float8, government float8);
\copy macro FROM PROGRAM 'cat "$GOLDEN/evidence/fiscal/usmacro_1950_1975_data.csv"' CSV HEADER
CREATE TEMP TABLE expected (key text, value float8);
\copy expected FROM PROGRAM 'cat "$GOLDEN/evidence/fiscal/usmacro_1950_1975_expected.csv"' CSV HEADER
CREATE TEMP TABLE moved AS SELECT year, ln(government) AS y, ln(gdp) AS x, ln(government) - lag(ln(government)) OVER w AS dy, ln(gdp) - lag(ln(gdp)) OVER w AS dx, government FROM macro WINDOW w AS (ORDER BY year);
CREATE TEMP TABLE got AS
SELECT k.* FROM (SELECT ols(y, ARRAY[1, x]) AS l, ols(dy, ARRAY[1, dx]) AS s, ols(y, ARRAY[1, year - 1950]) AS t, stddev_samp(dy) AS d1, stddev_pop(dy) AS d, stddev_samp(government) / avg(government) AS cv, count(*) AS n FROM moved) f,
    (SELECT a.government AS g0, b.government AS g1, a.gdp AS y0, b.gdp AS y1 FROM macro a, macro b WHERE a.year = 1950 AND b.year = 1975) e,
    LATERAL (VALUES ('longrun_slope', (l).coefficients[2]), ('longrun_se_ols', (l).standard_errors[2]), ('shortrun_slope_diff', (s).coefficients[2]), ('shortrun_se', (s).standard_errors[2]),
        ('arc_total', (g1 / g0 - 1) / (y1 / y0 - 1)), ('log_total', ln(g1 / g0) / ln(y1 / y0)), ('volatility_sd_dlog_n1', d1), ('volatility_sd_dlog_n', d), ('volatility_cv_level_n1', cv),
        ('volatility_detrended_loglinear_sd_n1', sqrt((t).rss / (n - 1))), ('volatility_detrended_loglinear_s_n_minus_2', (t).sigma), ('trend_growth', (t).coefficients[2])) k (key, value);
SELECT is((SELECT count(*) FROM expected JOIN got USING (key)), (SELECT count(*) FROM expected), 'a recipe for every figure');
SELECT is((SELECT string_agg(e.key || ' ' || g.value, ', ') FROM expected e JOIN got g USING (key) WHERE abs(g.value / e.value - 1) > 1e-10), NULL, 'buoyancy and volatility as R');
\else
SELECT skip('figures of sources whose licence keeps them out: test/fixture/golden/README.md', 2);
\endif
SELECT * FROM finish();
