-- price_index: rsmatrix, equality with least squares written out, order, merge
SET client_min_messages = warning;
SET search_path = terrbal, public;
CREATE FUNCTION pg_temp.off(got float8, want float8) RETURNS float8 LANGUAGE sql IMMUTABLE AS
    $$SELECT CASE WHEN got IS NULL OR want IS NULL THEN 'Infinity' WHEN want = 0 THEN abs(got) ELSE abs(got / want - 1) END$$;
SELECT plan(14);

CREATE TEMP TABLE pair AS
SELECT i, 1 + i % 5 AS t1, 2 + i % 5 + i % 4 AS t2, 100 + i % 37 AS p1, (100 + i % 37) * exp(0.04 * (1 + i % 4) + 0.1 * sin(i * 1.7) * sqrt(1 + i % 4)) AS p2 FROM generate_series(1, 400) i;
CREATE TEMP TABLE design AS SELECT *, ln(p2 / p1) AS y, ARRAY(SELECT (t2 = k)::int - (t1 = k)::int FROM generate_series(2, 9) k)::float8[] AS z FROM pair;

SELECT ok(bool_and(pg_temp.off(i.index, 100 * exp(b)) < 1e-12 AND pg_temp.off(i.se, i.index * s) < 1e-11) AND count(*) = 8, 'geometric index: ols on dummies of +1 and -1 with hc1')
FROM (SELECT repeat_sales(p1, t1, p2, t2) AS r FROM pair) a, unnest(a.r) i
JOIN (SELECT k + 1 AS period, b, s FROM (SELECT ols_robust(y, z, 'hc1') AS f FROM design) x, unnest((f).coefficients, (f).standard_errors) WITH ORDINALITY u(b, s, k)) o USING (period);
-- the three stages of Case and Shiller by ols
CREATE TEMP TABLE stage AS
WITH f AS (SELECT ols(y, z) AS f FROM design), e AS (SELECT d.*, (y - predicted(f, z)) ^ 2 AS e2 FROM design d, f), v AS (SELECT (ols(e2, ARRAY[1, t2 - t1])).coefficients AS c FROM e)
SELECT e.*, 1 / (c[1] + c[2] * (t2 - t1)) AS w FROM e, v;
SELECT cmp_ok(min(w), '>', 0::float8, 'fitted variances are positive here') FROM stage;
SELECT ok(bool_and(pg_temp.off(i.index, 100 * exp(b)) < 1e-12) AND count(*) = 8, 'weighted index: three stages by ols')
FROM (SELECT weighted_repeat_sales(p1, t1, p2, t2) AS r FROM pair) a, unnest(a.r) i
JOIN (SELECT k + 1 AS period, b FROM (SELECT ols(y, z, w) AS f FROM stage) x, unnest((f).coefficients) WITH ORDINALITY u(b, k)) o USING (period);
SELECT ok(bool_and(abs(sum) < 1e-9), 'arithmetic index: discounted prices of pairs balance in every period but the base')
FROM (SELECT k, sum(CASE k WHEN t2 THEN p2 / b.index - p1 / a.index WHEN t1 THEN p1 / a.index - p2 / b.index END) AS sum
      FROM pair, generate_series(2, 9) k, (SELECT arithmetic_repeat_sales(p1, t1, p2, t2) AS r FROM pair) x, unnest(x.r) a, unnest(x.r) b
      WHERE a.period = t1 AND b.period = t2 AND k IN (t1, t2) GROUP BY k) s;
SELECT ok(a = b, 'row order does not matter') FROM (SELECT repeat_sales(p1, t1, p2, t2) AS a FROM pair) x, (SELECT repeat_sales(p1, t1, p2, t2) AS b FROM (SELECT * FROM pair ORDER BY p2) o) y;
SELECT ok(a = b, 'nor do stored parts') FROM (SELECT weighted_repeat_sales(p1, t1, p2, t2) AS a FROM pair) x,
    (SELECT weighted_repeat_sales(rollup(s)) AS b FROM (SELECT repeat_sales_state(p1, t1, p2, t2)::text::repeat_sales_state AS s FROM pair GROUP BY i % 11) p) y;
SELECT ok(bool_and(pg_temp.off(x.index, y.index) < 1e-13), 'nor does the currency')
FROM (SELECT repeat_sales(p1, t1, p2, t2) AS a, repeat_sales(7 * p1, t1, 7 * p2, t2) AS b, arithmetic_repeat_sales(p1, t1, p2, t2) AS c, arithmetic_repeat_sales(7 * p1, t1, 7 * p2, t2) AS d FROM pair) s,
LATERAL (SELECT * FROM unnest(a || c) WITH ORDINALITY u(period, index, se, n, o)) x JOIN LATERAL (SELECT * FROM unnest(b || d) WITH ORDINALITY u(period, index, se, n, o)) y USING (o);
SELECT ok(pg_temp.off(spar(p2, p1, i % 2 = 0), (sum(p2) FILTER (WHERE i % 2 = 1) / sum(p1) FILTER (WHERE i % 2 = 1)) / (sum(p2) FILTER (WHERE i % 2 = 0) / sum(p1) FILTER (WHERE i % 2 = 0))) < 1e-13, 'spar of plain SQL') FROM pair;
SELECT ok(bool_and(pg_temp.off(i.index, 100 * exp(b)) < 1e-12 AND pg_temp.off(i.se, i.index * s) < 1e-11) AND count(*) = 4, 'hedonic index: ols with a constant and dummies')
FROM (SELECT hedonic_index(p2, t1, ARRAY[ln(p1), t2]) AS r FROM pair) a, unnest(a.r) i
JOIN (SELECT k AS period, b, s FROM (SELECT ols(ln(p2), ARRAY[1, (t1 = 2)::int, (t1 = 3)::int, (t1 = 4)::int, (t1 = 5)::int, ln(p1), t2]) AS f FROM pair) x,
      unnest((f).coefficients, (f).standard_errors) WITH ORDINALITY u(b, s, k)) o USING (period) WHERE i.period > 1;
SELECT ok(pg_temp.off(h, (r[2]).index) < 1e-13, 'hedonic index of two periods, as a number') FROM (SELECT hedonic_index(p2, t1 = 1, ARRAY[p1]) AS h, hedonic_index(p2, t1, ARRAY[p1]) AS r FROM pair WHERE t1 <= 2) s;
SELECT ok(bool_and(pg_temp.off(i.index, 100 * exp(m.m - b.m)) < 1e-12), 'without characteristics: geometric means of the periods')
FROM (SELECT hedonic_index(p2, t1, ARRAY[1]) AS r FROM pair) a, unnest(a.r) i JOIN (SELECT t1 AS period, avg(ln(p2)) AS m FROM pair GROUP BY t1) m USING (period), (SELECT avg(ln(p2)) AS m FROM pair WHERE t1 = 1) b;

\set golden `cd "$GOLDEN" 2>/dev/null && ls land_value/repeat_sales/rsmatrix_example.csv land_value/repeat_sales/rsmatrix_example_expected_R.csv >/dev/null 2>&1 && echo yes || echo no`
\if :golden
CREATE TEMP TABLE example (t2 int, t1 int, p2 float8, p1 float8);
\copy example FROM PROGRAM 'cat "$GOLDEN/land_value/repeat_sales/rsmatrix_example.csv"' CSV HEADER
CREATE TEMP TABLE expected (period int, grs float8, grs_se float8, ars float8, ars_se float8);
\copy expected FROM PROGRAM 'cat "$GOLDEN/land_value/repeat_sales/rsmatrix_example_expected_R.csv"' CSV HEADER
SELECT ok(bool_and(pg_temp.off(i.index, grs) < 1e-9 AND pg_temp.off(i.se, grs_se) < 1e-9) AND count(*) = 2, 'rsmatrix, geometric') FROM (SELECT repeat_sales(p1, t1, p2, t2) AS r FROM example) a, unnest(a.r) i JOIN expected USING (period);
SELECT ok(bool_and(pg_temp.off(i.index, ars) < 1e-9 AND pg_temp.off(i.se, ars_se) < 1e-9) AND count(*) = 2, 'rsmatrix, arithmetic') FROM (SELECT arithmetic_repeat_sales(p1, t1, p2, t2) AS r FROM example) a, unnest(a.r) i JOIN expected USING (period);
\else
SELECT skip('the figures of test/fixture/golden are not here', 2);
\endif
SELECT throws_ok($$SELECT repeat_sales('746201'::repeat_sales_state)$$, '22P02', NULL, 'a forged state is refused');
SELECT * FROM finish();
