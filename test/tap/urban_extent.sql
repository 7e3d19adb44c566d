-- urban extent: circles and classes against joins in SQL, turned, mirrored, moved, in other units
SET client_min_messages = warning;
SET search_path = terrbal, public;
SELECT plan(12);
-- clumps, a park, a park with a hole in the map, scattered houses, a lake
CREATE TEMP TABLE ground AS
SELECT x, y, CASE WHEN (x - 41) ^ 2 + (y - 12) ^ 2 < 10 THEN NULL
    ELSE sin(x * 0.13) * cos(y * 0.11) * 1.4 + (x * 7919 + y * 104729) % 101 / 100.0 > 0.95 AND (x - 34) ^ 2 + (y - 30) ^ 2 > 14 AND (x - 12) ^ 2 + (y - 6) ^ 2 > 14 END AS built
FROM generate_series(1, 60) x, generate_series(1, 45) y WHERE (x * 31 + y * 17) % 97 > 0 AND (x, y) <> (12, 6);
CREATE TEMP TABLE found AS SELECT x, y, built, urban_extent(x, y, built, 50, 220, 75, 90000) OVER () AS extent, built_share_around(x, y, built, 50, 220) OVER () AS around FROM ground;
SELECT ok(count(DISTINCT extent) = 6, 'the map has every class') FROM found;
CREATE TEMP TABLE circle AS SELECT dx, dy FROM generate_series(-5, 5) dx, generate_series(-5, 5) dy WHERE (50 * dx) ^ 2 + (50 * dy) ^ 2 <= 220 ^ 2;
CREATE TEMP TABLE share AS SELECT g.x, g.y, g.built, count(*) FILTER (WHERE n.built) / (SELECT count(*) FROM circle)::float8 AS around
FROM ground g CROSS JOIN circle LEFT JOIN ground n ON n.x = g.x + dx AND n.y = g.y + dy GROUP BY g.x, g.y, g.built;
SELECT ok(bool_and(f.around = s.around) AND count(*) > 2000, 'shares of circles are those of a join') FROM found f JOIN share s USING (x, y);
-- the classes step by step: built, fringe by distance, captured by flooding from the holes of the map
CREATE TEMP TABLE step AS
SELECT x, y, CASE WHEN built IS NULL THEN NULL WHEN built THEN CASE WHEN around > 0.5 THEN 'urban' WHEN around > 0.25 THEN 'suburban' ELSE 'rural' END
    WHEN EXISTS (SELECT FROM share n WHERE n.built AND n.around > 0.25 AND (50 * (n.x - s.x)) ^ 2 + (50 * (n.y - s.y)) ^ 2 <= 75 ^ 2) THEN 'fringe' ELSE 'open' END AS extent FROM share s;
CREATE TEMP TABLE side (i int, j int);
INSERT INTO side VALUES (1, 0), (-1, 0), (0, 1), (0, -1);
CREATE TEMP TABLE rest AS SELECT x, y, extent FROM step WHERE extent IS NULL OR extent IN ('open', 'rural');
CREATE TEMP TABLE torn AS WITH RECURSIVE flood AS (
    SELECT r.x, r.y FROM rest r, side WHERE NOT EXISTS (SELECT FROM ground g WHERE g.x = r.x + i AND g.y = r.y + j)
    UNION SELECT r.x, r.y FROM flood f, side, rest r WHERE r.x = f.x + i AND r.y = f.y + j) SELECT * FROM flood;
CREATE TEMP TABLE pocket AS WITH RECURSIVE reach AS (
    SELECT x, y, x AS x0, y AS y0 FROM rest WHERE (x, y) NOT IN (SELECT x, y FROM torn) UNION SELECT r.x, r.y, x0, y0 FROM reach f, side, rest r WHERE r.x = f.x + i AND r.y = f.y + j)
SELECT x0 AS x, y0 AS y FROM reach JOIN rest USING (x, y) GROUP BY x0, y0 HAVING count(*) FILTER (WHERE extent = 'open') * 2500 < 90000;
UPDATE step SET extent = 'captured' FROM pocket WHERE step.extent = 'open' AND (step.x, step.y) = (pocket.x, pocket.y);
SELECT is(count(*), 0::bigint, 'classes are those of joins and floods') FROM found f JOIN step s USING (x, y) WHERE f.extent::text IS DISTINCT FROM s.extent;
SELECT ok(bool_and(a.extent IS NOT DISTINCT FROM b.extent AND a.around = b.around), 'turned by a right angle, mirrored and moved, the same')
FROM found a JOIN (SELECT x, y, urban_extent(1000 - y, -x, built, 50, 220, 75, 90000) OVER () AS extent, built_share_around(1000 - y, -x, built, 50, 220) OVER () AS around FROM ground) b USING (x, y);
SELECT ok(bool_and(a.extent IS NOT DISTINCT FROM b.extent AND a.around = b.around), 'in kilometres, the same')
FROM found a JOIN (SELECT x, y, urban_extent(x, y, built, 0.05, 0.22, 0.075, 0.09) OVER () AS extent, built_share_around(x, y, built, 0.05, 0.22) OVER () AS around FROM ground) b USING (x, y);
SELECT ok(bool_and(a.extent = b.extent AND a.around = b.around), 'built cells alone have the same classes and shares')
FROM found a JOIN (SELECT x, y, urban_extent(x, y, built, 50, 220, 75, 90000) OVER () AS extent, built_share_around(x, y, built, 50, 220) OVER () AS around FROM ground WHERE built) b USING (x, y);
SELECT ok(bool_and(a.extent IS NOT DISTINCT FROM b.extent), 'two maps in two partitions do not meet')
FROM found a JOIN (SELECT x, y, m, urban_extent(x, y, built, 50, 220, 75, 90000) OVER (PARTITION BY m ORDER BY x * 7919 % 61, y) AS extent FROM ground, (VALUES (1), (2)) v (m)) b USING (x, y);
SELECT ok(bool_and((a.extent IN ('urban', 'suburban', 'rural')) = a.built) FILTER (WHERE a.built IS NOT NULL) AND bool_and((a.extent IS NULL) = (a.built IS NULL)), 'built cells keep classes of built cells') FROM found a;
-- more building never takes an urban or suburban cell away
SELECT ok(bool_and(b.extent <= a.extent) FILTER (WHERE a.built), 'built further, no built cell has a class farther out')
FROM found a JOIN (SELECT x, y, urban_extent(x, y, built OR (x * y) % 5 = 0, 50, 220, 75, 90000) OVER () AS extent FROM ground) b USING (x, y);
SELECT ok(bool_and(around = 1) AND count(*) = 9, 'wholly built: 1 where the circle is within the map') FROM (SELECT x, y, built_share_around(x, y, true, 1, 2) OVER () AS around FROM generate_series(1, 7) x, generate_series(1, 7) y) s WHERE x BETWEEN 3 AND 5 AND y BETWEEN 3 AND 5;
-- saturation and openness of the whole extent by the recipe of the page, against the same from the joins
SELECT ok(abs(a.saturation - b.saturation) < 1e-12 AND abs(a.openness - b.openness) < 1e-12 AND a.saturation BETWEEN 0 AND 1, 'saturation and openness')
FROM (SELECT avg(built::int)::float8 AS saturation, avg(1 - around) FILTER (WHERE built) AS openness FROM found WHERE extent IN ('urban', 'suburban', 'fringe', 'captured')) a,
     (SELECT count(*) FILTER (WHERE built) / count(*)::float8 AS saturation, sum(1 - around) FILTER (WHERE built) / count(*) FILTER (WHERE built) AS openness FROM share JOIN step USING (x, y) WHERE extent IN ('urban', 'suburban', 'fringe', 'captured')) b;
SELECT ok(bool_and(extent = 'urban'), 'the least circle is the cell itself') FROM (SELECT urban_extent(x, 0, true, 1, 0, 0, 0) OVER () AS extent FROM generate_series(1, 9, 3) x) s;
SELECT * FROM finish();
