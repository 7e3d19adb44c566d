-- false_discovery: figures of R's p.adjust, the definitions in SQL, invariance
SET client_min_messages = warning;
SET search_path = terrbal, public;
SELECT plan(4);
CREATE TEMP TABLE test AS SELECT i, CASE WHEN i % 10 = 0 THEN (i * 37 % 50 + 1) / 4000.0 ELSE (i * 7919 % 1009 + 1) / 1010.0 END::float8 AS p FROM generate_series(1, 300) i;
SELECT ok(bool_and(abs(q - least(1, want)) < 1e-14), 'Benjamini and Hochberg: the least of m p / rank over those not below')
FROM (SELECT i, p, false_discovery(p) OVER () AS q FROM test) s, LATERAL (SELECT min(300 * t.p / t.rank) AS want FROM (SELECT t.p, count(*) OVER (ORDER BY t.p) AS rank FROM test t) t WHERE t.p >= s.p) w;
SELECT ok(bool_and(abs(h - least(1, want)) < 1e-14), 'Holm: the most of what is left times p over those not above')
FROM (SELECT i, p, false_discovery(p, 'holm') OVER () AS h FROM test) s, LATERAL (SELECT max((301 - t.rank) * t.p) AS want FROM (SELECT t.p, rank() OVER (ORDER BY t.p) AS rank FROM test t) t WHERE t.p <= s.p) w;
SELECT ok(bool_and(q <= y AND q <= h AND h <= b AND p <= q AND q = again), 'each is stricter than the one before, and order does not matter')
FROM (SELECT p, false_discovery(p) OVER () AS q, false_discovery(p, 'benjamini_yekutieli') OVER () AS y, false_discovery(p, 'holm') OVER () AS h, false_discovery(p, 'bonferroni') OVER () AS b, false_discovery(p) OVER (ORDER BY i DESC ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS again FROM test) s;
\set golden `cd "$GOLDEN" 2>/dev/null && ls evidence/spatial/columbus_queen_local_expected.csv >/dev/null 2>&1 && echo yes || echo no`
\if :golden
CREATE TEMP TABLE raw (line text);
\copy raw FROM PROGRAM 'cut -d, -f7-11 "$GOLDEN/evidence/spatial/columbus_queen_local_expected.csv" | tail -n +2 | tr , " "'
SELECT ok(count(*) = 49 AND bool_and(abs(bh - f[2]) < 1e-9 AND abs(yek - f[3]) < 1e-9 AND abs(holm - f[4]) < 1e-9 AND abs(bonf - f[5]) < 1e-9), 'p.adjust over 49 neighbourhoods of Columbus')
FROM (SELECT f, false_discovery(f[1]) OVER () AS bh, false_discovery(f[1], 'benjamini_yekutieli') OVER () AS yek, false_discovery(f[1], 'holm') OVER () AS holm, false_discovery(f[1], 'bonferroni') OVER () AS bonf
      FROM (SELECT string_to_array(line, ' ')::float8[] AS f FROM raw) r) s;
\else
SELECT skip('the figures of test/fixture/golden are not here', 1);
\endif
SELECT * FROM finish();
