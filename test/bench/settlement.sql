-- A million cells: classes of level 2 with smoothing, gaps and the distance rule, against the same clusters by ST_ClusterDBSCAN on the cells' centres with
-- gaps by ST_Union and rings, the distance rule by the index, and no smoothing
CREATE TABLE settlement_cell AS
SELECT x, y, CASE WHEN hash < 30 THEN 0 ELSE round((exp(3 + 3.2 * sin(x / 37.0) * cos(y / 29.0) + 2 * sin(x / 5.0) * sin(y / 7.0) + hash / 70.0))::numeric, 1)::float8 END AS population,
       1::float8 AS land_share, hash / 1000.0::float8 AS built_share, ST_MakePoint(x + 0.5, y + 0.5) AS centre
FROM generate_series(1, (1000 * sqrt(:scale))::int) x, generate_series(1, (1000 * sqrt(:scale))::int) y, LATERAL (SELECT (x * 7919 + y * 104729) % 100 AS hash) h;
CREATE INDEX ON settlement_cell USING gist (centre);
ANALYZE settlement_cell;

CALL bench.row('settlement', 'settlement_class, a million cells', $q$
    SELECT class, count(*), sum(population) FROM (SELECT population, terrbal.settlement_class(x, y, population, land_share, built_share) OVER () AS class FROM settlement_cell) s GROUP BY class $q$,
    'ST_ClusterDBSCAN pipeline', $q$
    WITH cell AS MATERIALIZED (SELECT x, y, population, population / land_share AS density, built_share / land_share AS built, centre FROM settlement_cell),
         dense AS MATERIALIZED (SELECT x, y, population, centre, ST_ClusterDBSCAN(centre, 1.01, 1) OVER () AS id FROM cell WHERE density >= 1500 OR built >= 0.2),
         dense_size AS MATERIALIZED (SELECT id, sum(population) AS size FROM dense GROUP BY id),
         city AS MATERIALIZED (SELECT id, ST_Union(ST_MakeEnvelope(x, y, x + 1, y + 1)) AS geom FROM dense JOIN dense_size USING (id) WHERE size >= 50000 GROUP BY id),
         gap AS MATERIALIZED (SELECT ST_MakePolygon(ST_ExteriorRing(r.geom)) AS geom FROM city, ST_Dump(geom) p, ST_DumpRings(p.geom) r WHERE r.path[1] > 0 AND ST_Area(ST_MakePolygon(ST_ExteriorRing(r.geom))) < 15),
         filled AS MATERIALIZED (SELECT DISTINCT c.x, c.y FROM gap JOIN settlement_cell c ON ST_Contains(gap.geom, c.centre)),
         moderate AS MATERIALIZED (SELECT x, y, population, centre, ST_ClusterDBSCAN(centre, 1.5, 1) OVER () AS id FROM cell WHERE density >= 300),
         moderate_size AS MATERIALIZED (SELECT id, sum(population) AS size FROM moderate GROUP BY id),
         urban AS MATERIALIZED (SELECT x, y, centre FROM dense JOIN dense_size USING (id) WHERE size >= 5000),
         suburban AS MATERIALIZED (SELECT DISTINCT m.id FROM urban u JOIN settlement_cell c ON c.centre && ST_Expand(u.centre, 3) JOIN moderate m ON m.x = c.x AND m.y = c.y)
    SELECT CASE WHEN d.size >= 50000 OR f.x IS NOT NULL THEN 30 WHEN d.size >= 5000 THEN 23 WHEN m.size >= 5000 AND m.apart THEN 22 WHEN m.size >= 5000 THEN 21 WHEN m.size >= 500 THEN 13
                WHEN density >= 50 THEN 12 ELSE 11 END AS class,
           count(*), sum(cell.population)
    FROM cell LEFT JOIN (SELECT x, y, size FROM dense JOIN dense_size USING (id)) d USING (x, y) LEFT JOIN filled f USING (x, y)
    LEFT JOIN (SELECT x, y, size, suburban.id IS NULL AS apart FROM moderate JOIN moderate_size USING (id) LEFT JOIN suburban USING (id)) m USING (x, y) GROUP BY 1 $q$,
    at_least => 8, runs => 1);
DROP TABLE settlement_cell;
