-- convergence: R's lm() on the Mexican states, identities
SET client_min_messages = warning;
SET search_path = terrbal, public;
CREATE FUNCTION pg_temp.off(got float8, want float8) RETURNS float8 LANGUAGE sql IMMUTABLE AS
    $$SELECT CASE WHEN got IS NULL OR want IS NULL THEN 'Infinity' WHEN want = 0 THEN abs(got) ELSE abs(got / want - 1) END$$;
CREATE TEMP TABLE state AS SELECT i, exp(8 + sin(i * 12.9898))::float8 AS a, exp(9 + 0.6 * sin(i * 12.9898) + 0.2 * cos(i * 78.233))::float8 AS b FROM generate_series(1, 60) i;
SELECT plan(16);

SELECT ok(pg_temp.off((q).beta, slope) < 1e-10 AND pg_temp.off((q).r2, r2) < 1e-10 AND pg_temp.off((q).intercept, c) < 1e-9 AND (q).n = 60, 'against regr_slope')
FROM (SELECT beta_convergence(a, b, 25) AS q, regr_slope(ln(b / a) / 25, ln(a)) AS slope, regr_r2(ln(b / a) / 25, ln(a)) AS r2, regr_intercept(ln(b / a) / 25, ln(a)) AS c FROM state) s;
SELECT ok(pg_temp.off((q).speed, -ln(1 + (q).beta * 25) / 25) < 1e-12 AND pg_temp.off((q).half_life, ln(2) / (q).speed) < 1e-14, 'speed and half-life') FROM (SELECT beta_convergence(a, b, 25) AS q FROM state) s;
SELECT ok(pg_temp.off((q).half_life, 20) < 1e-9 AND pg_temp.off((q).r2, 1) < 1e-12, 'gaps that halve in 20 years have a half-life of 20') FROM (SELECT beta_convergence(a, exp(8 + (ln(a) - 8) / 2), 20) AS q FROM state) s;
SELECT ok(pg_temp.off((p).beta, (q).beta) < 1e-10 AND pg_temp.off((p).se, (q).se) < 1e-10 AND pg_temp.off((p).half_life, (q).half_life) < 1e-10, 'currencies change nothing')
FROM (SELECT beta_convergence(a, b, 25) AS p, beta_convergence(a * 1000, b * 3, 25) AS q FROM state) s;
SELECT ok((q).beta > 0 AND (q).speed < 0 AND (q).half_life IS NULL, 'divergence has no half-life') FROM (SELECT beta_convergence(a, a * a, 10) AS q FROM state) s;
SELECT ok((q).beta < 0 AND (q).speed IS NULL AND (q).half_life IS NULL, 'overtaking has no speed') FROM (SELECT beta_convergence(a, 1e9 / a, 10) AS q FROM state) s;
SELECT is(beta_convergence(5, b, 10), NULL, 'equal starts: NULL') FROM state;
SELECT is(beta_convergence(a, b, 10), NULL, 'no rows: NULL') FROM state WHERE false;
SELECT ok((q).se IS NULL AND (q).beta IS NOT NULL, 'two rows: a slope without error') FROM (SELECT beta_convergence(a, b, 10) AS q FROM state WHERE i < 3) s;
SELECT ok(pg_temp.off((q).sigma_initial, p) < 1e-10 AND pg_temp.off((q).sigma_final, r) < 1e-10 AND pg_temp.off((q).cv_initial, c) < 1e-12, 'sigma and CV')
FROM (SELECT sigma_convergence(a, b) AS q, stddev_pop(ln(a)) AS p, stddev_pop(ln(b)) AS r, coefficient_of_variation(a) AS c FROM state) s;
SELECT ok(bool_and(same), 'splits, merged in random order, are one pass') FROM (SELECT beta_convergence(rollup(s ORDER BY random()), 25)::text || sigma_convergence(rollup(s))::text =
    (SELECT beta_convergence(a, b, 25)::text || sigma_convergence(a, b)::text FROM state) AS same FROM (SELECT k, paired_state(a, b)::text::paired_state AS s FROM state, generate_series(1, 9) k GROUP BY k, i % k) p GROUP BY k) q;
SELECT throws_ok('SELECT beta_convergence(a, 0, 10) FROM state', '22003', 'final must be positive, not 0', 'zero has no logarithm');
SELECT throws_ok('SELECT beta_convergence(a, b, i) FROM state', '22023', 'a parameter of an aggregate differs between rows', 'years that differ between rows');

\set golden `cd "$GOLDEN" 2>/dev/null && ls fiscal/convergence_expected.json fiscal/pysal_mexico.csv >/dev/null 2>&1 && echo yes || echo no`
\if :golden
CREATE TEMP TABLE j (doc text);
\copy j (doc) FROM PROGRAM 'tr -d "\n" < "$GOLDEN/fiscal/convergence_expected.json"' (DELIMITER E'\x01')
CREATE TEMP TABLE mexico (state text, y1940 float8, y1950 float8, y1960 float8, y1970 float8, y1980 float8, y1990 float8, y2000 float8, hanson03 float8, hanson98 float8, esquivel99 float8, inegi float8, inegi2 float8);
\copy mexico FROM PROGRAM 'cat "$GOLDEN/fiscal/pysal_mexico.csv"' CSV HEADER
SELECT ok(pg_temp.off((q).beta, (e->>'beta')::float8) < 1e-12 AND pg_temp.off((q).se, (e->>'se_beta')::float8) < 1e-12 AND pg_temp.off((q).r2, (e->>'r2')::float8) < 1e-12
          AND pg_temp.off((q).intercept, (e->>'alpha')::float8) < 1e-12 AND pg_temp.off((q).intercept_se, (e->>'se_alpha')::float8) < 1e-12, 'R: beta, its error, R2, constant')
FROM (SELECT doc::json AS e FROM j) j, (SELECT beta_convergence(y1940, y2000, 60) AS q FROM mexico) s;
SELECT ok(pg_temp.off((q).speed, (e->'speed_correct'->>'lambda_approx')::float8) < 1e-4 AND pg_temp.off((q).half_life, (e->'speed_correct'->>'half_life_approx')::float8) < 1e-4
          AND (q).half_life < 0.1 * (e->'speed_REAT'->>'half_life')::float8, '72.8 years, not the 5,712 of dividing by the years twice') FROM (SELECT doc::json AS e FROM j) j, (SELECT beta_convergence(y1940, y2000, 60) AS q FROM mexico) s;
SELECT ok(pg_temp.off((q).sigma_initial, (e->'sigma_sd_log_population'->>'1940')::float8) < 1e-12 AND pg_temp.off((q).sigma_final, (e->'sigma_sd_log_population'->>'2000')::float8) < 1e-12
          AND pg_temp.off((q).cv_initial, (e->'sigma_cv_population_not_logged'->>'1940')::float8) < 1e-12 AND pg_temp.off((q).cv_final, (e->'sigma_cv_population_not_logged'->>'2000')::float8) < 1e-12, 'R: sigma')
FROM (SELECT doc::json AS e FROM j) j, (SELECT sigma_convergence(y1940, y2000) AS q FROM mexico) s;
\else
SELECT skip('the figures of test/fixture/golden are not here', 3);
\endif
SELECT finish();
