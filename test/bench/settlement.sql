-- A million cells as polygons, as statistical offices deliver them: classes of level 2 against the steps that a user would write in PostGIS: clusters by
-- ST_ClusterDBSCAN (cells that touch for corners, centroids at one cell's distance for edges), one round of the majority rule, gaps by ST_Union and
-- rings, the distance rule by the index. The pipeline runs one round of smoothing, settlement_class all of them.
--
-- How much DBSCAN has to do depends on the grid: in the national one 13 % of the cells lie in clusters, in the metropolitan one 38 %.
CREATE PROCEDURE settlement_bench(what text, level float8, scale float8, at_least float8) LANGUAGE plpgsql AS $p$
BEGIN
    CREATE TABLE settlement_cell AS
    SELECT x, y, CASE WHEN hash < 30 THEN 0 ELSE round((exp(level + 3.2 * sin(x / 37.0) * cos(y / 29.0) + 2 * sin(x / 5.0) * sin(y / 7.0) + hash / 70.0))::numeric, 1)::float8 END AS population,
           1::float8 AS land_share, hash / 1000.0::float8 AS built_share, ST_MakeEnvelope(x, y, x + 1, y + 1) AS geom
    FROM generate_series(1, (1000 * sqrt(scale))::int) x, generate_series(1, (1000 * sqrt(scale))::int) y, LATERAL (SELECT (x * 7919 + y * 104729) % 100 AS hash) h;
    CREATE INDEX ON settlement_cell USING gist (geom);
    ANALYZE settlement_cell;
    CALL bench.row('settlement', what, $q$
    SELECT class, count(*), sum(population) FROM (SELECT population, terrbal.settlement_class(x, y, population, land_share, built_share) OVER () AS class FROM settlement_cell) s GROUP BY class $q$, 'ST_ClusterDBSCAN pipeline', $q$
    WITH cell AS MATERIALIZED (SELECT x, y, population, population / land_share AS density, built_share / land_share AS built, geom FROM settlement_cell),
         dense AS MATERIALIZED (SELECT x, y, population, geom, ST_ClusterDBSCAN(ST_Centroid(geom), 1.01, 1) OVER () AS id FROM cell WHERE density >= 1500 OR built >= 0.2),
         dense_size AS MATERIALIZED (SELECT id, sum(population) AS size FROM dense GROUP BY id),
         core AS MATERIALIZED (SELECT x, y, id FROM dense JOIN dense_size USING (id) WHERE size >= 50000),
         joined AS MATERIALIZED (SELECT core.x + i AS x, core.y + j AS y, id FROM core, generate_series(-1, 1) i, generate_series(-1, 1) j WHERE i <> 0 OR j <> 0
                                 GROUP BY 1, 2, 3 HAVING count(*) > 4),
         smooth AS MATERIALIZED (SELECT x, y, id FROM core UNION SELECT x, y, id FROM joined),
         city AS MATERIALIZED (SELECT id, ST_Union(ST_MakeEnvelope(x, y, x + 1, y + 1)) AS geom FROM smooth GROUP BY id),
         gap AS MATERIALIZED (SELECT ST_MakePolygon(ST_ExteriorRing(r.geom)) AS geom FROM city, ST_Dump(geom) p, ST_DumpRings(p.geom) r WHERE r.path[1] > 0 AND ST_Area(ST_MakePolygon(ST_ExteriorRing(r.geom))) < 15),
         filled AS MATERIALIZED (SELECT DISTINCT c.x, c.y FROM gap JOIN settlement_cell c ON gap.geom && c.geom AND ST_Contains(gap.geom, c.geom) UNION SELECT x, y FROM smooth),
         moderate AS MATERIALIZED (SELECT x, y, population, geom, ST_ClusterDBSCAN(geom, 0, 1) OVER () AS id FROM cell WHERE density >= 300),
         moderate_size AS MATERIALIZED (SELECT id, sum(population) AS size FROM moderate GROUP BY id),
         urban AS MATERIALIZED (SELECT x, y, geom FROM dense JOIN dense_size USING (id) WHERE size >= 5000),
         suburban AS MATERIALIZED (SELECT DISTINCT m.id FROM urban u JOIN settlement_cell c ON c.geom && ST_Expand(u.geom, 2.5) JOIN moderate m ON m.x = c.x AND m.y = c.y)
    SELECT CASE WHEN d.size >= 50000 OR f.x IS NOT NULL THEN 30 WHEN d.size >= 5000 THEN 23 WHEN m.size >= 5000 AND m.apart THEN 22 WHEN m.size >= 5000 THEN 21 WHEN m.size >= 500 THEN 13
                WHEN density >= 50 THEN 12 ELSE 11 END AS class,
           count(*), sum(cell.population)
    FROM cell LEFT JOIN (SELECT x, y, size FROM dense JOIN dense_size USING (id)) d USING (x, y) LEFT JOIN filled f USING (x, y)
    LEFT JOIN (SELECT x, y, size, suburban.id IS NULL AS apart FROM moderate JOIN moderate_size USING (id) LEFT JOIN suburban USING (id)) m USING (x, y) GROUP BY 1 $q$, at_least => settlement_bench.at_least);
    DROP TABLE settlement_cell;
END
$p$;
CALL settlement_bench('settlement_class, a million cells, national', 3, :scale, 8);
CALL settlement_bench('settlement_class, a million cells, metropolitan', 5, :scale, 8);
DROP PROCEDURE settlement_bench;
