-- settlement: the Belgian grid and communes (flexurba on GHSL R2023A), invariance, and what must add up
\set golden `cd "$GOLDEN" 2>/dev/null && ls flows/degurba_belgium_grid.csv.gz flows/degurba_belgium_units_L1.csv.gz >/dev/null 2>&1 && echo yes || echo no`
SET client_min_messages = warning;
SET search_path = public, terrbal;
SELECT plan(20);

CREATE TEMP TABLE grid AS
SELECT x, y, round((exp(3 + 3.2 * sin(x / 17.0) * cos(y / 13.0) + 2 * sin(x / 5.0) * sin(y / 7.0) + (x * 7919 + y * 104729) % 100 / 70.0))::numeric, 1)::float8 AS p,
       CASE WHEN (x + y) % 29 < 3 THEN 0.3 ELSE 1 END::float8 AS l, (x * 31 + y * 17) % 100 / 400.0::float8 AS b
FROM generate_series(0, 119) x, generate_series(0, 89) y;
UPDATE grid SET p = 0, b = 0 WHERE l < 1 AND (x + y) % 2 = 0;
CREATE TEMP TABLE original AS
SELECT rules, x, y, p, settlement_class(x, y, p, l, b, rules) OVER w AS class, settlement_class_level1(x, y, p, l, b, rules) OVER w AS level1
FROM grid, unnest(ARRAY['eurostat_2021', 'eurostat_2024', 'ghsl_r2022a', 'ghsl_r2023a']) rules WINDOW w AS (PARTITION BY rules);

SELECT is(count(DISTINCT class)::int, 8, 'the made-up grid has every class under ' || rules) FROM original GROUP BY rules ORDER BY rules;
SELECT is(count(*) FILTER (WHERE o.class <> t.class OR o.level1 <> t.level1)::int, 0, what || ' does not matter')
FROM original o JOIN (
    SELECT what, rules, x, y, settlement_class(u, v, p, l, b, rules) OVER w AS class, settlement_class_level1(u, v, p, l, b, rules) OVER w AS level1
    FROM grid, unnest(ARRAY['eurostat_2021', 'eurostat_2024', 'ghsl_r2022a', 'ghsl_r2023a']) rules,
         LATERAL (VALUES ('rotation', -y, x), ('mirror', -x, y), ('translation', x + 2147483000, y - 2147483000)) t (what, u, v)
    WINDOW w AS (PARTITION BY what, rules ORDER BY (x * 7 + y * 13) % 101, x, y)) t USING (rules, x, y)
GROUP BY what ORDER BY what;
SELECT is(sum(people), (SELECT sum(p::numeric) * 4 FROM grid), 'population of the classes adds up') FROM (SELECT sum(p::numeric) people FROM original GROUP BY rules, class) s;
SELECT ok(bool_and(class <> 30 OR level1 = 3) AND bool_and(level1 <> 3 OR class = 30) AND bool_and(level1 <> 0 OR class IN (10, 30, 23, 22, 21, 13)), 'level 1 and level 2 have the same centres')
FROM original;
SELECT ok(bool_and(abs((d).urban_centre + (d).urban_cluster + (d).rural - 1) < 1e-12 AND abs((d).urban_cluster - (d).dense_cluster - (d).semi_dense_cluster - (d).suburban) < 1e-12),
          'shares of a unit add up to 1')
FROM (SELECT degree_of_urbanisation(class, p, 1) AS d FROM original WHERE rules = 'eurostat_2021' GROUP BY x / 10, y / 10) s;
SELECT ok(bool_and(a = b), 'merged states of parts give the whole')
FROM (SELECT degree_of_urbanisation(class, p, 1)::text AS a, (SELECT degree_of_urbanisation(rollup(s))::text FROM (SELECT urbanisation_state(class, p, 1)::text::urbanisation_state AS s
      FROM original WHERE rules = 'eurostat_2021' GROUP BY x, y % 3) q) AS b FROM original WHERE rules = 'eurostat_2021') t;

\if :golden
CREATE TEMP TABLE belgium (y int, x int, pop float8, land float8, built float8, l1 int);
\copy belgium FROM PROGRAM 'zcat "$GOLDEN/flows/degurba_belgium_grid.csv.gz"' CSV HEADER
CREATE TEMP TABLE commune (uid text, total float8, centre float8, cluster float8, urban float8, rural float8, centre_share float8, cluster_share float8, urban_share float8, rural_share float8, l1 int);
\copy commune FROM PROGRAM 'zcat "$GOLDEN/flows/degurba_belgium_units_L1.csv.gz"' CSV HEADER NULL 'NA'
CREATE TEMP TABLE classified AS
SELECT *, settlement_class_level1(x, y, nullif(pop, 'NaN'), land, built) OVER () AS level1,
       settlement_class_level1(x, y, nullif(pop, 'NaN'), land, built, 'ghsl_r2023a') OVER () AS level1_ghsl,
       settlement_class(x, y, nullif(pop, 'NaN'), land, built) OVER () AS class FROM belgium;
SELECT is(count(*) FILTER (WHERE level1 = l1 AND level1_ghsl = l1)::int, 66357, 'all 66,357 cells of the Belgian grid have their class of level 1') FROM classified;
SELECT is(array_agg(n ORDER BY l1), ARRAY[2578, 52837, 8797, 2145]::bigint[], 'in the published numbers') FROM (SELECT level1 l1, count(*) n FROM classified GROUP BY 1) s;
SELECT is(count(*)::int, 5, 'level 2 folds to level 1 but for dense cells by built-up land') FROM classified WHERE settlement_level1(class) <> l1;
SELECT is(array_agg(n ORDER BY l1), ARRAY[73, 292, 214]::bigint[], 'communes with data by class of level 1')
FROM (SELECT (d).level1 l1, count(*) n FROM (SELECT degree_of_urbanisation(c::smallint, p, NULL) d FROM commune, LATERAL (VALUES (30, centre), (21, cluster), (12, rural)) v (c, p)
      WHERE total IS NOT NULL GROUP BY uid) s GROUP BY 1) t;
SELECT is(count(*) FILTER (WHERE (d).level1 = 4 - l1 AND abs((d).urban_centre - a) < 1e-9 AND abs((d).urban_cluster - b) < 1e-9 AND abs((d).rural - c) < 1e-9)::int, 579, 'every commune has its class and shares')
FROM (SELECT min(l1) l1, degree_of_urbanisation(k::smallint, p, NULL) d, min(centre_share) a, min(cluster_share) b, min(rural_share) c
      FROM commune, LATERAL (VALUES (30, centre), (21, cluster), (12, rural)) v (k, p) WHERE total IS NOT NULL GROUP BY uid) s;
SELECT is(array_agg(n ORDER BY class), ARRAY[6791, 1509]::bigint[], 'suburbs and dense towns of 2024: a share below the threshold is below it')
FROM (SELECT class, count(*) n FROM (SELECT settlement_class(x, y, nullif(pop, 'NaN'), land, built, 'eurostat_2024') OVER () AS class FROM belgium) s WHERE class IN (21, 23) GROUP BY class) t;
SELECT is(array_agg(x || ' ' || y ORDER BY x), ARRAY['226 63', '242 59'], 'two cells are dense only by a share rounded to three decimals')
FROM (SELECT x, y, settlement_class(x, y, nullif(pop, 'NaN'), land, built, 'eurostat_2024') OVER () AS plain,
             settlement_class(x, y, nullif(pop, 'NaN'), land, CASE WHEN built >= 0.1995 * land AND built < 0.2 * land AND land > 0 THEN 0.2001 * land ELSE built END, 'eurostat_2024') OVER () AS rounded FROM belgium) s
WHERE plain <> rounded;
SELECT is(round(max(t)::numeric, 7), 0.2434054, 'optimal built-up threshold of Belgium') FROM (SELECT built_up_threshold(x, y, nullif(pop, 'NaN'), land, built) OVER () t FROM belgium) s;
SELECT is(round(max(t)::numeric, 7), 0.2223592, 'and with density 1,000, size 10,000, corners')
FROM (SELECT built_up_threshold(x, y, nullif(pop, 'NaN'), land, built, 1000, 10000, true) OVER () t FROM belgium) s;
\else
SELECT skip('the figures of test/fixture/golden are not here', 9);
\endif
SELECT * FROM finish();
