-- local regression at 10,000 grid points over 25,000 sales: nearest neighbours from the index, against a kernel over all sales
CREATE TABLE sale AS SELECT i, random() * 10000 AS x, random() * 10000 AS y, random() AS a, random() AS b FROM generate_series(1, (25000 * :scale)::int) i;
ALTER TABLE sale ADD geom geometry;
UPDATE sale SET geom = ST_MakePoint(x, y);
CREATE INDEX ON sale USING gist (geom);
VACUUM ANALYZE sale;
CREATE TABLE target AS SELECT ST_MakePoint(i * 100 + 50, j * 100 + 50) AS geom, i, j FROM generate_series(0, 99) i, generate_series(0, (100 * :scale)::int - 1) j;
ANALYZE target;
EXPLAIN (COSTS OFF) SELECT i, j, fit FROM target t, LATERAL (SELECT terrbal.ols(a, ARRAY[1, b, x, y], terrbal.kernel_weight(d, 500, 'bisquare')) AS fit
    FROM (SELECT *, geom <-> t.geom AS d FROM sale ORDER BY geom <-> t.geom LIMIT 60) n) l;
CALL bench.row('price_surface', 'local regression, 60 nearest by index', $$SELECT count((fit).r2) FROM target t, LATERAL (SELECT terrbal.ols(a, ARRAY[1, b, x, y], terrbal.kernel_weight(d, 500, 'bisquare')) AS fit
    FROM (SELECT *, geom <-> t.geom AS d FROM sale ORDER BY geom <-> t.geom LIMIT 60) n) l$$,
    'the neighbours alone', $$SELECT count(s) FROM target t, LATERAL (SELECT sum(a) AS s FROM (SELECT *, geom <-> t.geom AS d FROM sale ORDER BY geom <-> t.geom LIMIT 60) n) l$$, runs => 1);
CALL bench.row('price_surface', 'kernel_surface, cells of 100, bandwidth 500', $$SELECT cardinality(terrbal.kernel_surface(x, y, a, 100, 500, 'bisquare')) FROM sale$$,
    'kernel_mean by ST_DWithin', $$SELECT count(m) FROM target t, LATERAL (SELECT terrbal.kernel_mean(a, ST_Distance(s.geom, t.geom), 500, 'bisquare') AS m FROM sale s WHERE ST_DWithin(s.geom, t.geom, 500)) l$$, runs => 1);
