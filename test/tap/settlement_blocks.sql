-- settlement_class by blocks that no cluster crosses: random countries, both rules, both levels
SET client_min_messages = warning;
SET search_path = terrbal, public;
SELECT plan(4);
CREATE TEMP TABLE cell AS
SELECT seed, x, y, CASE WHEN h < 8 OR h = 77 THEN 0 ELSE round((exp(h / 70.0 + 1 + (4 + town % 5) * exp(-(mx * mx + my * my * (1 + town % 3)) / (8.0 + 12 * (town % 11))) + 1.5 * sin(x / 2.0) * sin(y / 3.0)))::numeric, 1)::float8 END AS population,
    CASE WHEN h = 77 THEN 0 WHEN h % 9 = 0 THEN 0.4 ELSE 1 END::float8 AS land, CASE WHEN h = 77 THEN 0 ELSE 0.3 * (h / 100.0) ^ 4 * exp(-(mx * mx + my * my) / 60.0) END::float8 AS built
FROM generate_series(1, 3) seed, generate_series(-100, 60) x, generate_series(-90, 80) y,
     LATERAL (SELECT (x * 7919 + y * 104729 + seed * 31 & 1048575) % 100 AS h, (x + 1000) % 47 - 23 AS mx, (y + 1000) % 41 - 20 AS my, ((x + 1000) / 47 * 37 + (y + 1000) / 41 * 101 + seed * 13) % 59 AS town) s
WHERE (x * 31 + y * 17 + seed) % 211 <> 0;
CREATE TEMP TABLE block AS
WITH coarse AS (SELECT seed, x >> 3 AS cx, y >> 3 AS cy FROM cell GROUP BY 1, 2, 3 HAVING bool_or(population > 0 AND population >= 300 * land OR built > 0 AND built >= 0.2 * land)),
     near AS (SELECT DISTINCT seed, cx + i AS cx, cy + j AS cy FROM coarse, generate_series(-1, 1) i, generate_series(-1, 1) j)
SELECT seed, cx, cy, patch_id(cx, cy, 1) OVER (PARTITION BY seed) AS block FROM near;
CREATE TEMP TABLE placed AS SELECT cell.*, block, CASE WHEN block IS NULL THEN y >> 3 END AS strip FROM cell LEFT JOIN block ON block.seed = cell.seed AND cx = x >> 3 AND cy = y >> 3;
SELECT ok(count(DISTINCT (seed, block)) > 15 AND bool_or(block IS NULL) AND max(n) FILTER (WHERE block IS NOT NULL) < 10000, 'many blocks, none of them most of a country') FROM (SELECT seed, block, count(*) OVER (PARTITION BY seed, block) AS n FROM placed) p;
CREATE TEMP TABLE whole AS SELECT seed, x, y, rules, settlement_class(x, y, population, land, built, rules) OVER w AS class, settlement_class_level1(x, y, population, land, built, rules) OVER w AS level1
FROM cell, unnest(ARRAY['eurostat_2021', 'eurostat_2024']) rules WINDOW w AS (PARTITION BY seed, rules);
CREATE TEMP TABLE parts AS SELECT seed, x, y, rules, settlement_class(x, y, population, land, built, rules) OVER w AS class, settlement_class_level1(x, y, population, land, built, rules) OVER w AS level1
FROM placed, unnest(ARRAY['eurostat_2021', 'eurostat_2024']) rules WINDOW w AS (PARTITION BY seed, rules, block, strip);
SELECT ok(count(*) = (SELECT 2 * count(*) FROM cell) AND count(*) FILTER (WHERE a.class IS DISTINCT FROM b.class) = 0, 'level 2: cell by cell what the whole country has') FROM whole a JOIN parts b USING (seed, x, y, rules);
SELECT ok(count(*) FILTER (WHERE a.level1 IS DISTINCT FROM b.level1) = 0, 'level 1 too') FROM whole a JOIN parts b USING (seed, x, y, rules);
SELECT ok(count(DISTINCT class) = 8, 'the countries have every class') FROM whole;
SELECT * FROM finish();
