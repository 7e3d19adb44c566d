-- Functional areas against one GROUP BY over the same rows. Zones lie on a square lattice and commute to the 121 zones around them.
CREATE TABLE lattice AS
WITH side AS (SELECT greatest(round(sqrt(:scale) * 90)::int, 12) AS m), zone AS (SELECT x, y, floor(200 / power((x * 7919 + y * 104729) % 997 / 997.0 + 0.002, 0.9)) AS size FROM side, generate_series(1, m) x, generate_series(1, m) y)
SELECT 'Z' || lpad((a.x * 1000 + a.y)::text, 6, '0') AS o, 'Z' || lpad((b.x * 1000 + b.y)::text, 6, '0') AS d,
       floor(sqrt(a.size) * b.size * exp(-sqrt((a.x - b.x) ^ 2 + (a.y - b.y) ^ 2) / 0.8)) AS f
FROM zone a JOIN zone b ON b.x BETWEEN a.x - 5 AND a.x + 5 AND b.y BETWEEN a.y - 5 AND a.y + 5;
DELETE FROM lattice WHERE f = 0;
-- 377 zones, 11,000 links; 3,400 zones
CREATE TABLE island AS SELECT * FROM lattice WHERE substr(o, 2, 3)::int <= 19 AND substr(d, 2, 3)::int <= 19 AND substr(o, 5)::int <= 20 AND substr(d, 5)::int <= 20;
CREATE TABLE region AS SELECT * FROM lattice WHERE substr(o, 2, 3)::int <= 58 AND substr(d, 2, 3)::int <= 58 AND substr(o, 5)::int <= 58 AND substr(d, 5)::int <= 58;
ANALYZE;

CALL bench.row(:'stem', 'labour_market_areas, 380 zones', 'SELECT terrbal.labour_market_areas(o, d, f, 1000, 10000, 0.6667, 0.75) FROM island', 'sum by origin of 1 M rows', 'SELECT o, sum(f) FROM lattice GROUP BY o', at_most => 1);
CALL bench.row(:'stem', 'labour_market_areas, 8,100 zones', 'SELECT terrbal.labour_market_areas(o, d, f, 1000, 10000, 0.6667, 0.75) FROM lattice', 'sum by pair', 'SELECT o, d, sum(f) FROM lattice GROUP BY o, d', at_most => 10);
CALL bench.row(:'stem', 'intramax, 3,400 zones', 'SELECT terrbal.intramax(o, d, f) FROM region', 'sum by pair', 'SELECT o, d, sum(f) FROM region GROUP BY o, d', at_most => 20);
CALL bench.row(:'stem', 'dominant_flows, 8,100 zones', 'SELECT terrbal.dominant_flows(o, d, f) FROM lattice', 'sum by pair', 'SELECT o, d, sum(f) FROM lattice GROUP BY o, d', at_most => 2);
CALL bench.row(:'stem', 'functional_urban_areas, 8,100 zones', 'SELECT terrbal.functional_urban_areas(o, d, f, CASE WHEN o LIKE ''%00'' THEN o END, CASE WHEN d LIKE ''%00'' THEN d END, 0.15) FROM lattice', 'sum by pair', 'SELECT o, d, sum(f) FROM lattice GROUP BY o, d', at_most => 4);
DROP TABLE lattice, island, region;
