-- A million cells: all classes of level 2 with smoothing, gaps and the distance rule, against clusters by ST_ClusterDBSCAN alone
CREATE TABLE settlement_cell AS
SELECT x, y, CASE WHEN hash < 30 THEN 0 ELSE round((exp(3 + 3.2 * sin(x / 37.0) * cos(y / 29.0) + 2 * sin(x / 5.0) * sin(y / 7.0) + hash / 70.0))::numeric, 1)::float8 END AS population,
       1::float8 AS land_share, hash / 1000.0::float8 AS built_share
FROM generate_series(1, (1000 * sqrt(:scale))::int) x, generate_series(1, (1000 * sqrt(:scale))::int) y, LATERAL (SELECT (x * 7919 + y * 104729) % 100 AS hash) h;
ANALYZE settlement_cell;

CALL bench.row('settlement', 'settlement_class, a million cells', $q$
    SELECT class, count(*), sum(population) FROM (SELECT population, terrbal.settlement_class(x, y, population, land_share, built_share) OVER () AS class FROM settlement_cell) s GROUP BY class $q$,
    'ST_ClusterDBSCAN pipeline', $q$
    WITH cell AS (SELECT x, y, population, population / land_share AS density, built_share / land_share AS built, ST_MakePoint(x, y) AS geom FROM settlement_cell),
         dense AS (SELECT x, y, cell.population, ST_ClusterDBSCAN(geom, 1.01, 1) OVER () AS id FROM cell WHERE density >= 1500 OR built >= 0.2),
         dense_size AS (SELECT id, sum(population) AS size FROM dense GROUP BY id),
         moderate AS (SELECT x, y, cell.population, ST_ClusterDBSCAN(geom, 1.5, 1) OVER () AS id FROM cell WHERE density >= 300),
         moderate_size AS (SELECT id, sum(population) AS size FROM moderate GROUP BY id)
    SELECT CASE WHEN d.size >= 50000 THEN 30 WHEN d.size >= 5000 THEN 23 WHEN m.size >= 5000 THEN 21 WHEN m.size >= 500 THEN 13 WHEN density >= 50 THEN 12 ELSE 11 END AS class,
           count(*), sum(cell.population)
    FROM cell LEFT JOIN (SELECT x, y, size FROM dense JOIN dense_size USING (id)) d USING (x, y) LEFT JOIN (SELECT x, y, size FROM moderate JOIN moderate_size USING (id)) m USING (x, y) GROUP BY 1 $q$,
    at_least => 8);
DROP TABLE settlement_cell;
