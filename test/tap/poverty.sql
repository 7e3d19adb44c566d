-- poverty: figures of R, decomposition by group, scaling, splits
SET client_min_messages = warning;
SET search_path = terrbal, public;
SELECT plan(18);
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
-- several dimensions: by definition, by group, in any unit of the weights, in parts
CREATE TEMP TABLE person AS SELECT i, 'g' || i % 5 AS g, (1 + i % 7)::float8 AS w, ARRAY[(i * 37 % 11 < 4)::int, (i * 53 % 13 < 5)::int, (i * 29 % 17 < 6)::int, (i * 71 % 19 < 3)::int, (i % 2)::int]::float8[] AS d FROM generate_series(1, 997) i;
\set v 'ARRAY[0.3, 0.25, 0.2, 0.15, 0.1]'
CREATE TEMP TABLE counted AS SELECT p.*, c, c >= 0.45 - 1e-9 AS poor FROM person p, LATERAL (SELECT sum(x * y) AS c FROM unnest(d, :v) u (x, y)) q;
SELECT ok(abs(p.headcount / q.h - 1) < 1e-13 AND abs(p.index / q.m - 1) < 1e-13 AND abs(p.intensity / q.a - 1) < 1e-13 AND (p.poor, p.population, p.n) = (q.poor, q.population, 997), 'counting in SQL')
FROM (SELECT (multidimensional_poverty(d, :v, 0.45, w)).* FROM person) p, (SELECT sum(w) FILTER (WHERE poor) / sum(w) AS h, sum(w * c) FILTER (WHERE poor) / sum(w) AS m, sum(w * c) FILTER (WHERE poor) / sum(w) FILTER (WHERE poor) AS a,
    sum(w) FILTER (WHERE poor) AS poor, sum(w) AS population FROM counted) q;
SELECT ok(bool_and(abs(c / (SELECT sum(w) FILTER (WHERE poor AND d[j] = 1) / sum(w) FROM counted) - 1) < 1e-13 AND abs(u / (SELECT sum(w) FILTER (WHERE d[j] = 1) / sum(w) FROM counted) - 1) < 1e-13)
    AND abs(sum(k) - 1) < 1e-14 AND abs(sum(c * v) / min(p.index) - 1) < 1e-14, 'by dimension')
FROM (SELECT (multidimensional_poverty(d, :v, 0.45, w)).* FROM person) p, unnest(censored, uncensored, contribution, :v) WITH ORDINALITY x (c, u, k, v, j);
SELECT ok(abs(sum((p).index * (p).population) / sum((p).population) / (SELECT (multidimensional_poverty(d, :v, 0.45, w)).index FROM person) - 1) < 1e-14, 'groups add up')
FROM (SELECT g, multidimensional_poverty(d, :v, 0.45, w) AS p FROM person GROUP BY g) s;
SELECT ok(count(DISTINCT (p).headcount) = 1 AND max(abs((p).index / x - 1)) < 1e-14, 'weights in any unit') FROM unnest(ARRAY[1e-200, 0.05, 20, 1e200]) f,
    LATERAL (SELECT multidimensional_poverty(d, ARRAY[0.3 * f, 0.25 * f, 0.2 * f, 0.15 * f, 0.1 * f], 0.45 * f, w) AS p FROM person) s, (SELECT (multidimensional_poverty(d, :v, 0.45, w)).index AS x FROM person) q;
SELECT ok((SELECT bool_and(abs(h - e) < 1e-15) FROM (SELECT (multidimensional_poverty(rollup(s))).headcount AS h FROM (SELECT deprivation_state(d, :v, 0.45, w)::text::deprivation_state AS s FROM person GROUP BY i % 13) q) a,
    (SELECT (multidimensional_poverty(d, :v, 0.45, w)).headcount AS e FROM person) b), 'parts, stored as text and merged');
SELECT throws_ok(format('SELECT %L::deprivation_state', overlay(s PLACING '7ff8000000000000' FROM position(replace('3fdccccccccccccd', ' ', '') IN s))), '22P02', NULL, 'a forged cutoff') FROM (SELECT deprivation_state(d, :v, 0.45)::text AS s FROM person) q;
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
\set golden `cd "$GOLDEN" 2>/dev/null && ls evidence/poverty/alkire_foster_mpi_data.csv evidence/poverty/alkire_foster_mpi_expected.csv evidence/poverty/alkire_foster_mpi_dimension_k3_expected.csv >/dev/null 2>&1 && echo yes || echo no`
\if :golden
CREATE TEMP TABLE mpi (id int, a int, b int, c int, d int, e int, f int, g int, h int, i int, j int, k int, region text);
\copy mpi FROM PROGRAM 'cat "$GOLDEN/evidence/poverty/alkire_foster_mpi_data.csv"' CSV HEADER
CREATE TEMP TABLE af (k int, region text, n int, poor int, h float8, a float8, m float8);
\copy af FROM PROGRAM 'cat "$GOLDEN/evidence/poverty/alkire_foster_mpi_expected.csv"' (FORMAT csv, HEADER, NULL 'NaN')
CREATE TEMP TABLE dimension (k int, name text, contribution float8, uncensored_count int, uncensored float8, censored_count int, censored float8);
\copy dimension FROM PROGRAM 'cat "$GOLDEN/evidence/poverty/alkire_foster_mpi_dimension_k3_expected.csv"' CSV HEADER
CREATE TEMP TABLE af_got AS SELECT v.k, region, multidimensional_poverty(ARRAY[a, b, c, d, e, f, g, h, i, j, x.k]::float8[], array_fill(1 / 11.0::float8, ARRAY[11]), v.k / 11.0) AS p
FROM mpi x, (SELECT DISTINCT k FROM af) v (k) GROUP BY GROUPING SETS ((v.k, region), (v.k));
SELECT ok(count(*) = 14 AND bool_and((p).n = e.n AND (p).poor = e.poor AND abs((p).headcount - e.h) < 1e-11 AND abs((p).index - e.m) < 1e-11 AND CASE WHEN e.poor = 0 THEN (p).intensity IS NULL ELSE abs((p).intensity - e.a) < 1e-11 END), 'Alkire-Foster of R')
FROM af e JOIN af_got g ON g.k = e.k AND e.region = coalesce(g.region, 'Null');
SELECT ok(count(*) = 11 AND bool_and(abs((p).contribution[n] - contribution) < 1e-12 AND abs((p).censored[n] - censored) < 1e-12 AND abs((p).uncensored[n] - uncensored) < 1e-12), 'and its dimensions')
FROM (SELECT *, row_number() OVER () AS n FROM dimension) d, af_got WHERE af_got.k = 3 AND region IS NULL;
\else
SELECT skip('figures of sources whose licence keeps them out: test/fixture/golden/README.md', 2);
\endif
SELECT * FROM finish();
