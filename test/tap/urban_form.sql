-- urban form: regressions by the server, published compactness, identities of land use mix
SET client_min_messages = warning;
SET search_path = terrbal, public;
SELECT plan(17);
CREATE FUNCTION pg_temp.off(got float8, want float8) RETURNS float8 LANGUAGE sql IMMUTABLE AS $$SELECT coalesce(abs(got / nullif(want, 0) - 1), CASE WHEN got = want THEN 0 ELSE 'Infinity'::float8 END)$$;
CREATE TEMP TABLE place AS SELECT 0.3 + i * 0.11 AS r, 5e4 * exp(-0.21 * i * 0.11) * (1 + 0.3 * sin(i * 1.3)) AS p, 1 + i % 4 AS a FROM generate_series(0, 90) i;
SELECT ok(g.form = 'exponential' AND pg_temp.off(g.gradient, -s.b) < 1e-12 AND pg_temp.off(g.central_density, exp(s.c)) < 1e-12 AND pg_temp.off(g.r2, s.r2) < 1e-12
    AND pg_temp.off(g.gradient_se, sqrt((1 - s.r2) * s.syy / (g.n - 2) / s.sxx)) < 1e-10, 'exponential: as regr_slope, regr_intercept and regr_r2 of ln density')
FROM (SELECT (density_gradient(r, p, a)).* FROM place) g, (SELECT regr_slope(ln(p / a), r) AS b, regr_intercept(ln(p / a), r) AS c, regr_r2(ln(p / a), r) AS r2, regr_syy(ln(p / a), r) AS syy, regr_sxx(ln(p / a), r) AS sxx FROM place) s;
SELECT ok(pg_temp.off(g.gradient, -s.b) < 1e-12 AND pg_temp.off(g.central_density, exp(s.c)) < 1e-12 AND pg_temp.off(g.r2, s.r2) < 1e-11, 'power: as the regression on ln distance')
FROM (SELECT (density_gradient(paired_state(r, p / a), 'power')).* FROM place) g, (SELECT regr_slope(ln(p / a), ln(r)) AS b, regr_intercept(ln(p / a), ln(r)) AS c, regr_r2(ln(p / a), ln(r)) AS r2 FROM place) s;
SELECT ok(pg_temp.off(g.gradient, c.gradient) < 1e-12 AND pg_temp.off(g.gradient_se, c.se) < 1e-10, 'and as ols with a constant') FROM (SELECT (density_gradient(r, p, a)).* FROM place) g,
    (SELECT -(o).coefficients[2] AS gradient, (o).standard_errors[2] AS se FROM (SELECT ols(ln(p / a), ARRAY[1, r]) AS o FROM place) x) c;
SELECT ok(a = b AND a = c, 'any order and any split gives the same bits')
FROM (SELECT density_gradient(r, p, a) AS a FROM place) x, (SELECT density_gradient(r, p, a ORDER BY md5(r::text)) AS b FROM place) y, (SELECT density_gradient(rollup(s ORDER BY k)) AS c FROM (SELECT -(r * 100)::int % 7 AS k, paired_state(r, p / a) AS s FROM place GROUP BY 1) t) z;
SELECT ok(pg_temp.off((m).entropy, 1) < 1e-15 AND pg_temp.off((m).simpson, 0.8) < 1e-15 AND (m).dominance = 0.2 AND (m).uses = 5, 'five uses alike: entropy 1, Simpson 4/5') FROM (SELECT land_use_mix(i::text, 3) AS m FROM generate_series(1, 5) i) s;
CREATE TEMP TABLE parcel AS SELECT 'u' || i % 6 AS u, 1 + i * i % 13 AS a, i FROM generate_series(1, 200) i;
SELECT ok(pg_temp.off((m).shannon, h) < 1e-13 AND pg_temp.off((m).simpson, d) < 1e-13 AND pg_temp.off((m).dominance, b) < 1e-14 AND pg_temp.off((m).entropy, h / ln(n)) < 1e-13, 'by SQL')
FROM (SELECT land_use_mix(u, a) AS m FROM parcel) x, (SELECT -sum(p * ln(p)) AS h, 1 - sum(p * p) AS d, max(p) AS b, count(*)::float8 AS n FROM (SELECT sum(a)::float8 / (SELECT sum(a) FROM parcel) AS p FROM parcel GROUP BY u) s) y;
SELECT ok(bool_and(m = w), 'any split of the parcels gives the same bits') FROM (SELECT land_use_mix(u, a) AS w FROM parcel) x, (SELECT land_use_mix(rollup(s ORDER BY md5(k::text))) AS m FROM (SELECT g, i % g AS k, land_use_state(u, a) AS s FROM parcel, unnest(ARRAY[2, 5, 40]) g GROUP BY 1, 2) t GROUP BY g) y;
SELECT ok((a).entropy = (b).entropy AND (a).simpson = (b).simpson, 'a use split into rows is one use') FROM (SELECT land_use_mix(u, a) AS a FROM parcel) x, (SELECT land_use_mix(u, a / 4.0) AS b FROM parcel, generate_series(1, 4)) y;
-- The notched outline of PySAL's test of shapes (esda, asserted to 0.001)
SELECT ok(bool_and(abs(compactness('POLYGON((0 0,0.25 0.25,0 0.5,0.25 0.75,0 1,1.25 1,0.75 0.5,1.25 0,0 0))', m) - v) < 5e-7), 'PySAL: isoperimetric quotient, least circle, convex hull')
FROM (VALUES ('polsby_popper', 0.387275::float8), ('reock', 0.434765), ('convex_hull', 0.7)) t (m, v);
CREATE TEMP TABLE outline AS SELECT ST_MakePolygon(ST_MakeLine(array_agg(ST_MakePoint((1 + (i % n) * i % 5) * cos(2 * pi() * (i % n) / n), (1 + (i % n) * i % 5) * sin(2 * pi() * (i % n) / n)) ORDER BY i))) AS g, n FROM unnest(ARRAY[7, 12, 25]) n, generate_series(0, n) i GROUP BY n;
SELECT ok(bool_and(pg_temp.off(compactness(g), 4 * pi() * ST_Area(g) / ST_Perimeter(g) ^ 2) < 1e-12 AND pg_temp.off(compactness(g, 'convex_hull'), ST_Area(g) / ST_Area(ST_ConvexHull(g))) < 1e-12
    AND pg_temp.off(compactness(g, 'reock'), ST_Area(g) / (pi() * (ST_MinimumBoundingRadius(g)).radius ^ 2)) < 1e-9), 'as PostGIS computes the parts') FROM outline WHERE ST_IsValid(g);
SELECT ok(bool_and(pg_temp.off(compactness(ST_Translate(ST_Rotate(ST_Scale(g, k, k), 0.7), 10 * k, -3 * k), m), compactness(g, m)) < 1e-9), 'neither place, size nor direction matters') FROM outline, unnest(ARRAY[1e-3, 1, 1e5]) k, unnest(ARRAY['polsby_popper', 'reock', 'convex_hull', 'cohesion']) m;
SELECT ok(bool_and(compactness(g, m) BETWEEN 0 AND 1), 'never above 1') FROM outline, unnest(ARRAY['polsby_popper', 'reock', 'convex_hull', 'cohesion']) m;
SELECT ok(compactness(ST_Buffer(ST_Point(0, 0), 1, 200)) > 0.9999 AND compactness(ST_Buffer(ST_Point(0, 0), 1, 200), 'reock') > 0.9999, 'a circle is as compact as can be');
-- the mean distance in a rectangle of sides a >= b (Ghosh 1951)
SELECT ok(bool_and(pg_temp.off(compactness(ST_Rotate(ST_MakeEnvelope(0, 0, a, 1), a), 'cohesion'), 128 / (45 * pi()) * sqrt(a / pi())
    / ((a ^ 3 + a ^ -2 + d * (3 - a ^ 2 - a ^ -2) + 2.5 * (ln((a + d)) / a + a ^ 2 * ln((1 + d) / a))) / 15)) < 1e-9), 'cohesion of rectangles is what their mean distance says')
FROM unnest(ARRAY[1, 1.5, 3, 10, 30]::float8[]) a, LATERAL (SELECT sqrt(a ^ 2 + 1) AS d) s;
SELECT ok(abs(compactness(ST_Buffer(ST_Point(0, 0), 1, 100), 'cohesion') - 1) < 1e-7, 'that of a circle is 1');
-- a winding band with a hole and an island, and points that PostGIS draws in it
CREATE TEMP TABLE winding AS SELECT ST_Union(ST_Difference(ST_Buffer(ST_MakeLine(array_agg(ST_MakePoint(i, 4 * sin(i / 2.0)) ORDER BY i)), 1.5), ST_Buffer(ST_MakePoint(10, 4 * sin(5)), 1)), ST_Buffer(ST_MakePoint(24, 0), 2)) AS g FROM generate_series(0, 18) i;
SELECT ok(ST_NumGeometries(g) = 2 AND pg_temp.off(compactness(g, 'cohesion'), 128 / (45 * pi()) * sqrt(ST_Area(g) / pi()) / (SELECT avg(ST_Distance(a.geom, b.geom)) FROM ST_Dump(ST_GeneratePoints(g, 700, 1)) a, ST_Dump(ST_GeneratePoints(g, 700, 2)) b)) < 0.03,
    'and of a multipolygon with a hole what points drawn in it say') FROM winding;
SELECT ok(pg_temp.off(compactness(ST_Segmentize(g, 0.05), 'cohesion'), compactness(g, 'cohesion')) < 1e-8 AND pg_temp.off(compactness(ST_Reverse(g), 'cohesion'), compactness(g, 'cohesion')) < 1e-12, 'more vertices on the same outline, rings the other way: the same') FROM winding;
SELECT * FROM finish();
