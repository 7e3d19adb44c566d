-- Balancing and gravity on a million pairs (1,000 x 1,000 zones), accessibility on the same costs
CREATE TABLE pair AS
WITH side AS (SELECT greatest(round(sqrt(:scale) * 1000)::int, 30) AS m)
SELECT 'o' || i AS o, 'd' || j AS d, (1 + i * 37 % 991)::float8 AS a, (1 + j * 53 % 997)::float8 AS b, 1 + sqrt((i * 17 % m - j * 29 % m) ^ 2 + (i * 41 % m - j * 43 % m) ^ 2) AS km,
       floor((1 + i * 37 % 991) * (1 + j * 53 % 997) / 100 / (1 + sqrt((i * 17 % m - j * 29 % m) ^ 2 + (i * 41 % m - j * 43 % m) ^ 2)) * (1 + (i * 7919 + j * 104729) % 11) / 6) AS f
FROM side, generate_series(1, m) i, generate_series(1, m) j;
CREATE TABLE margin AS SELECT *, sum(f) OVER (PARTITION BY o) AS os, sum(f) OVER (PARTITION BY d) AS ds FROM pair;
ANALYZE;
CALL bench.row(:'stem', 'balanced_flow, 1 M pairs', 'SELECT max(x) FROM (SELECT terrbal.balanced_flow(1 / km, o, d, os, ds) OVER () AS x FROM margin) s', 'two window sums', 'SELECT max(x + y) FROM (SELECT sum(f) OVER (PARTITION BY o) AS x, sum(f) OVER (PARTITION BY d) AS y FROM margin) s', at_most => 4);
CALL bench.row(:'stem', 'gravity doubly, 1 M pairs', 'SELECT terrbal.gravity(o, d, f, NULL, NULL, km, ''doubly'', ''power'') FROM pair', 'sum by pair', 'SELECT o, d, sum(f) FROM pair GROUP BY o, d', at_most => 10);
CALL bench.row(:'stem', 'gravity unconstrained, 1 M pairs', 'SELECT terrbal.gravity(o, d, f, a, b, km, ''unconstrained'', ''power'') FROM pair', 'sum by pair', 'SELECT o, d, sum(f) FROM pair GROUP BY o, d', at_most => 10);
CALL bench.row(:'stem', 'radiation_share, 1 M pairs', 'SELECT max(x) FROM (SELECT terrbal.radiation_share(a, b, km, 1e9) OVER (PARTITION BY o) AS x FROM pair) s', 'rank by distance', 'SELECT max(x) FROM (SELECT rank() OVER (PARTITION BY o ORDER BY km) AS x FROM pair) s', at_most => 2);
CALL bench.row(:'stem', 'accessibility, 1 M pairs', 'SELECT o, terrbal.accessibility(b, km, ''exponential'', ARRAY[0.1]) FROM pair GROUP BY o', 'sum of exp', 'SELECT o, sum(b * exp(-0.1 * km)) FROM pair GROUP BY o', at_most => 3);
CALL bench.row(:'stem', 'catchment_access, 1 M pairs', 'SELECT terrbal.catchment_access(o, d, a, b, km, ''2sfca'', ''gaussian'', ARRAY[50], 200) FROM pair', 'two window sums', 'SELECT max(x + y) FROM (SELECT sum(f) OVER (PARTITION BY o) AS x, sum(f) OVER (PARTITION BY d) AS y FROM pair) s', at_most => 2);
DROP TABLE pair, margin;
