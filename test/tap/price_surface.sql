-- price_surface: gstat, GWR4, the index under local regressions, grids against means
SET client_min_messages = warning;
SET search_path = terrbal, public;
CREATE FUNCTION pg_temp.off(got float8, want float8) RETURNS float8 LANGUAGE sql IMMUTABLE AS
    $$SELECT CASE WHEN got IS NULL OR want IS NULL THEN 'Infinity' WHEN want = 0 THEN abs(got) ELSE abs(got / want - 1) END$$;
SELECT plan(19);

-- points on a lattice with duplicates, values of a plane
CREATE TEMP TABLE point AS
SELECT i, (i * 37 % 101)::float8 AS x, (i * 53 % 89)::float8 AS y, (i * 7 % 23)::float8 AS z FROM generate_series(1, 900) i;
INSERT INTO point SELECT i + 900, x, y, z + 1 FROM point WHERE i % 10 = 0;
ALTER TABLE point ADD geom geometry;
UPDATE point SET geom = ST_MakePoint(x, y);
CREATE INDEX point_geom ON point USING gist (geom);
ANALYZE point;

SELECT ok(bool_and(pg_temp.off(m.mean, g.value) < 1e-12 AND pg_temp.off(m.weight, g.weight) < 1e-12 AND m.n = g.n) AND count(*) = max(cells), kernel || ' grid is kernel_mean at every centre')
FROM (SELECT kernel, c.*, count(*) OVER (PARTITION BY kernel) AS cells FROM (SELECT kernel, kernel_surface(x, y, z, 5, 4, kernel) AS s FROM point, unnest('{bisquare,tricube,epanechnikov,uniform}'::text[]) kernel GROUP BY kernel) k, unnest(k.s) c) g,
LATERAL (SELECT kernel_mean(z, d, 4, kernel) AS mean, sum(kernel_weight(d, 4, kernel)) AS weight, count(*) FILTER (WHERE kernel_weight(d, 4, kernel) > 0) AS n
         FROM (SELECT z, sqrt((p.x - g.x) ^ 2 + (p.y - g.y) ^ 2) AS d FROM point p) q) m GROUP BY kernel ORDER BY kernel;
SELECT cmp_ok(max(abs(m.mean - g.value)), '<', 1e-4::float8, 'the gaussian grid, cut at 5 bandwidths, is near the full mean')
FROM (SELECT c.* FROM (SELECT kernel_surface(x, y, z, 20, 10, 'gaussian') AS s FROM point) k, unnest(k.s) c WHERE c.x BETWEEN 0 AND 100 AND c.y BETWEEN 0 AND 88) g,
LATERAL (SELECT kernel_mean(z, sqrt((p.x - g.x) ^ 2 + (p.y - g.y) ^ 2), 10, 'gaussian') AS mean FROM point p) m;
SELECT ok(a.s::text = b.s::text, 'stored parts of a grid are one pass')
FROM (SELECT grid_state(x, y, z, 8, 8, 'uniform') AS s FROM point) a, (SELECT rollup(s) AS s FROM (SELECT grid_state(x, y, z, 8, 8, 'uniform')::text::grid_state AS s FROM point GROUP BY i % 7) p) b;
SELECT ok(kernel_mean(z, 1, 1e9, 'gaussian') - avg(z) < 1e-9, 'a wide kernel is the mean') FROM point;
SELECT cmp_ok(abs(inverse_distance(5, x + 1, 2) - 5), '<', 1e-14::float8, 'a constant is interpolated by itself') FROM point;

-- a plane is recovered exactly by local regression, wherever the kernel stands
SELECT ok(bool_and(abs(predicted(fit, ARRAY[1, tx, ty]) - (3 + 2 * tx - ty)) < 1e-9), 'local regression gives back a plane')
FROM generate_series(0, 100, 25) tx, generate_series(0, 80, 20) ty,
LATERAL (SELECT ols(3 + 2 * x - y, ARRAY[1, x, y], kernel_weight(d, 20, 'bisquare')) AS fit FROM (SELECT *, geom <-> ST_MakePoint(tx, ty) AS d FROM point ORDER BY d LIMIT 60) n) l;
-- all neighbours at one address: rank 1, no crash
SELECT ok((fit).rank = 1 AND (fit).aliased = '{2,3}', 'neighbours at one address alias the coordinates')
FROM (SELECT ols(z, ARRAY[1, x, y], kernel_weight(d, 0, 'bisquare')) AS fit FROM (SELECT *, geom <-> (SELECT geom FROM point WHERE i = 910) AS d FROM point ORDER BY d LIMIT 5) n WHERE d = 0) l;

CREATE FUNCTION pg_temp.plan(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE line text; whole text := '';
BEGIN
    FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) ' || query LOOP whole := whole || line || E'\n'; END LOOP;
    RETURN whole;
END $$;
SELECT matches(pg_temp.plan($$SELECT fit FROM generate_series(0, 100) tx, LATERAL (SELECT ols(z, ARRAY[1, x, y], kernel_weight(d, 20, 'bisquare')) AS fit
    FROM (SELECT *, geom <-> ST_MakePoint(tx, 5) AS d FROM point ORDER BY geom <-> ST_MakePoint(tx, 5) LIMIT 60) n) l$$), 'Index Scan using point_geom', 'nearest neighbours come from the index');

\set golden `cd "$GOLDEN" 2>/dev/null && ls land_value/gwr_georgia/GData_utm.csv land_value/gwr_georgia/georgia_BS_F_listwise.csv land_value/gwr_georgia/georgia_GS_NN_listwise.csv land_value/idw_meuse/expected_gstat.csv land_value/idw_meuse/meuse_zinc.csv >/dev/null 2>&1 && echo yes || echo no`
\if :golden
CREATE TEMP TABLE meuse (x float8, y float8, zinc float8);
\copy meuse FROM PROGRAM 'cat "$GOLDEN/land_value/idw_meuse/meuse_zinc.csv"' CSV HEADER
CREATE TEMP TABLE gstat (x float8, y float8, p2 float8, p1 float8, p3_12 float8, p2_500 float8);
\copy gstat FROM PROGRAM 'cat "$GOLDEN/land_value/idw_meuse/expected_gstat.csv"' CSV HEADER
SELECT ok(bool_and(pg_temp.off(a, p2) < 1e-10 AND pg_temp.off(b, p1) < 1e-10), 'gstat: all points, powers 2 and 1')
FROM gstat g, LATERAL (SELECT inverse_distance(zinc, sqrt((m.x - g.x) ^ 2 + (m.y - g.y) ^ 2), 2) AS a, inverse_distance(zinc, sqrt((m.x - g.x) ^ 2 + (m.y - g.y) ^ 2), 1) AS b FROM meuse m) i;
SELECT ok(bool_and(pg_temp.off(a, p3_12) < 1e-10), 'gstat: power 3, 12 nearest') FROM gstat g, LATERAL (SELECT inverse_distance(zinc, d, 3) AS a FROM (SELECT zinc, sqrt((m.x - g.x) ^ 2 + (m.y - g.y) ^ 2) AS d FROM meuse m ORDER BY d LIMIT 12) n) i;
SELECT ok(bool_and(pg_temp.off(a, p2_500) < 1e-10), 'gstat: within 500 m') FROM gstat g, LATERAL (SELECT inverse_distance(zinc, d, 2) AS a FROM (SELECT zinc, sqrt((m.x - g.x) ^ 2 + (m.y - g.y) ^ 2) AS d FROM meuse m) n WHERE d <= 500) i;

CREATE TEMP TABLE georgia (areakey text, lat float8, lon float8, pop float8, rural float8, bach float8, eld float8, fb float8, pov float8, black float8, id int, x float8, y float8);
\copy georgia FROM PROGRAM 'cat "$GOLDEN/land_value/gwr_georgia/GData_utm.csv"' CSV HEADER
CREATE TEMP TABLE gwr (num int, areakey text, x float8, y float8, b1 float8, se1 float8, t1 float8, b2 float8, se2 float8, t2 float8, b3 float8, se3 float8, t3 float8, b4 float8, se4 float8, t4 float8,
    obs float8, yhat float8, residual float8, std_residual float8, local_r2 float8, influence float8, cook float8);
\copy gwr FROM PROGRAM 'sed "s/ //g" "$GOLDEN/land_value/gwr_georgia/georgia_BS_F_listwise.csv"' CSV HEADER
CREATE TEMP TABLE local AS
SELECT g.num, g.b1, g.b2, g.b3, g.b4, g.yhat, g.local_r2, g.influence, t.*, fit
FROM gwr g JOIN georgia t USING (areakey), LATERAL (SELECT ols(bach, ARRAY[1, rural, pov, black], kernel_weight(sqrt((s.x - t.x) ^ 2 + (s.y - t.y) ^ 2), 209267.688808, 'bisquare')) AS fit FROM georgia s) l;
SELECT ok(count(*) = 159 AND max(greatest(abs((fit).coefficients[1] - b1), abs((fit).coefficients[2] - b2), abs((fit).coefficients[3] - b3), abs((fit).coefficients[4] - b4))) <= 1e-6, 'GWR4, fixed bisquare: 159 local fits') FROM local;
SELECT cmp_ok(max(abs(predicted(fit, ARRAY[1, rural, pov, black]) - yhat)), '<=', 1e-6::float8, 'GWR4: fitted values') FROM local;
-- its local R2 weighs the residuals that every point has in its own fit
SELECT cmp_ok(max(abs(1 - rss / tss - local_r2)), '<=', 2e-6::float8, 'GWR4: local R2')
FROM local t, LATERAL (SELECT sum(w * e ^ 2) AS rss, sum(w * bach ^ 2) - sum(w * bach) ^ 2 / sum(w) AS tss
    FROM (SELECT s.bach, s.bach - predicted(s.fit, ARRAY[1, s.rural, s.pov, s.black]) AS e, kernel_weight(sqrt((s.x - t.x) ^ 2 + (s.y - t.y) ^ 2), 209267.688808, 'bisquare') AS w FROM local s) q) r;
-- influence of a point on its own fit: x' (X'WX)^-1 x, the weight at distance 0 being 1; vcov is sigma^2 (X'WX)^-1
SELECT cmp_ok(max(abs(h / ((fit).sigma ^ 2) - influence)), '<=', 1e-6::float8, 'GWR4: influence')
FROM local, LATERAL (SELECT sum(v * (ARRAY[1, rural, pov, black])[1 + (o - 1) / 4] * (ARRAY[1, rural, pov, black])[1 + (o - 1) % 4]) AS h FROM unnest((fit).vcov) WITH ORDINALITY u(v, o)) q;
TRUNCATE gwr;
\copy gwr FROM PROGRAM 'sed "s/ //g" "$GOLDEN/land_value/gwr_georgia/georgia_GS_NN_listwise.csv"' CSV HEADER
-- adaptive: the distance to the 49th nearest, the point itself counted
SELECT ok(max(greatest(abs((fit).coefficients[1] - b1), abs((fit).coefficients[2] - b2), abs((fit).coefficients[3] - b3), abs((fit).coefficients[4] - b4))) <= 1e-6, 'GWR4, adaptive gaussian')
FROM gwr g JOIN georgia t USING (areakey), LATERAL (SELECT ols(bach, ARRAY[1, rural, pov, black], kernel_weight(d, reach, 'gaussian')) AS fit
    FROM (SELECT *, max(d) FILTER (WHERE rank <= 49) OVER () AS reach FROM (SELECT s.*, d, row_number() OVER (ORDER BY d) AS rank FROM georgia s, LATERAL (SELECT sqrt((s.x - t.x) ^ 2 + (s.y - t.y) ^ 2) AS d) q) r) n) l;
\else
SELECT skip('figures of sources whose licence keeps them out: test/fixture/golden/README.md', 8);
\endif
SELECT * FROM finish();
