-- probability: quantiles of R, identities between the distributions, limits of regressions
SET client_min_messages = warning;
SET search_path = terrbal, public;
SELECT plan(11);
\set golden `cd "$GOLDEN" 2>/dev/null && ls evidence/causal/quantiles.csv >/dev/null 2>&1 && echo yes || echo no`
\if :golden
CREATE TEMP TABLE known (dist text, p float8, df1 float8, df2 float8, value float8);
\copy known FROM PROGRAM 'cat "$GOLDEN/evidence/causal/quantiles.csv"' CSV HEADER
SELECT ok(count(*) = 260 AND max(abs(got / value - 1)) < 1e-12, 'quantiles of R 4.2.2') FROM (SELECT *, CASE dist WHEN 't' THEN student_quantile(p, df1)
    WHEN 'chi2' THEN chi_square_quantile(p, df1) WHEN 'F' THEN f_quantile(p, df1, df2) ELSE normal_quantile(p) END AS got FROM known) s;
\else
SELECT skip('the figures of test/fixture/golden are not here', 1);
\endif
CREATE TEMP TABLE grid AS SELECT p, df FROM unnest(ARRAY[1e-9, 0.001, 0.1, 0.49, 0.5, 0.9, 0.9999]::float8[]) p, unnest(ARRAY[0.5, 1, 2, 7.3, 40, 1e5]) df;
SELECT ok(bool_and(abs(student_probability(student_quantile(p, df), df) / p - 1) < 1e-11), 't there and back') FROM grid;
SELECT ok(bool_and(abs(chi_square_probability(chi_square_quantile(p, df), df) / p - 1) < 1e-11), 'chi-square there and back') FROM grid;
SELECT ok(bool_and(abs(f_probability(f_quantile(p, df, 9), df, 9) / p - 1) < 1e-11), 'F there and back') FROM grid;
SELECT ok(bool_and(abs(normal_probability(normal_quantile(p)) / p - 1) < 1e-11), 'normal there and back') FROM grid;
SELECT ok(bool_and(abs(student_quantile(1 - p / 2, df) ^ 2 / f_quantile(1 - p, 1, df) - 1) < 1e-9), 'F with one degree of freedom is t squared') FROM grid WHERE p BETWEEN 0.001 AND 0.9;
SELECT ok(bool_and(abs(normal_quantile(1 - p / 2) ^ 2 / chi_square_quantile(1 - p, 1) - 1) < 1e-9), 'chi-square with one is normal squared') FROM grid WHERE p BETWEEN 0.001 AND 0.9;
SELECT ok(bool_and(student_quantile(p, df) = -student_quantile(1 - p, df)), 't is symmetric') FROM grid WHERE p IN (0.5, 0.9);
SELECT ok((c).low[2] < 2 AND (c).high[2] > 2 AND abs(((c).low[2] + (c).high[2]) / 2 - (f).coefficients[2]) < 1e-12
    AND abs(((c).high[2] - (c).low[2]) / 2 / (f).standard_errors[2] - student_quantile(0.95, 38)) < 1e-12, 'limits stand t standard errors on either side')
FROM (SELECT f, confidence_interval(f, 0.9) AS c FROM (SELECT ols(2 * i + sin(i * i), ARRAY[1, i]) AS f FROM generate_series(1, 40) i) s) s;
SELECT ok(abs(student_quantile(1e-300, 1) * 1e-300 * pi() + 1) < 1e-12 AND abs(student_probability(-1e200, 1) * 1e200 * pi() - 1) < 1e-12 AND abs(f_probability(1e-310, 2, 7) / 1e-310 - 1) < 1e-12,
    'far tails whose squares and products float8 does not hold have their digits');
SELECT throws_ok('SELECT terrbal.student_quantile(1e-10, 0.01)', '22003', NULL, 'a quantile that float8 does not hold is an error');
SELECT * FROM finish();
