SET search_path = terrbal, public;
-- asking prices of 1,000 flats in Athens, 2017 (spData, CC0); metro: metres to the nearest station; coordinates in EPSG:2100
CREATE TEMP TABLE flat (id text, size float8, price float8, age float8, metro float8, x float8, y float8, geom geometry(Point, 2100));
\copy flat (id, size, price, age, metro, x, y) FROM PROGRAM 'cat "$PG_ABS_SRCDIR/fixture/athens.csv"' CSV HEADER
UPDATE flat SET geom = ST_SetSRID(ST_MakePoint(x, y), 2100);
CREATE INDEX ON flat USING gist (geom);

-- price per m2 at three places: all flats by inverse squared distance, the 12 nearest, and a kernel
SELECT p.name, round(s.inverse) AS inverse, round(s.nearest) AS nearest, round(s.kernel) AS kernel
FROM (VALUES ('Kypseli', 477500, 4205500), ('Syntagma', 476300, 4203200), ('Pagrati', 477800, 4202000)) p(name, px, py),
LATERAL (SELECT ST_SetSRID(ST_MakePoint(px, py), 2100) AS here) h,
LATERAL (SELECT inverse_distance(price / size, geom <-> here, 2) AS inverse,
                kernel_mean(price / size, geom <-> here, 500, 'bisquare') AS kernel,
                (SELECT inverse_distance(n.price / n.size, n.geom <-> here, 2) FROM (SELECT * FROM flat ORDER BY geom <-> here, id LIMIT 12) n) AS nearest
         FROM flat) s;

-- local regression at a place: its 80 nearest flats, weighted by distance, the 80th at the edge of the kernel
SELECT p.name, (f.fit).n, round((f.fit).r2::numeric, 2) AS r2, round(exp(predicted(f.fit, ARRAY[1, ln(80), 4, 16]))) AS flat_of_80_m2_and_40_years
FROM (VALUES ('Kypseli', 477500, 4205500), ('Syntagma', 476300, 4203200), ('Pagrati', 477800, 4202000)) p(name, px, py),
LATERAL (SELECT ols(ln(price / size), ARRAY[1, ln(size), age / 10, (age / 10) ^ 2], kernel_weight(d, reach, 'bisquare')) AS fit
         FROM (SELECT *, max(d) OVER () AS reach FROM (SELECT *, geom <-> ST_SetSRID(ST_MakePoint(px, py), 2100) AS d FROM flat ORDER BY d, id LIMIT 81) k) n) f;

-- a grid in one pass: every flat adds to the cells that its kernel reaches
SELECT count(*) AS cells, sum(c.n) AS reached, round(min(c.value)) AS lowest, round(max(c.value) FILTER (WHERE c.n >= 10)) AS highest_of_ten
FROM (SELECT kernel_surface(x, y, price / size, 250, 750, 'bisquare') AS g FROM flat) s, unnest(s.g) AS c;
SELECT c.x, c.y, round(c.value) AS value, round(c.weight::numeric, 2) AS weight, c.n
FROM (SELECT kernel_surface(x, y, price / size, 250, 750, 'bisquare') AS g FROM flat) s, unnest(s.g) AS c WHERE c.x BETWEEN 476250 AND 477000 AND c.y BETWEEN 4203000 AND 4203400 ORDER BY c.y, c.x;

-- 1. what is nearness to a station worth? size, age and a trend over the city held constant; errors that allow for unequal variances
CREATE TEMP TABLE effect AS
SELECT (fit).coefficients[5] AS b, (fit).standard_errors[5] AS se, (fit).n, (fit).r2
FROM (SELECT ols_robust(ln(price / size), ARRAY[1, ln(size), age / 10, (age / 10) ^ 2, (ring_index(metro, '{500}') = 0)::int,
                        (x - 477000) / 1000, (y - 4204000) / 1000, ((x - 477000) / 1000) ^ 2, ((y - 4204000) / 1000) ^ 2], 'hc3') AS fit FROM flat) f;
SELECT round(b::numeric, 3) AS b, round(se::numeric, 3) AS se, round(100 * kennedy_effect(b, se)::numeric, 1) AS percent,
       round(100 * (exp(b - 1.96 * se) - 1)::numeric, 1) AS low, round(100 * (exp(b + 1.96 * se) - 1)::numeric, 1) AS high, n, round(r2::numeric, 2) AS r2 FROM effect;

-- 2. a new station in Kypseli: cells within 500 m of it whose flats are farther than that from every station of today
CREATE TEMP TABLE uplift AS
SELECT g.geom, g.i, g.j, level, metro, level * kennedy_effect(b, se) AS uplift, level * (exp(b - 1.96 * se) - 1) AS low, level * (exp(b + 1.96 * se) - 1) AS high
FROM effect, ST_SquareGrid(250, ST_Expand(ST_SetSRID(ST_MakePoint(477500, 4205500), 2100), 500)) g,
LATERAL (SELECT exp(predicted(ols(ln(price / size), ARRAY[1, ln(size), age / 10], kernel_weight(d, reach, 'bisquare')), ARRAY[1, ln(80), 4])) AS level,
                inverse_distance(metro, d, 2) AS metro
         FROM (SELECT *, max(d) OVER () AS reach FROM (SELECT *, geom <-> ST_Centroid(g.geom) AS d FROM flat ORDER BY d, id LIMIT 61) k) n) l
WHERE ST_DWithin(ST_Centroid(g.geom), ST_SetSRID(ST_MakePoint(477500, 4205500), 2100), 500) AND l.metro >= 500;
SELECT i, j, round(level) AS eur_per_m2, round(metro) AS metro_today, round(uplift) AS uplift, round(low) AS low, round(high) AS high FROM uplift ORDER BY j DESC, i LIMIT 6;
SELECT count(*) AS cells, round(avg(level)) AS eur_per_m2, round(avg(uplift)) AS uplift, round(avg(low)) AS low, round(avg(high)) AS high FROM uplift;

-- kernels, NULL, empty, zero distance and bandwidth, nothing in reach
SELECT k AS kernel, round(kernel_weight(0, 2, k)::numeric, 4) AS at_0, round(kernel_weight(1, 2, k)::numeric, 4) AS at_half, round(kernel_weight(2, 2, k)::numeric, 4) AS at_bandwidth
FROM unnest('{gaussian,bisquare,tricube,epanechnikov,uniform}'::text[]) k;
SELECT kernel_weight(0, 0, 'bisquare') AS same_address, kernel_weight(1, 0, 'gaussian') AS elsewhere, kernel_weight(NULL, 1, 'gaussian') AS missing;
SELECT inverse_distance(v, d, 2) AS mean_of_hits FROM (VALUES (10, 0), (20, 0), (99, 1), (NULL, 0), (7, NULL)) t(v, d);
SELECT inverse_distance(v, d, 0) AS plain_mean, inverse_distance(v, d, 1) AS power_1 FROM (VALUES (10, 1), (40, 2)) t(v, d);
SELECT kernel_mean(v, 5, 1, 'bisquare') AS out_of_reach, kernel_mean(v, 500, 1, 'gaussian') AS far, inverse_distance(v, 1e-200, 2) AS hit FROM (VALUES (10)) t(v);
SELECT inverse_distance(v, d, 400) AS power_400, inverse_distance(v, d * 1e-300, 2) AS tiny, inverse_distance(v, d * 1e300, 2) AS huge FROM (VALUES (7, 10), (9, 20)) t(v, d);
SELECT inverse_distance(1, 1, 2) IS NULL AS none, kernel_surface(1, 1, 1, 1, 1, 'uniform') IS NULL AS no_grid FROM flat WHERE false;
SELECT kernel_surface(0.5, 0.5, 7, 1, 1, 'uniform') AS one_point;

-- errors
\set VERBOSITY default
\set SHOW_CONTEXT never
SELECT kernel_weight(1, 1, 'triangle');
SELECT kernel_weight(-1, 1, 'gaussian');
SELECT inverse_distance(1, -1, 2);
SELECT inverse_distance(1, 1, -2);
SELECT inverse_distance(1, 1, i) FROM generate_series(1, 2) i;
SELECT kernel_mean(1, 1, i, 'gaussian') FROM generate_series(1, 2) i;
SELECT kernel_mean('NaN', 1, 1, 'gaussian');
SELECT kernel_surface(1, 1, 1, 0, 1, 'gaussian');
SELECT kernel_surface(1, 1, 1, 1, 2000, 'uniform');
SELECT kernel_surface(1e18, 1, 1, 1, 1, 'uniform');
SELECT kernel_surface(1, 1, 1, i, 5, 'uniform') FROM generate_series(1, 2) i;
-- cells that no row reaches
SELECT kernel_surface(0, 0, 1, 100, 10, 'bisquare');
-- parameters that are NULL
SELECT inverse_distance(1, 2, NULL);
SELECT kernel_mean(1, 2, NULL, 'gaussian');
SELECT kernel_mean(1, 2, 3, NULL);
SELECT kernel_surface(1, 1, 1, NULL, 1, 'uniform');
SELECT kernel_surface(1, 1, 1, 1, NULL, 'uniform');
SELECT kernel_surface(1, 1, 1, 1, 1, NULL);
-- degrees among metres
SELECT count(*) > 100 AS many, round(min(value)::numeric, 6) AS least, round(max(value)::numeric, 6) AS most FROM (SELECT kernel_surface(x, y, v, 100, 1000, 'bisquare') AS s FROM (VALUES (-6.1, 38.9, 10), (-5.9, 39.1, 20)) v (x, y, v)) q, unnest(s);
