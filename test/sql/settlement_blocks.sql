SET search_path = terrbal, public;
SET client_min_messages = warning;
-- a country of some dozens of towns on 38,000 cells of 1 km, one in a hundred water, one in two hundred not given
CREATE TEMP TABLE cell AS
SELECT x, y, CASE WHEN h < 8 OR h = 77 THEN 0 ELSE round((exp(h / 70.0 + 1 + (4 + town % 5) * exp(-(mx * mx + my * my * (1 + town % 3)) / (8.0 + 12 * (town % 11))) + 1.5 * sin(x / 2.0) * sin(y / 3.0)))::numeric, 1)::float8 END AS population,
    CASE WHEN h = 77 THEN 0 WHEN h % 9 = 0 THEN 0.4 ELSE 1 END::float8 AS land, CASE WHEN h = 77 THEN 0 ELSE 0.3 * (h / 100.0) ^ 4 * exp(-(mx * mx + my * my) / 60.0) END::float8 AS built
FROM generate_series(-100, 120) x, generate_series(-80, 90) y,
     LATERAL (SELECT (x * 7919 + y * 104729 + 1 * 31 & 1048575) % 100 AS h, (x + 1000) % 47 - 23 AS mx, (y + 1000) % 41 - 20 AS my, ((x + 1000) / 47 * 37 + (y + 1000) / 41 * 101 + 1 * 13) % 59 AS town) s
WHERE (x * 31 + y * 17 + 1) % 211 <> 0;
-- by blocks: towns with 8 to 16 km around them, and strips of 8 km of what lies between
CREATE TEMP TABLE classed AS
WITH coarse AS (SELECT x >> 3 AS cx, y >> 3 AS cy FROM cell GROUP BY 1, 2 HAVING bool_or(population > 0 AND population >= 300 * land OR built > 0 AND built >= 0.2 * land)),
     near AS (SELECT DISTINCT cx + i AS cx, cy + j AS cy FROM coarse, generate_series(-1, 1) i, generate_series(-1, 1) j),
     block AS (SELECT cx, cy, patch_id(cx, cy, 1) OVER () AS block FROM near)
SELECT x, y, population, block, settlement_class(x, y, population, land, built) OVER (PARTITION BY block, CASE WHEN block IS NULL THEN y >> 3 END) AS class
FROM cell LEFT JOIN block ON cx = x >> 3 AND cy = y >> 3;
-- the same classes, with no more than a block of cells in memory
SELECT count(*) AS cells, count(*) FILTER (WHERE whole.class <> classed.class) AS different, count(DISTINCT block) AS blocks,
       (SELECT max(n) FROM (SELECT count(*) AS n FROM classed WHERE block IS NOT NULL GROUP BY block) b) AS largest
FROM classed JOIN (SELECT x, y, settlement_class(x, y, population, land, built) OVER () AS class FROM cell) whole USING (x, y);
