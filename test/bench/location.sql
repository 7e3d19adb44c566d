-- Sites for 10,000 demands against what any answer needs at least: the cheapest site of each. The 200 nearest of 500 sites; people by place.
CREATE TABLE place AS
SELECT i, i * 7919::bigint % 100003 AS x, i * 104729::bigint % 99991 AS y, (1 + i * 37 % 211)::float8 AS people FROM generate_series(1, greatest(round(10000 * :scale)::int, 100)) i;
CREATE TABLE cost AS
SELECT p.i AS d, n.j AS s, p.people AS w, n.c FROM place p, LATERAL (
    SELECT j, sqrt((p.x - j * 6151::bigint % 100003) ^ 2 + (p.y - j * 3571::bigint % 99991) ^ 2) AS c FROM generate_series(1, greatest(round(500 * sqrt(:scale))::int, 50)) j ORDER BY 2 LIMIT 200) n;
DROP TABLE place;
ANALYZE;
CREATE TABLE room AS SELECT 1.2 * sum(w) / 50 AS room FROM (SELECT DISTINCT d, w FROM cost) s;

-- A search stops at its limit of steps: these rows inform. Their gaps stand in doc/location.md.
CALL bench.row(:'stem', 'p_median, 10,000 x 500, 2 M rows', 'SELECT (terrbal.p_median(d, s, w, c, 50)).gap FROM cost', 'cheapest site of each', 'SELECT d, min(c) FROM cost GROUP BY d', runs => 1);
CALL bench.row(:'stem', 'p_median with capacity', 'SELECT (terrbal.p_median(d, s, w, c, 50, room)).gap FROM cost, room', 'cheapest site of each', 'SELECT d, min(c) FROM cost GROUP BY d', runs => 1);
CALL bench.row(:'stem', 'maximal_cover', 'SELECT (terrbal.maximal_cover(d, s, w, c, 50, 8000)).gap FROM cost', 'cheapest site of each', 'SELECT d, min(c) FROM cost GROUP BY d', runs => 1);
CALL bench.row(:'stem', 'p_centre', 'SELECT (terrbal.p_centre(d, s, c, 50)).gap FROM cost', 'cheapest site of each', 'SELECT d, min(c) FROM cost GROUP BY d', runs => 1);
DROP TABLE cost, room;
