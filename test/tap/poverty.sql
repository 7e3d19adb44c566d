-- poverty: figures of R, decomposition by group, scaling, splits
SET client_min_messages = warning;
SET search_path = terrbal, public;
SELECT plan(10);
CREATE TEMP TABLE income AS SELECT i, 100 * exp(sin(i * 7.1) * 2) AS x, (1 + i % 7)::float8 AS w, 'g' || i % 5 AS g FROM generate_series(1, 997) i;
CREATE TEMP TABLE whole AS SELECT (poverty(x, w, 60)).* FROM income;
SELECT ok(abs(sum((p).population * (p).headcount) / sum((p).population) / max(h) - 1) < 1e-14 AND abs(sum((p).population * (p).severity) / sum((p).population) / max(s) - 1) < 1e-14,
    'FGT of groups adds up') FROM (SELECT g, poverty(x, w, 60) AS p FROM income GROUP BY g) t, (SELECT headcount AS h, severity AS s FROM whole) w;
SELECT ok(abs(p.sen_shorrocks_thon / (p.gap * (1 + q.gini)) - 1) < 1e-12, 'Sen-Shorrocks-Thon is the gap times one plus the Gini of gaps')
FROM whole p, (SELECT gini(greatest(0, (60 - x) / 60), w) FROM income) q;
SELECT ok(abs(p.watts / q.w - 1) < 1e-13 AND abs(p.severity / q.s - 1) < 1e-13, 'Watts and severity of plain SQL') FROM whole p,
    (SELECT sum(w * ln(60 / x)) FILTER (WHERE x < 60) / sum(w) AS w, sum(w * ((60 - x) / 60) ^ 2) FILTER (WHERE x < 60) / sum(w) AS s FROM income) q;
SELECT ok(a.headcount = b.headcount AND abs(a.sen_shorrocks_thon / b.sen_shorrocks_thon - 1) < 1e-14, 'currency does not matter: factor ' || f)
FROM whole a, unnest(ARRAY[1e-290, 1e290]) f, LATERAL (SELECT (poverty(x * f, w, 60 * f)).* FROM income) b;
SELECT ok(a = b, 'parts, stored as text and merged, to the bit') FROM (SELECT poverty(x, w, 60) AS a FROM income) p,
    (SELECT poverty(rollup(s), 60) AS b FROM (SELECT sample_state(x, w)::text::sample_state AS s FROM income GROUP BY i % 13) q) r;
SELECT ok(abs(esteban_ray(x, 0) / (2 * gini(x) * avg(x)) - 1) < 1e-12, 'alpha 0 is twice the Gini times the mean') FROM income;
SELECT ok(abs(esteban_ray(x, w, 1.3) / (SELECT sum(p.s ^ 2.3 * q.s * abs(p.x - q.x)) FROM (SELECT x, sum(w) / (SELECT sum(w) FROM income) AS s FROM income GROUP BY x) p,
    (SELECT x, sum(w) / (SELECT sum(w) FROM income) AS s FROM income GROUP BY x) q) - 1) < 1e-11, 'Esteban-Ray by its double sum') FROM income;
\set golden `cd "$GOLDEN" 2>/dev/null && ls evidence/poverty/esteban_ray_data.csv evidence/poverty/esteban_ray_expected.csv evidence/poverty/poverty_polarisation_expected.csv >/dev/null 2>&1 && echo yes || echo no`
\if :golden
CREATE TEMP TABLE expected (dataset text, line float8, key text, value float8);
\copy expected FROM PROGRAM 'cat "$GOLDEN/evidence/poverty/poverty_polarisation_expected.csv"' (FORMAT csv, HEADER, NULL 'NA')
CREATE TEMP TABLE ineq AS SELECT 'ineq_x' AS dataset, unnest(ARRAY[541,1463,2445,3438,4437,5401,6392,8304,11904,22261]::float8[]) AS x
    UNION ALL SELECT 'ineq_y', unnest(ARRAY[841,2063,2445,3438,4437,5401,6392,8304,11304,21961]::float8[]);
SELECT ok(count(*) >= 30 AND max(abs(got - value)) < 1e-11, 'R package ineq: FGT, Watts, Sen-Shorrocks-Thon at three lines, ' || count(*) || ' figures') FROM (
    SELECT e.*, CASE WHEN key ILIKE '%FGT0%' THEN (p).headcount WHEN key ILIKE '%FGT1%' THEN (p).gap WHEN key ILIKE '%FGT2%' THEN (p).severity
        WHEN key ILIKE '%watts%' THEN (p).watts WHEN key ILIKE '%sst%' OR key ILIKE '%shorrocks%' THEN (p).sen_shorrocks_thon END AS got
    FROM expected e JOIN LATERAL (SELECT poverty(x, e.line) AS p FROM ineq i WHERE i.dataset = e.dataset) s ON (p).n > 0 WHERE e.line > 0) t WHERE got IS NOT NULL;
CREATE TEMP TABLE pole (y float8, share float8);
\copy pole FROM PROGRAM 'cat "$GOLDEN/evidence/poverty/esteban_ray_data.csv"' CSV HEADER
CREATE TEMP TABLE er (alpha float8, p float8);
\copy er FROM PROGRAM 'cat "$GOLDEN/evidence/poverty/esteban_ray_expected.csv"' CSV HEADER
SELECT ok(count(*) > 3 AND max(abs(got / p - 1)) < 1e-11, 'R package acid: Esteban-Ray, ' || count(*) || ' values of alpha') FROM (SELECT alpha, p, (SELECT esteban_ray(sample_state(y, share), alpha) FROM pole) AS got FROM er WHERE alpha <= 1.6) s;
\else
SELECT skip('the figures of test/fixture/golden are not here', 2);
\endif
SELECT * FROM finish();
